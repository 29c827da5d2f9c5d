import type { Kysely } from 'kysely'
import type { Checkpoint } from '../event-store.js'
import { conflictOfCheckpoint } from '../log/conflicts.js'
import type { StoreTables } from '../schema/tables.js'

type Db = Kysely<StoreTables>

/** Position of a named reader; 0 where it never ran. */
export async function loadCheckpoint(db: Db, name: string): Promise<number> {
  const row = await db.selectFrom('tranche_checkpoints').select('position').where('name', '=', name).executeTakeFirst()
  return Number(row?.position ?? 0)
}

/** Moves a checkpoint by compare-and-set, in whatever transaction `db` stands for. */
export async function saveCheckpoint(db: Db, { name, position }: Checkpoint, from: number): Promise<void> {
  if (from === 0) {
    const row = { name, position, projection_version: null }
    await db
      .insertInto('tranche_checkpoints')
      .values({ ...row, position: 0 })
      .onConflict((at) => at.doNothing())
      .execute()
  }
  const { numUpdatedRows } = await db
    .updateTable('tranche_checkpoints')
    .set({ position })
    .where('name', '=', name)
    .where('position', '=', String(from))
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw conflictOfCheckpoint(name, from, await loadCheckpoint(db, name))
}
