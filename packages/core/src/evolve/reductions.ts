import type { TrancheBook } from '../book/book.js'
import type { EventOf } from '../book/events.js'
import type { TrancheGroup } from '../book/group.js'
import type { Amounts, Tranche } from '../book/tranche.js'
import { minus, negate, plus } from '../money/arithmetic.js'
import { type Money, NO_MONEY, notional, parseMoney } from '../money/money.js'
import { parsePrice } from '../money/price.js'
import { parseQuantity, type Quantity } from '../money/quantity.js'
import { moneyOrNull, parseAmounts } from './event-texts.js'
import { mirrorSynthetic, oweFee } from './fills.js'
import { addAmount } from './amounts.js'
import { assertLaw, forgetPeakWhenFlat, groupOf, trancheOf } from './lookup.js'

/** A closing part as its event states it. */
interface Exit {
  readonly event: EventOf<'TrancheReduced'>
  readonly quantity: Quantity
  readonly fee: Money | null
  readonly entryFees: Amounts
  readonly levels: readonly { readonly level: number; readonly quantity: Quantity; readonly isHit: boolean }[]
}

function countLevels(tranche: Tranche, { event, levels }: Exit): void {
  for (const part of levels) {
    const level = tranche.levels[part.level - 1]
    if (level === undefined) continue
    level.filled = plus(level.filled, part.quantity)
    if (part.isHit) level.hitTime ??= event.time
  }
}

function payExitFees(book: TrancheBook, tranche: Tranche, { event, quantity, fee, entryFees }: Exit): void {
  const group = book.groups[event.side]
  for (const asset of Object.keys(entryFees)) {
    const amount = entryFees[asset] ?? NO_MONEY
    addAmount(tranche.openFees, asset, negate(amount))
    addAmount(tranche.realizedFees, asset, amount)
  }
  if (fee !== null && event.feeAsset !== null) {
    addAmount(tranche.realizedFees, event.feeAsset, fee)
    addAmount(group.fees, event.feeAsset, fee)
  } else {
    tranche.unknownFeeCount += 1
    group.unknownFeeCount += 1
    oweFee(book, event.tradeId, { side: event.side, tranche: tranche.id, quantity, isEntry: false })
  }
}

export function trancheReduced(book: TrancheBook, event: EventOf<'TrancheReduced'>): void {
  const quantity = parseQuantity(event.quantity)
  const price = parsePrice(event.price)
  const realizedPnl = parseMoney(event.realizedPnl)
  const fee = moneyOrNull(event.fee)
  const entryFees = parseAmounts(event.entryFees)
  const levels = event.levels.map((part) => ({ ...part, quantity: parseQuantity(part.quantity) }))
  const group = groupOf(book, event.side)
  const tranche = trancheOf(book, event.side, event.tranche)
  assertLaw(quantity > 0n && quantity <= tranche.quantity, book, () => `${event.tranche} cannot give ${event.quantity}`)

  const exit = notional(price, quantity)
  const cost = event.side === 'LONG' ? minus(exit, realizedPnl) : plus(exit, realizedPnl)
  tranche.quantity = minus(tranche.quantity, quantity)
  tranche.cost = minus(tranche.cost, cost)
  tranche.realizedPnl = plus(tranche.realizedPnl, realizedPnl)
  tranche.exitQuantity = plus(tranche.exitQuantity, quantity)
  tranche.exitNotional = plus(tranche.exitNotional, exit)
  group.quantity = minus(group.quantity, quantity)
  group.cost = minus(group.cost, cost)
  group.realizedPnl = plus(group.realizedPnl, realizedPnl)
  group.lastExitTime = event.time
  const parsed: Exit = { event, quantity, fee, entryFees, levels }
  payExitFees(book, tranche, parsed)
  countLevels(tranche, parsed)
  forgetPeakWhenFlat(group)
  const { feeAsset, time, tradeId, reason, evidence } = event
  tranche.reductions.push({ quantity, price, realizedPnl, fee, feeAsset, entryFees, time, tradeId, reason, evidence })
  if (tradeId !== null) return
  mirrorSynthetic(book, event.side, { quantity, price, isEntry: false })
  recordEstimate(group, event, quantity)
}

function recordEstimate(group: TrancheGroup, event: EventOf<'TrancheReduced'>, quantity: Quantity): void {
  const id = event.causationId
  const part = { tranche: event.tranche, quantity }
  const estimate = group.estimates.find((candidate) => candidate.id === id)
  if (estimate === undefined) {
    group.estimates.push({
      id,
      kind: 'exit',
      quantity,
      price: parsePrice(event.price),
      time: event.time,
      parts: [part],
    })
    return
  }
  estimate.quantity = plus(estimate.quantity, quantity)
  estimate.parts.push(part)
}
