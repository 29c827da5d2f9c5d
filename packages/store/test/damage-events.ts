import { type Kysely, sql } from 'kysely'
import type { StoreTables } from '../src/schema/tables.js'

/** Makes the database fail, as it does at a damaged page, whenever it reads events of which the condition holds. */
export async function damageEvents(db: Kysely<StoreTables>, condition: string): Promise<void> {
  const statements = [
    `CREATE FUNCTION damaged(hash bytea, is_damaged boolean) RETURNS bytea LANGUAGE plpgsql STABLE AS $$ BEGIN
      IF is_damaged THEN RAISE EXCEPTION 'invalid page' USING ERRCODE = 'XX001'; END IF; RETURN hash; END $$`,
    'ALTER TABLE tranche_events RENAME TO kept_events',
    `CREATE VIEW tranche_events AS SELECT position, stream_id, version, event_id, type, schema_version, tranche_id,
      event_time, recorded_time, epoch, data, metadata, damaged(hash, ${condition}) AS hash FROM kept_events`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
