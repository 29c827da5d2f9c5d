import { StoreError } from '../store-errors.js'
import { sqlStateOf } from './classify-failure.js'

/** States that pass: connections that ended or may not be made now, and transactions that the database undid. */
const PASSING_STATES = new Set([
  '25006',
  '40001',
  '40P01',
  '53300',
  '55P03',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
])

const CONNECTION_STATES = '08'

/** What the store itself says of a connection that was not made, or was cut because an answer did not come. */
const STORE_CODES = new Set(['store.unavailable', 'store.connection.lost'])

const SOCKET_CODES = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])

/** What `pg` says, without a code, of a connection that broke, was not made or does not answer in time. */
const DRIVER_MESSAGES =
  /^(?:Connection terminated|Client has encountered a connection error|Client was closed and|timeout e(?:xpired|xceeded)|Query read timeout)/

/**
 * Whether a failed read or transaction only means that the database is away or busy for a while: ask again. Anything else, a
 * damaged page among it, would fail again: it concerns whoever reads.
 */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof StoreError) return STORE_CODES.has(error.code)
  const state = sqlStateOf(error)
  if (state !== null) return PASSING_STATES.has(state) || state.startsWith(CONNECTION_STATES)
  if ('code' in error && typeof error.code === 'string') return SOCKET_CODES.has(error.code)
  return DRIVER_MESSAGES.test(error.message)
}
