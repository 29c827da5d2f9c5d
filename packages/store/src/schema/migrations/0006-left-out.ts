import { type Kysely, sql } from 'kysely'
import { WRITERS } from '../functions/writers.js'

/** Every append that leaves the projections out marks them stale; before, only the first one of a writer did. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of WRITERS) await sql.raw(statement).execute(db)
}
