import { decodeAny } from '@tranchebook/store'
import type { OutputRequest } from '../database/database-request.js'
import { useStore } from '../database/use-store.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'
import { writeWhole } from '../write-whole.js'

/** Prints or writes an anchor. @throws {CommandFailure} when there is no store, or no file can be written. */
export async function runDbAnchor(request: OutputRequest, terminal: Terminal): Promise<ExitCode> {
  const anchor = await useStore(request, { decode: decodeAny, work: async (store) => store.takeAnchor() })
  const text = `${JSON.stringify({ schema: 'tranchebook/anchor/1', ...anchor }, null, 2)}\n`
  if (request.output === undefined) await terminal.print(text)
  else await writeWhole(request.output, [text])
  return EXIT.fine
}
