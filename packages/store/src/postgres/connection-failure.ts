import { isRefusal, whyOf } from '../sql/classify-failure.js'
import { StoreError } from '../store-errors.js'

const ADVICE =
  'check user, password and database; behind pgbouncer in transaction mode set isPooled (--pooled, store.pooled)'

/** Why no connection could be made, as callers are told: `store.access.refused` is final, `store.unavailable` an outage. */
export function connectionFailure(cause: unknown): StoreError {
  if (isRefusal(cause)) {
    const message = `the database does not let this program in: ${whyOf(cause)}; ${ADVICE}`
    return new StoreError('store.access.refused', message, { cause })
  }
  return new StoreError('store.unavailable', `the database cannot be reached: ${whyOf(cause)}`, { cause })
}

/** A connection on which an answer did not come. */
export function connectionLost(cause: unknown): StoreError {
  const message = `the connection to the database was lost: ${whyOf(cause)}; what it was asked last may have been done`
  return new StoreError('store.connection.lost', message, { cause })
}
