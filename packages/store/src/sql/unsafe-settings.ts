import { type Kysely, sql } from 'kysely'
import type { StoreTables } from '../schema/tables.js'

/** Settings without which acknowledged events, or the whole database, may be lost in a power cut, as far as they are off. */
export async function readUnsafeSettings(db: Kysely<StoreTables>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`SELECT name FROM unnest(ARRAY['fsync', 'full_page_writes']) AS name
    WHERE current_setting(name) = 'off'`.execute(db)
  return rows.map(({ name }) => name)
}
