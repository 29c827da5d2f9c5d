import type { TrancheBook } from '../book/book.js'
import type { BookOrder, OrderPurpose } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import type { SymbolConfig } from '../config/symbol-config.js'
import { areFiltersUnreadable, type Instrument } from '../instrument/instrument.js'
import { NO_QUANTITY } from '../money/quantity.js'
import { roundToStep } from '../money/rounding.js'

/** Pauses after cancels that the venue refused: after the first, and at most. For an exit that rests, one at market may wait. */
const FIRST_CANCEL_PAUSE_MS = 1000
const LONGEST_CANCEL_PAUSE_MS = 30_000
const LONGEST_EXIT_CANCEL_PAUSE_MS = 4000

type FailureRules = Pick<SymbolConfig, 'maxOrderAttempts' | 'reconcileIntervalMs'>

/** Whether the venue has refused orders of this purpose so often in a row that another way has to be found. */
export function isFailing(book: TrancheBook, purpose: OrderPurpose, { maxOrderAttempts }: FailureRules): boolean {
  return (book.breakers.get(purpose)?.failures ?? 0) >= maxOrderAttempts
}

/** Stops of a side of which nobody knows whether the venue has them: until that is known they are not counted on. */
export function doubtfulStops(book: TrancheBook, side: Side): number {
  let count = 0
  for (const order of book.orders.values())
    if (order.side === side && order.purpose === 'stop' && order.state === 'unknown' && order.ending === null)
      count += 1
  return count
}

/** Whether an order of this purpose may be tried now: always at first, then once per reconciliation interval. */
export function mayTry(
  book: TrancheBook,
  purpose: OrderPurpose,
  at: { readonly config: FailureRules; readonly time: number },
): boolean {
  if (!isFailing(book, purpose, at.config)) return true
  const lastTime = book.breakers.get(purpose)?.lastTime ?? 0
  return at.time - lastTime >= at.config.reconcileIntervalMs
}

/**
 * Whether what no stop could protect may be closed at market now. What kept the stop may have passed by itself, so each try follows a
 * stop that was refused after the last one; where none was tried, so long as two reconciliation intervals.
 */
export function mayGiveUp(
  book: TrancheBook,
  { config, time }: { readonly config: FailureRules; readonly time: number },
): boolean {
  const lastExit = book.breakers.get('exit')?.lastTime ?? null
  if (lastExit === null || time - lastExit >= 2 * config.reconcileIntervalMs) return true
  return (book.breakers.get('stop')?.lastTime ?? 0) > lastExit
}

function isMultiple(value: bigint, step: bigint): boolean {
  return roundToStep(value, step, 'down') === value
}

function fits({ quantity, triggerPrice }: BookOrder, instrument: Instrument): boolean {
  const { tickSize, stepSize, minQuantity, maxQuantity, maxMarketQuantity } = instrument
  if (triggerPrice !== null && !isMultiple(triggerPrice, tickSize)) return false
  if (quantity === null) return true
  const most = maxMarketQuantity ?? maxQuantity ?? NO_QUANTITY
  return isMultiple(quantity, stepSize) && quantity >= minQuantity && (most === NO_QUANTITY || quantity <= most)
}

/**
 * Whether the newest stop that never rested fitted the filters as they are known now. While they cannot be read nobody knows, and
 * what was sent by a guess was refused for the guess.
 */
export function hasTriedFitting({ endedOrders }: TrancheBook, instrument: Instrument): boolean {
  if (areFiltersUnreadable(instrument)) return false
  const newest = [...endedOrders.values()].findLast(
    ({ purpose, venueOrderId }) => (purpose === 'stop' || purpose === 'failSafe') && venueOrderId === null,
  )
  return newest === undefined || fits(newest, instrument)
}

/** When a cancel that has just been refused may be sent again, epoch ms: the pause doubles with each refusal, up to half a minute, for exits to 4 s. */
export function cancelRetryTime({ purpose, refusedCancels }: BookOrder, time: number): number {
  const pauseMs = FIRST_CANCEL_PAUSE_MS * 2 ** Math.min(refusedCancels?.count ?? 0, 10)
  return time + Math.min(pauseMs, purpose === 'exit' ? LONGEST_EXIT_CANCEL_PAUSE_MS : LONGEST_CANCEL_PAUSE_MS)
}

/** Whether the venue may be asked now to cancel an order: not while it has just refused to. */
export function mayCancel({ refusedCancels }: BookOrder, time: number): boolean {
  return refusedCancels === null || time >= refusedCancels.retryTime
}
