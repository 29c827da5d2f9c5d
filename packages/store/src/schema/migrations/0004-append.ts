import { type Kysely, sql } from 'kysely'
import { APPEND } from '../functions/append.js'
import { APPEND_EACH } from '../functions/append-each.js'
import { APPEND_ONE } from '../functions/append-one.js'
import { HASH_CHAIN } from '../functions/event-hash.js'
import { ACQUIRE_LEASE } from '../functions/lease.js'

/** The one way to write. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [...HASH_CHAIN, APPEND_EACH, APPEND, APPEND_ONE, ACQUIRE_LEASE]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
