import { decodeAny, type LogEvent, type SqlStore } from '@tranchebook/store'
import type { OutputRequest } from '../database/database-request.js'
import { useStore } from '../database/use-store.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { jsonLine } from '../format/visible-text.js'
import type { Terminal } from '../terminal.js'
import { writeWhole } from '../write-whole.js'

const LINES_AT_ONCE = 2000

/** Lines of a log as it was recorded, in portions. */
async function* linesOf(store: SqlStore<LogEvent>, only: string | null): AsyncGenerator<string, void, undefined> {
  let lines: string[] = []
  for await (const { stream, version, event } of only === null ? store.readAll() : store.read(only)) {
    lines.push(jsonLine({ stream, version, event }))
    if (lines.length < LINES_AT_ONCE) continue
    yield lines.join('')
    lines = []
  }
  if (lines.length > 0) yield lines.join('')
}

/** Prints or writes the events of a store. @throws {CommandFailure} when there is no store, or no file can be written. */
export async function runLogExport(
  stream: string | null,
  request: OutputRequest,
  terminal: Terminal,
): Promise<ExitCode> {
  const { output } = request
  await useStore(request, {
    decode: decodeAny,
    work: async (store) => {
      if (output !== undefined) return writeWhole(output, linesOf(store, stream))
      for await (const lines of linesOf(store, stream)) await terminal.print(lines)
    },
  })
  return EXIT.fine
}
