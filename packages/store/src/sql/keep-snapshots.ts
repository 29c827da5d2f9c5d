import { type Kysely, sql } from 'kysely'
import type { Snapshot } from '../event-store.js'
import { sealSnapshot } from '../log/snapshot-seal.js'
import type { StoreTables } from '../schema/tables.js'

type Db = Kysely<StoreTables>

async function eventHash(db: Db, stream: string, version: number): Promise<string | null> {
  const { rows } = await sql<{ hash: string }>`SELECT encode(hash, 'hex') AS hash FROM tranche_history
    WHERE stream_id = ${stream} AND version = ${version}`.execute(db)
  return rows[0]?.hash ?? null
}

/** Keeps a snapshot of an event that exists, unless a newer one of the same schema is there. */
export async function saveSnapshot(db: Db, snapshot: Snapshot): Promise<void> {
  const { stream, version, schema, state } = snapshot
  const hash = await eventHash(db, stream, version)
  if (hash === null) return
  const row = { version, schema, state, seal: sealSnapshot(snapshot, hash) }
  await db
    .insertInto('tranche_snapshots')
    .values({ stream_id: stream, ...row })
    .onConflict((conflict) =>
      conflict
        .column('stream_id')
        .doUpdateSet(row)
        .where((where) =>
          where.or([
            where('tranche_snapshots.schema', '!=', schema),
            where('tranche_snapshots.version', '<=', String(version)),
          ]),
        ),
    )
    .execute()
}

/** The snapshot, if its schema, its seal and the event it stands on are what they were. */
export async function loadSnapshot(db: Db, stream: string, schema: string): Promise<Snapshot | null> {
  const row = await db.selectFrom('tranche_snapshots').selectAll().where('stream_id', '=', stream).executeTakeFirst()
  if (row?.schema !== schema) return null
  const snapshot = { stream, version: Number(row.version), schema, state: row.state }
  const hash = await eventHash(db, stream, snapshot.version)
  return hash !== null && sealSnapshot(snapshot, hash) === row.seal ? snapshot : null
}
