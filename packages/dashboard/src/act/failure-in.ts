import { TranchebookError } from '@tranchebook/core'
import type { ActionResult } from '../api/action.js'

/** What one book could not do stops no other: a kill switch goes as far as it can. */
export function failureIn(symbol: string, error: unknown): ActionResult {
  const code = error instanceof TranchebookError ? error.code : 'dashboard.failed'
  const message = error instanceof Error ? error.message : String(error)
  return { symbol, accepted: false, code, message, orders: [], events: [], sentences: [] }
}
