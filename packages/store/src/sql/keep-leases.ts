import { type Kysely, sql } from 'kysely'
import type { Lease, LeaseAnswer, LeaseRequest } from '../event-store.js'
import { leaseLost } from '../log/conflicts.js'
import type { StoreTables } from '../schema/tables.js'
import { DURABLY } from './durably.js'
import type { SqlEngine } from './sql-engine.js'

type Db = Kysely<StoreTables>

const NOW = sql<number>`(extract(epoch FROM clock_timestamp()) * 1000)::bigint`

/** Whoever asks tries again after a third of the life of a lease: until then the server must have given up. */
const LIMITS_PER_TTL = 4
const SHORTEST_LIMIT_MS = 1000

/**
 * Does something with a lease in a transaction of its own, which only a commit from here lets happen: an answer that comes
 * too late leaves nothing, so that a lease that its holder gave up does not fence the next one.
 */
export async function inTime<Result>(
  engine: SqlEngine,
  ttlMs: number,
  work: (db: Db) => Promise<Result>,
): Promise<Result> {
  const limitMs = Math.max(ttlMs / LIMITS_PER_TTL, SHORTEST_LIMIT_MS)
  return engine.within(limitMs).transaction().execute(work)
}

interface LeaseRow {
  readonly holder: string
  readonly epoch: string
  readonly expires_time: string
  readonly remaining: string
}

/** Takes or extends a lease by the clock of the database. */
export async function acquireLease(db: Db, { scope, holder, ttlMs }: LeaseRequest): Promise<LeaseAnswer> {
  const { rows } = await sql<LeaseRow>`SELECT lease.*, ${sql.raw(DURABLY)}
    FROM tranche_acquire_lease(${scope}, ${holder}, ${ttlMs}) AS lease`.execute(db)
  const [row] = rows
  if (row === undefined) throw new RangeError('the database answered a lease request with nothing')
  const lease = { scope, holder: row.holder, epoch: Number(row.epoch), expiresTime: Number(row.expires_time) }
  return lease.holder === holder
    ? { type: 'granted', lease }
    : { type: 'held', lease, remainingMs: Number(row.remaining) }
}

/** Extends a lease that is still this holder's under this epoch. */
export async function renewLease(db: Db, lease: Lease, ttlMs: number): Promise<Lease> {
  const row = await db
    .updateTable('tranche_leases')
    .set({ expires_time: sql`${NOW} + ${ttlMs}::bigint` })
    .where('scope', '=', lease.scope)
    .where('epoch', '=', String(lease.epoch))
    .where('holder', '=', lease.holder)
    .returning('expires_time')
    .executeTakeFirst()
  if (row === undefined) throw leaseLost(lease)
  return { ...lease, expiresTime: Number(row.expires_time) }
}

/** Lets all leases expire now: whoever had them is known to be gone. The epochs stay used up. */
export async function endLeases(db: Db): Promise<void> {
  await db
    .updateTable('tranche_leases')
    .set({ expires_time: NOW })
    .where('expires_time', '>', sql<string>`${NOW}`)
    .execute()
}

/** Lets a lease expire now. */
export async function releaseLease(db: Db, lease: Lease): Promise<void> {
  await db
    .updateTable('tranche_leases')
    .set({ expires_time: NOW })
    .where('scope', '=', lease.scope)
    .where('epoch', '=', String(lease.epoch))
    .where('holder', '=', lease.holder)
    .execute()
}
