import { StoreError } from '../store-errors.js'

/**
 * What a failed statement means: `not-sent` = nothing left; `rolled-back` = the database undid it and may be asked again;
 * `taken` = an event id exists; `full` = no room; `refused` = the database will not do it; `unknown` = it may have happened.
 */
export type FailureKind = 'not-sent' | 'rolled-back' | 'taken' | 'full' | 'refused' | 'unknown'

const BY_STATE: Readonly<Record<string, FailureKind>> = {
  '23505': 'taken',
  '25006': 'rolled-back',
  '40001': 'rolled-back',
  '40P01': 'rolled-back',
  '55P03': 'rolled-back',
  '57014': 'rolled-back',
  '53100': 'full',
  '53200': 'rolled-back',
  '53300': 'not-sent',
  '57P03': 'not-sent',
}

const BY_CODE: Readonly<Record<string, FailureKind>> = {
  'store.unavailable': 'not-sent',
  'store.access.refused': 'not-sent',
  'store.connection.lost': 'unknown',
}

/** Classes of states in which a connection ends: the statement may or may not have been committed. */
const UNKNOWN_CLASSES = new Set(['08', '57', '58', 'XX'])

/** Of a user, a password or a database that is none; and what pgbouncer says under its one state for everything. */
const REFUSALS = new Set(['28000', '28P01', '3D000', '42501'])
const POOLER_REFUSAL = /unsupported startup parameter|no such (database|user)/

/** The five characters by which Postgres names an error, or `null` where the error is not the database's. */
export function sqlStateOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  return /^[0-9A-Z]{5}$/.test(error.code) && 'severity' in error ? error.code : null
}

/** Sorts a failure by what may be done about it. What it does not know it calls `unknown`, never a success or a failure. */
export function classifyFailure(error: unknown): FailureKind {
  if (error instanceof StoreError) return BY_CODE[error.code] ?? 'unknown'
  const state = sqlStateOf(error)
  if (state === null) return 'unknown'
  return BY_STATE[state] ?? (UNKNOWN_CLASSES.has(state.slice(0, 2)) ? 'unknown' : 'refused')
}

/** Whether a connection was refused for a reason that stays until somebody changes a setting. */
export function isRefusal(error: unknown): boolean {
  const state = sqlStateOf(error)
  if (state === null || !(error instanceof Error)) return false
  return REFUSALS.has(state) || (state.startsWith('08') && POOLER_REFUSAL.test(error.message))
}

/** What an error says. A connection refused on several addresses says it only by its code. */
export function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message === '' && 'code' in error ? String(error.code) : error.message
}
