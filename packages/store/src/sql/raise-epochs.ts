import { type Kysely, sql, type Transaction } from 'kysely'
import type { StoreTables } from '../schema/tables.js'

/** More than any process has taken since the backup. */
const RAISE = 1_000_000

type Tx = Transaction<StoreTables>

/** An account without a lease gets an epoch where it is named: it may have had one that the backup does not know. */
async function raiseLeases(transaction: Tx, account: string | null): Promise<number> {
  const named = account === null ? sql`TRUE` : sql`scope = ${account}`
  const raised = await sql`UPDATE tranche_leases SET epoch = epoch + ${RAISE} WHERE ${named}`.execute(transaction)
  const count = Number(raised.numAffectedRows ?? 0)
  if (account === null || count > 0) return count
  await sql`INSERT INTO tranche_leases VALUES (${account}, 'restored', ${RAISE}, 0)`.execute(transaction)
  return 1
}

/**
 * Puts the epochs of one account, or of all that have a lease, far beyond what was given out before a restore: an owner of the
 * lost log that still runs is fenced, and nobody is given its epoch again. Waits for its turn as an append does. Gives the
 * number of accounts.
 */
export async function raiseEpochs(db: Kysely<StoreTables>, account: string | null): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    await sql`SELECT 1 FROM tranche_log WHERE id = 1 FOR UPDATE`.execute(transaction)
    const count = await raiseLeases(transaction, account)
    await sql`UPDATE tranche_streams s SET epoch = l.epoch FROM tranche_leases l
      WHERE l.scope = split_part(s.stream_id, '/', 1)`.execute(transaction)
    return count
  })
}
