import { upcast } from '@tranchebook/core'
import { projectEvent } from '@tranchebook/store'
import type { DatabaseRequest } from '../database/database-request.js'
import { readLog } from '../database/read-log.js'
import { useStore } from '../database/use-store.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'

/** Writes the tables to query anew from the log. @throws {CommandFailure} when it cannot be read; the tables stay as they were. */
export async function runDbRebuild(request: DatabaseRequest, terminal: Terminal): Promise<ExitCode> {
  const events = await useStore(request, {
    decode: upcast,
    project: projectEvent,
    work: async (store) =>
      readLog(store, terminal, { what: 'events read', read: async (advance) => store.rebuildProjections(advance) }),
  })
  const json = { schema: 'tranchebook/db-rebuild/1', events }
  const text = `tables written anew from ${events} events`
  await terminal.print(`${request.json === true ? JSON.stringify(json, null, 2) : text}\n`)
  return EXIT.fine
}
