import { type Kysely, sql } from 'kysely'
import { WRITERS } from '../functions/writers.js'

const STATEMENTS = [
  `ALTER TABLE tranche_streams ADD COLUMN epoch bigint`,
  `UPDATE tranche_streams s SET epoch = l.epoch FROM tranche_leases l WHERE l.scope = split_part(s.stream_id, '/', 1)`,
  // Every append paid for checking it; the key and `WHERE id = 1` keep the row single.
  `ALTER TABLE tranche_log DROP CONSTRAINT tranche_log_id_check`,
  // Without statistics, which an embedded database never has, an index that begins with the symbol looked as good as the key
  // for finding one tranche, and every change of a tranche read all tranches of its symbol.
  `DROP INDEX tranches_symbol`,
  `CREATE INDEX tranches_symbol ON tranches (side, symbol, status)`,
  ...WRITERS,
]

/** The head of a stream holds all that an append checks; a database of before gets the functions that know it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
