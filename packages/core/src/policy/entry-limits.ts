import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import { marginOfAccountFits, positionsOfAccountFit, tradesOfDayFit, tranchesOfAccountFit } from './entry-account.js'
import type { EntryAnswer, EntryRequest } from './entry-answer.js'
import { askEntry, type EntryRule } from './entry-question.js'
import { noMarkPrice, notLive, priceUntrusted, switchedOff, unreconciled } from './entry-readiness.js'
import { largeEnough, positionSmallEnough, smallEnough, strongEnough } from './entry-size.js'
import {
  activeSlotFree,
  cooledDown,
  isolatedSlotFree,
  nothingIsolated,
  sideEntered,
  wellSpaced,
} from './entry-slots.js'
import {
  notionalFits,
  priceOnTick,
  quantityAllowed,
  quantityFits,
  roomForProtection,
  stopsAccepted,
  symbolTrades,
} from './entry-venue.js'

const LIMITS: readonly EntryRule[] = [
  sideEntered,
  activeSlotFree,
  isolatedSlotFree,
  nothingIsolated,
  cooledDown,
  wellSpaced,
  largeEnough,
  smallEnough,
  positionSmallEnough,
  strongEnough,
  tranchesOfAccountFit,
  positionsOfAccountFit,
  tradesOfDayFit,
  marginOfAccountFits,
  symbolTrades,
  quantityFits,
  notionalFits,
  quantityAllowed,
  priceOnTick,
  roomForProtection,
  stopsAccepted,
]

/**
 * Whether an entry may be sent: the first rule that fails is the reason, with the numbers in it.
 * Entries in flight count as if they were filled; whatever is unknown refuses. `maxTranches` counts active tranches,
 * `maxIsolatedTranches` isolated ones. A request that names its tranche takes no slot.
 */
export function canOpenNewTranche(book: TrancheBook, request: EntryRequest, context: DecisionContext): EntryAnswer {
  const { market } = context
  const early = switchedOff(book, context) ?? notLive(context)
  if (early !== null) return early
  if (market === null) return noMarkPrice()
  const untrusted = priceUntrusted(market, request, context) ?? unreconciled(book)
  if (untrusted !== null) return untrusted
  const question = askEntry({ book, request, context }, market.price)
  for (const rule of LIMITS) {
    const refusal = rule(question)
    if (refusal !== null) return refusal
  }
  return { allowed: true }
}
