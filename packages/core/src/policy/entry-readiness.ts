import type { PauseKind, TrancheBook } from '../book/book.js'
import type { DecisionContext, ObservedMark } from '../book/context.js'
import { formatPrice } from '../money/price.js'
import { type EntryRefusal, type EntryRefusalCode, type EntryRequest, refuseEntry } from './entry-answer.js'

const PAUSES = [
  ['pause', 'paused', 'entries are paused: resume to trade again'],
  ['gracefulStop', 'gracefulStop', 'a graceful stop is under way: open tranches are finished, no new one opens'],
  ['killSwitch', 'killSwitch', 'the kill switch is on: resume once everything is flat and understood'],
] as const satisfies readonly (readonly [PauseKind, EntryRefusalCode, string])[]

/** Management enabled, nothing paused or stopped, no circuit breaker open. */
export function switchedOff(book: TrancheBook, { config }: DecisionContext): EntryRefusal | null {
  if (!config.enableTrancheManagement)
    return refuseEntry('managementDisabled', `${book.symbol} is not managed: set enableTrancheManagement to true`, {
      enableTrancheManagement: false,
    })
  for (const [kind, code, message] of PAUSES)
    if (book.pauses.includes(kind)) return refuseEntry(code, message, { pause: kind })
  for (const [kind, { failures }] of book.breakers)
    if (failures >= config.breakerFailures)
      return refuseEntry(
        'breakerOpen',
        `${failures} ${kind} orders in a row were refused (breakerFailures ${config.breakerFailures}): find out why, then resume`,
        { kind, failures, breakerFailures: config.breakerFailures },
      )
  return null
}

/** Replayed, reconciled with the venue, and owned by us. */
export function notLive({ readiness }: DecisionContext): EntryRefusal | null {
  if (readiness.isLive) return null
  const reasons = readiness.reasons.join('; ')
  return refuseEntry('notLive', `the book is not live yet: ${reasons === '' ? 'no reason given' : reasons}`, {
    reasons,
  })
}

/** No price has come at all. */
export function noMarkPrice(): EntryRefusal {
  return refuseEntry('noMarkPrice', 'no mark price has been seen yet: wait for the first', { markPrice: null })
}

/** The mark is above 0 and fresh, and so is a limit price that comes with the request. */
export function priceUntrusted(
  market: ObservedMark,
  request: EntryRequest,
  { config }: DecisionContext,
): EntryRefusal | null {
  const markPrice = formatPrice(market.price)
  if (market.price <= 0n)
    return refuseEntry('markPriceNotPositive', `a mark price of ${markPrice} is not a price: wait for the next`, {
      markPrice,
    })
  const ageMs = request.time - market.time
  if (ageMs > config.maxPriceAgeMs)
    return refuseEntry(
      'markPriceStale',
      `the mark price ${markPrice} is ${ageMs} ms old, at most ${config.maxPriceAgeMs} ms (maxPriceAgeMs) are trusted`,
      { markPrice, ageMs, maxPriceAgeMs: config.maxPriceAgeMs },
    )
  if (request.price === null || request.price > 0n) return null
  const price = formatPrice(request.price)
  return refuseEntry('entryPriceNotPositive', `a limit price must be above 0, got ${price}`, { price })
}

/** No conflict with the venue and no drift that is not resolved. */
export function unreconciled(book: TrancheBook): EntryRefusal | null {
  if (book.conflict !== null)
    return refuseEntry(
      'bookInConflict',
      `the book and the venue contradict each other (${book.conflict}): look, then resolve the conflict`,
      { conflict: book.conflict },
    )
  for (const check of [book.checks.LONG, book.checks.SHORT, book.checks.BOTH])
    if (check?.status === 'drift' || check?.status === 'conflict')
      return refuseEntry(
        'unresolvedDrift',
        `the ${check.positionSide} position differs from the venue's: reconcile first`,
        {
          positionSide: check.positionSide,
          status: check.status,
          driftSince: check.driftSince,
        },
      )
  if (book.pauses.includes('driftHalt'))
    return refuseEntry('unresolvedDrift', 'a drift has halted entries (driftPolicy HALT): resolve it, then resume', {
      pause: 'driftHalt',
    })
  return null
}
