import { type Kysely, sql, type Transaction } from 'kysely'
import type { Advance, LogEvent, StoredEvent } from '../event-store.js'
import type { Decode } from '../log/decode-event.js'
import type { Project } from '../projections/change.js'
import type { StoreTables } from '../schema/tables.js'
import { LogReader } from './read-log.js'

const BATCH = 1000

/** Checkpoint that an append leaves where the projections could not follow. */
const STALE = 'stale projections'

const TABLES = ['tranches', 'tranche_costs', 'tranche_orders', 'tranche_fills'] as const

async function write<Event extends LogEvent>(
  transaction: Transaction<StoreTables>,
  events: readonly StoredEvent<Event>[],
  project: Project<Event>,
): Promise<void> {
  const changes = events.flatMap(({ stream, event }, g) =>
    project(stream, event).map((change) => ({ g, n: 1, ...change })),
  )
  if (changes.length === 0) return
  const bases = `{${events.map(({ version }) => version - 1).join(',')}}`
  await sql`SELECT tranche_project(${JSON.stringify(changes)}::json, ${bases}::bigint[])`.execute(transaction)
}

/** What a rebuild reads events with, what it makes of them, and who is told how far it is. */
export interface Rebuild<Event extends LogEvent> {
  readonly decode: Decode<Event>
  readonly project: Project<Event>
  readonly advance?: Advance | undefined
}

/** Rebuilds in one transaction under the lock of the log: whoever reads sees the old tables or the new ones. */
export async function rebuildProjections<Event extends LogEvent>(
  db: Kysely<StoreTables>,
  { decode, project, advance }: Rebuild<Event>,
): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    await sql`SELECT 1 FROM tranche_log WHERE id = 1 FOR UPDATE`.execute(transaction)
    for (const table of TABLES) await transaction.deleteFrom(table).execute()
    await transaction.deleteFrom('tranche_checkpoints').where('name', '=', STALE).execute()
    const reader = new LogReader(transaction, decode)
    let position = 0
    let count = 0
    for (;;) {
      const events = await reader.readBatch(position, BATCH)
      const last = events.at(-1)
      if (last === undefined) return count
      await write(transaction, events, project)
      position = last.position
      count += events.length
      advance?.(events.length)
    }
  })
}

/** Position from which the projections are not to be trusted, or `null`. */
export async function staleSince(db: Kysely<StoreTables>): Promise<number | null> {
  const row = await db.selectFrom('tranche_checkpoints').select('position').where('name', '=', STALE).executeTakeFirst()
  return row === undefined ? null : Number(row.position)
}
