import { type Kysely, type Selectable, sql } from 'kysely'
import type { Snapshot } from '../event-store.js'
import { sealSnapshot } from '../log/snapshot-seal.js'
import type { StoreTables } from '../schema/tables.js'

type Db = Kysely<StoreTables>
type SnapshotRow = Selectable<StoreTables['tranche_snapshots']>

async function eventHash(db: Db, stream: string, version: number): Promise<string | null> {
  const { rows } = await sql<{ hash: string }>`SELECT encode(hash, 'hex') AS hash FROM tranche_history
    WHERE stream_id = ${stream} AND version = ${version}`.execute(db)
  return rows[0]?.hash ?? null
}

/** The snapshot in a row, or `null` where its seal or the event it stands on is not what it was. */
async function vouchedFor(
  db: Db,
  { stream_id: stream, version, schema, state, seal }: SnapshotRow,
): Promise<Snapshot | null> {
  const snapshot = { stream, version: Number(version), schema, state }
  const hash = await eventHash(db, stream, snapshot.version)
  return hash !== null && sealSnapshot(snapshot, hash) === seal ? snapshot : null
}

/** Seal of a row that stands in the way of this snapshot although nobody would load it; else `null`. */
async function worthlessSeal(db: Db, { stream, version, schema }: Snapshot): Promise<string | null> {
  const inTheWay = await db
    .selectFrom('tranche_snapshots')
    .selectAll()
    .where('stream_id', '=', stream)
    .where('schema', '=', schema)
    .where('version', '>', String(version))
    .executeTakeFirst()
  return inTheWay !== undefined && (await vouchedFor(db, inTheWay)) === null ? inTheWay.seal : null
}

/** Keeps a snapshot of an event that exists, unless a newer one of the same schema is there that can be loaded. */
export async function saveSnapshot(db: Db, snapshot: Snapshot): Promise<void> {
  const { stream, version, schema, state } = snapshot
  const hash = await eventHash(db, stream, version)
  if (hash === null) return
  const worthless = await worthlessSeal(db, snapshot)
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
            where('tranche_snapshots.seal', '=', worthless),
          ]),
        ),
    )
    .execute()
}

/** The snapshot, if its schema, its seal and the event it stands on are what they were. */
export async function loadSnapshot(db: Db, stream: string, schema: string): Promise<Snapshot | null> {
  const row = await db.selectFrom('tranche_snapshots').selectAll().where('stream_id', '=', stream).executeTakeFirst()
  return row?.schema === schema ? vouchedFor(db, row) : null
}
