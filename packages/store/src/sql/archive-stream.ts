import { type Kysely, sql, type Transaction } from 'kysely'
import type { StreamHead } from '../event-store.js'
import type { StoreTables } from '../schema/tables.js'
import { StoreError } from '../store-errors.js'
import { loadSnapshot } from './keep-snapshots.js'
import { readStreamHead } from './read-log.js'

/** Events that move in one transaction. */
const PORTION = 10_000

/** Which events may leave the log: those of a stream up to a version. */
export interface ArchiveRequest {
  readonly stream: string
  /** Last version to move. */
  readonly through: number
}

function refuse(stream: string, why: string): never {
  throw new StoreError('store.archive.refused', `${stream} was not archived: ${why}`, { details: { stream } })
}

async function assertCovered(
  transaction: Transaction<StoreTables>,
  { stream, through }: ArchiveRequest,
): Promise<void> {
  const { version } = (await readStreamHead(transaction, stream)) ?? refuse(stream, 'there is no such stream')
  if (!Number.isSafeInteger(through) || through < 1 || through > version) {
    refuse(stream, `it has versions 1 to ${version}, and ${through} is not one of them`)
  }
  const kept = await transaction
    .selectFrom('tranche_snapshots')
    .select('schema')
    .where('stream_id', '=', stream)
    .executeTakeFirst()
  const snapshot = kept === undefined ? null : await loadSnapshot(transaction, stream, kept.schema)
  if ((snapshot?.version ?? 0) < through) {
    refuse(stream, `a restart would need its events again; save a snapshot of version ${through} or later first`)
  }
}

/** Moves the next events, in one transaction. Gives the head of what is archived then. */
async function movePortion(db: Kysely<StoreTables>, request: ArchiveRequest): Promise<StreamHead> {
  const { stream, through } = request
  return db.transaction().execute(async (transaction) => {
    await sql`SELECT 1 FROM tranche_log WHERE id = 1 FOR UPDATE`.execute(transaction)
    await assertCovered(transaction, request)
    const { rows: heads } = await sql<{ archived: string }>`SELECT archived_version AS archived FROM tranche_streams
      WHERE stream_id = ${stream}`.execute(transaction)
    const archived = Number(heads[0]?.archived ?? 0)
    const version = archived < through ? Math.min(through, archived + PORTION) : through
    await sql`INSERT INTO tranche_archive SELECT * FROM tranche_events
      WHERE stream_id = ${stream} AND version <= ${version} ORDER BY version`.execute(transaction)
    await sql`DELETE FROM tranche_events WHERE stream_id = ${stream} AND version <= ${version}`.execute(transaction)
    await sql`UPDATE tranche_streams SET archived_version = greatest(archived_version, ${version})
      WHERE stream_id = ${stream}`.execute(transaction)
    const { rows } = await sql<{ position: string; hash: string }>`SELECT position, encode(hash, 'hex') AS hash
      FROM tranche_archive WHERE stream_id = ${stream} AND version = ${version}`.execute(transaction)
    return { stream, version, position: Number(rows[0]?.position), hash: rows[0]?.hash ?? '' }
  })
}

/**
 * Moves events from the log to the archive table, in portions: appends wait for one of them at a time, and what a failure
 * leaves is archived up to a version. Readers see no difference: they read both. The snapshot that makes the events
 * dispensable for a restart must be there; the head kept by the stream and the hash chain, which goes on across the
 * border, prove what was moved. Gives the anchor of the last event that moved.
 *
 * @throws {StoreError} `store.archive.refused`
 */
export async function archiveStream(db: Kysely<StoreTables>, request: ArchiveRequest): Promise<StreamHead> {
  for (;;) {
    const head = await movePortion(db, request)
    if (head.version === request.through) return head
  }
}
