import { streamOf } from '@tranchebook/core'
import { decodeAny, type LogEvent, type SqlStore } from '@tranchebook/store'
import type { AccountOwner } from '../control/account-owner.js'
import { ownerOf } from '../control/find-owner.js'
import { headOf, unknownStream } from '../control/unknown-stream.js'
import { withDirectory } from '../control/with-directory.js'
import type { OutputRequest } from '../database/database-request.js'
import { useStore } from '../database/use-store.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { jsonLine } from '../format/visible-text.js'
import type { Terminal } from '../terminal.js'
import { writeWhole } from '../write-whole.js'

const LINES_AT_ONCE = 2000

/** Lines of a log as it was recorded, in portions. */
async function* linesOf(store: SqlStore<LogEvent>, only: string | null): AsyncGenerator<string, void, undefined> {
  if (only !== null) await headOf(store, only)
  let lines: string[] = []
  for await (const { stream, version, event } of only === null ? store.readAll() : store.read(only)) {
    lines.push(jsonLine({ stream, version, event }))
    if (lines.length < LINES_AT_ONCE) continue
    yield lines.join('')
    lines = []
  }
  if (lines.length > 0) yield lines.join('')
}

/** Lines of the logs that a running process keeps, book by book, as it writes them. */
async function* ownedLines(owner: AccountOwner, only: string | null): AsyncGenerator<string, void, undefined> {
  const { books } = await owner.books()
  const asked = books.filter((book) => only === null || streamOf(book) === only)
  if (only !== null && asked.length === 0) throw unknownStream(only, books.map(streamOf))
  for (const book of asked) {
    const decoder = new TextDecoder()
    for await (const chunk of await owner.log(book)) yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  }
}

async function deliver(lines: AsyncIterable<string>, { output }: OutputRequest, terminal: Terminal): Promise<void> {
  if (output !== undefined) return writeWhole(output, lines)
  for await (const portion of lines) await terminal.print(portion)
}

/**
 * Prints or writes the events of a store, or of the process that owns it.
 *
 * @throws {CommandFailure} when there is no store, no stream of that name, or no file can be written
 */
export async function runLogExport(stream: string | null, asked: OutputRequest, terminal: Terminal): Promise<ExitCode> {
  const request = await withDirectory(asked, terminal)
  const owner = request.directory === undefined ? null : await ownerOf(request.directory)
  if (owner !== null) await deliver(ownedLines(owner, stream), request, terminal)
  else
    await useStore(request, {
      decode: decodeAny,
      work: async (store) => deliver(linesOf(store, stream), request, terminal),
    })
  return EXIT.fine
}
