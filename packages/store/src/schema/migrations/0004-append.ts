import { type Kysely, sql } from 'kysely'
import { APPEND, APPEND_ONE } from '../functions/append.js'
import { ACQUIRE_LEASE } from '../functions/lease.js'

/** The one way to write. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [APPEND, APPEND_ONE, ACQUIRE_LEASE]) await sql.raw(statement).execute(db)
}
