import { decodeAny, type LogEvent, type SqlStore, type StreamHead } from '@tranchebook/store'
import { headOf } from '../control/unknown-stream.js'
import type { ArchiveStreamRequest } from '../database/database-request.js'
import { useStore } from '../database/use-store.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'

/** Version of the snapshot; without one that of the stream's end, which the store refuses in words. */
async function lastDispensable(store: SqlStore<LogEvent>, { stream, version }: StreamHead): Promise<number> {
  const snapshots = store.db.selectFrom('tranche_snapshots').select('version').where('stream_id', '=', stream)
  const snapshot = await snapshots.executeTakeFirst()
  return snapshot === undefined ? version : Number(snapshot.version)
}

/** Moves old events of a stream to the archive. @throws {CommandFailure} where there is no such stream, or a restart would need them again. */
export async function runDbArchive(
  stream: string,
  request: ArchiveStreamRequest,
  terminal: Terminal,
): Promise<ExitCode> {
  const archived = await useStore(request, {
    decode: decodeAny,
    work: async (store) => {
      const head = await headOf(store, stream)
      return store.archive({ stream, through: request.through ?? (await lastDispensable(store, head)) })
    },
  })
  const { version, position, hash } = archived
  const json = { schema: 'tranchebook/db-archive/1', stream, version, position, hash }
  const text = `${stream} is archived up to version ${version}`
  await terminal.print(`${request.json === true ? JSON.stringify(json, null, 2) : text}\n`)
  return EXIT.fine
}
