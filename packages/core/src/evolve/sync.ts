import type { PauseKind, TrancheBook } from '../book/book.js'
import type { EventOf } from '../book/events.js'
import { minus } from '../money/arithmetic.js'
import { parsePrice } from '../money/price.js'
import { parseQuantity } from '../money/quantity.js'

/** The venue's word on a position, and how long it has differed from ours. */
export function positionChecked(book: TrancheBook, event: EventOf<'PositionChecked'>): void {
  const quantity = parseQuantity(event.quantity)
  const entryPrice = event.entryPrice === null ? null : parsePrice(event.entryPrice)
  const markPrice = event.markPrice === null ? null : parsePrice(event.markPrice)
  const before = book.checks[event.positionSide]
  const difference = minus(quantity, parseQuantity(event.ours))
  const isSame = before?.driftSince != null && before.status === event.status && before.difference === difference
  const same = isSame && event.status !== 'synced' ? before : null

  book.checks[event.positionSide] = {
    positionSide: event.positionSide,
    quantity,
    entryPrice,
    markPrice,
    time: event.time,
    status: event.status,
    difference,
    driftSince: event.status === 'synced' ? null : (same?.driftSince ?? event.time),
    looks: event.status === 'synced' ? 0 : (same?.looks ?? 0) + 1,
  }
}

export function driftResolved(book: TrancheBook, event: EventOf<'DriftResolved'>): void {
  const check = book.checks[event.positionSide]
  if (check === null) return
  check.status = 'synced'
  check.driftSince = null
  check.looks = 0
}

export function conflictDetected(book: TrancheBook, event: EventOf<'ConflictDetected'>): void {
  book.conflict = event.code
}

export function conflictResolved(book: TrancheBook): void {
  book.conflict = null
}

export function protectionLost(book: TrancheBook, event: EventOf<'ProtectionLost'>): void {
  book.unprotectedSince ??= event.time
}

export function protectionRestored(book: TrancheBook): void {
  book.unprotectedSince = null
}

export function leverageIntended(book: TrancheBook, event: EventOf<'LeverageIntended'>): void {
  book.leverage = event.leverage
}

export function tradingPaused(book: TrancheBook, event: EventOf<'TradingPaused'>): void {
  if (!book.pauses.includes(event.kind)) book.pauses.push(event.kind)
}

export function tradingResumed(book: TrancheBook): void {
  const none: PauseKind[] = []
  book.pauses = none
  book.breakers.clear()
}
