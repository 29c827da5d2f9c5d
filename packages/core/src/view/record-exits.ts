import type { EventOf } from '../book/events.js'
import { minus, negate, plus } from '../money/arithmetic.js'
import { asMoney, type Money, notional, parseMoney, shareOf } from '../money/money.js'
import { parsePrice } from '../money/price.js'
import { asQuantity, parseQuantity, type Quantity } from '../money/quantity.js'
import { addAmount, addAmounts, takeAmounts } from '../evolve/amounts.js'
import { parseAmounts } from '../evolve/event-texts.js'
import { mergeFigures } from '../evolve/tranche-figures.js'
import { addToIsolation, endIsolation, takeFromIsolation } from './record-isolation.js'
import { type RecordedReduction, signOf, type TrancheHistory, type TrancheRecord } from './tranche-record.js'

interface Part {
  readonly quantity: Quantity
  readonly exit: Money
  readonly cost: Money
}

/** Takes a part from all entries of a tranche in proportion to what is left of each; shares, costs and results sum exactly. */
function takeFromEntries(record: TrancheRecord, part: Part): void {
  const open = record.entries.filter((entry) => entry.remaining > 0n)
  let { quantity, cost, exit } = part
  let from = open.reduce((sum, entry) => plus(sum, entry.remaining), asQuantity(0n))
  for (const [index, entry] of open.entries()) {
    const isLast = index === open.length - 1
    const share = isLast ? quantity : asQuantity((quantity * entry.remaining) / from)
    const shareCost = isLast ? cost : shareOf(entry.cost, share, entry.remaining)
    const shareExit = quantity === 0n ? asMoney(0n) : shareOf(exit, share, quantity)
    quantity = minus(quantity, share)
    cost = minus(cost, shareCost)
    exit = minus(exit, shareExit)
    from = minus(from, entry.remaining)
    entry.remaining = minus(entry.remaining, share)
    entry.cost = minus(entry.cost, shareCost)
    entry.realizedPnl = asMoney(entry.realizedPnl + signOf(record.side) * minus(shareExit, shareCost))
  }
}

function reductionOf(event: EventOf<'TrancheReduced'>): RecordedReduction {
  return {
    quantity: parseQuantity(event.quantity),
    price: parsePrice(event.price),
    realizedPnl: parseMoney(event.realizedPnl),
    fee: event.fee === null ? null : parseMoney(event.fee),
    feeAsset: event.feeAsset,
    entryFees: parseAmounts(event.entryFees),
    time: event.time,
    tradeId: event.tradeId,
    reason: event.reason,
    evidence: event.evidence,
    levels: event.levels.map((fill) => ({ ...fill, quantity: parseQuantity(fill.quantity) })),
    bridge: event.bridge === null ? null : parseMoney(event.bridge),
    estimate: event.tradeId === null ? event.causationId : null,
    estimatedPrice: null,
  }
}

function countLevels(record: TrancheRecord, { levels, time }: RecordedReduction): void {
  for (const fill of levels) {
    const level = record.levels[fill.level - 1]
    if (level === undefined) continue
    level.filled = plus(level.filled, fill.quantity)
    if (fill.isHit) level.hitTime ??= time
  }
}

function payFees(record: TrancheRecord, { fee, feeAsset, entryFees }: RecordedReduction): void {
  takeAmounts(record.openFees, entryFees)
  addAmounts(record.realizedFees, entryFees)
  if (fee === null || feeAsset === null) record.unknownFeeCount += 1
  else addAmount(record.realizedFees, feeAsset, fee)
}

/** A part is closed. */
export function recordReduced(record: TrancheRecord, event: EventOf<'TrancheReduced'>): void {
  const reduction = reductionOf(event)
  const { quantity, price, realizedPnl } = reduction
  const exit = notional(price, quantity)
  const cost = record.side === 'LONG' ? minus(exit, realizedPnl) : plus(exit, realizedPnl)
  takeFromEntries(record, { quantity, exit, cost })
  record.quantity = minus(record.quantity, quantity)
  record.cost = minus(record.cost, cost)
  record.realizedPnl = plus(record.realizedPnl, realizedPnl)
  record.exitQuantity = plus(record.exitQuantity, quantity)
  record.exitNotional = plus(record.exitNotional, exit)
  record.reductions.push(reduction)
  countLevels(record, reduction)
  payFees(record, reduction)
  takeFromIsolation(record, quantity, exit)
}

/** Nothing is left. */
export function recordEnded(
  history: TrancheHistory,
  record: TrancheRecord,
  event: EventOf<'TrancheClosed'> | EventOf<'TrancheLiquidated'>,
): void {
  record.status = event.type === 'TrancheClosed' ? 'closed' : 'liquidated'
  record.exitTime = event.time
  record.exitReason = event.reason
  endIsolation(record, record.status, { time: event.time, price: null })
  history.open.delete(record.id)
}

/** Leaves of an absorbed tranche what it was, and nothing that counts. */
function empty(record: TrancheRecord): void {
  record.quantity = minus(record.quantity, record.quantity)
  record.cost = minus(record.cost, record.cost)
  record.realizedPnl = plus(record.realizedPnl, negate(record.realizedPnl))
  record.exitQuantity = minus(record.exitQuantity, record.exitQuantity)
  record.exitNotional = minus(record.exitNotional, record.exitNotional)
  record.unknownFeeCount = 0
  Object.assign(record, { reductions: [], entries: [], openFees: {}, realizedFees: {}, funding: {} })
}

/** Other tranches become part of one: their open lots, results, fees and funding move over. */
export function recordMerged(history: TrancheHistory, into: TrancheRecord, event: EventOf<'TrancheMerged'>): void {
  const { time } = event
  const absorbed = event.absorbed.flatMap((id) => history.open.get(id) ?? [])
  for (const from of absorbed) {
    const worth = history.mark === null ? from.cost : notional(history.mark, from.quantity)
    endIsolation(from, 'merged', { time, price: history.mark })
    addToIsolation(into, from.quantity, worth)
    into.reductions.push(...from.reductions)
    into.entries.push(...from.entries)
  }
  mergeFigures(into, absorbed, event)
  for (const from of absorbed) {
    empty(from)
    Object.assign(from, { status: 'merged', mergedInto: into.id, exitTime: time, exitReason: 'merged' })
    history.open.delete(from.id)
  }
}
