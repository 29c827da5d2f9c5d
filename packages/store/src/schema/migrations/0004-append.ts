import { type Kysely, sql } from 'kysely'
import { WRITERS } from '../functions/writers.js'

/** The one way to write. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of WRITERS) await sql.raw(statement).execute(db)
}
