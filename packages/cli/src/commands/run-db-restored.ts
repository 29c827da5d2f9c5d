import { decodeAny } from '@tranchebook/store'
import type { DatabaseRequest } from '../database/database-request.js'
import { useStore } from '../database/use-store.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { plural } from '../format/plural.js'
import type { Terminal } from '../terminal.js'

/** Fences whoever wrote to the log that a restored backup replaces. @throws {CommandFailure} when there is no store. */
export async function runDbRestored(request: DatabaseRequest, terminal: Terminal): Promise<ExitCode> {
  const accounts = await useStore(request, { decode: decodeAny, work: async (store) => store.raiseEpochs() })
  const json = { schema: 'tranchebook/db-restored/1', accounts }
  const text = `epochs of ${plural(accounts, 'account', 'accounts')} raised: no process from before the restore can append`
  await terminal.print(`${request.json === true ? JSON.stringify(json, null, 2) : text}\n`)
  return EXIT.fine
}
