import { setTimeout as pause } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'
import type { EventStore, LogEvent, StoredEvent } from '../event-store.js'
import type { StoreTables } from '../schema/tables.js'
import { isOutage } from './is-outage.js'
import { saveCheckpoint } from './keep-checkpoints.js'

/** A table of one's own that follows the log. */
export interface Projection<Event extends LogEvent> {
  readonly name: string
  /** Another one than last time starts it over. */
  readonly version: number
  /** Makes its tables empty, or makes them. */
  readonly reset: (transaction: Transaction<StoreTables>) => Promise<void>
  /** Takes events in. Its writes and the checkpoint are committed together: nothing is taken in twice or left out. */
  readonly apply: (transaction: Transaction<StoreTables>, events: readonly StoredEvent<Event>[]) => Promise<void>
}

/** How long, and in which portions, a projection follows. */
export interface ProjectionRun {
  readonly signal: AbortSignal
  /** Largest batch taken in at once, from 1. */
  readonly batchSize?: number
  /** Told whenever the database was away. The projection waits, then goes on from its checkpoint. */
  readonly onOutage?: (error: unknown) => void
}

const PAUSE_MS = 500

type Source<Event extends LogEvent> = Pick<EventStore<Event>, 'subscribe'> & { readonly db: Kysely<StoreTables> }

async function start<Event extends LogEvent>(
  { db }: Source<Event>,
  { name, version, reset }: Projection<Event>,
): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const row = { name, position: 0, projection_version: version }
    await transaction
      .insertInto('tranche_checkpoints')
      .values({ ...row, projection_version: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const found = await transaction
      .selectFrom('tranche_checkpoints')
      .selectAll()
      .where('name', '=', name)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (found.projection_version === version) return Number(found.position)
    await reset(transaction)
    await transaction.updateTable('tranche_checkpoints').set(row).where('name', '=', name).execute()
    return 0
  })
}

async function follow<Event extends LogEvent>(
  source: Source<Event>,
  projection: Projection<Event>,
  run: ProjectionRun,
): Promise<void> {
  let from = await start(source, projection)
  for await (const events of source.subscribe({ after: from, ...run })) {
    const position = events.at(-1)?.position ?? from
    await source.db.transaction().execute(async (transaction) => {
      await saveCheckpoint(transaction, { name: projection.name, position }, from)
      await projection.apply(transaction, events)
    })
    from = position
  }
}

/**
 * Follows the log with a projection until the signal ends it, over outages of the database too.
 *
 * @throws {ConflictError} `store.conflict.checkpoint` where another process runs the same projection
 * @throws {StoreError} `store.log.older` where the log ends before the checkpoint; what `apply` throws
 */
export async function runProjection<Event extends LogEvent>(
  source: Source<Event>,
  projection: Projection<Event>,
  run: ProjectionRun,
): Promise<void> {
  while (!run.signal.aborted) {
    try {
      await follow(source, projection, run)
      return
    } catch (error) {
      if (!isOutage(error)) throw error
      run.onOutage?.(error)
      await pause(PAUSE_MS, undefined, { signal: run.signal }).catch(() => undefined)
    }
  }
}
