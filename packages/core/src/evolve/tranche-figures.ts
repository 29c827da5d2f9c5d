import type { EventOf } from '../book/events.js'
import type { Tranche } from '../book/tranche.js'
import { larger, plus } from '../money/arithmetic.js'
import { type Money, NO_MONEY, notional } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { parsePrice, type Price } from '../money/price.js'
import { NO_QUANTITY, parseQuantity, type Quantity } from '../money/quantity.js'
import { parseTargets } from './event-texts.js'
import { addAmounts } from './amounts.js'

/** What the open tranche of a book and its record in the history have in common. */
export type TrancheFigures = Omit<Tranche, 'reductions'>

/** A tranche as it begins, its entry fee not yet paid. */
export function newTranche(event: EventOf<'TrancheOpened'>, quantity: Quantity, cost: Money): Tranche {
  return {
    id: event.tranche,
    label: event.label,
    notes: [],
    side: event.side,
    origin: event.origin,
    isolated: false,
    isolatedTime: null,
    isolatedPrice: null,
    quantity,
    cost,
    basisCost: cost,
    basisQuantity: quantity,
    originalQuantity: quantity,
    entryTime: event.time,
    entryOrderIds: event.orderId === null ? [] : [event.orderId],
    leverage: event.leverage,
    takeProfitPercent: event.takeProfitPercent === null ? null : parsePercent(event.takeProfitPercent),
    stopLossPercent: event.stopLossPercent === null ? null : parsePercent(event.stopLossPercent),
    ...parseTargets(event),
    stopRung: 'initial',
    trailing: null,
    openFees: {},
    realizedFees: {},
    unknownFeeCount: 0,
    funding: {},
    realizedPnl: NO_MONEY,
    exitQuantity: NO_QUANTITY,
    exitNotional: NO_MONEY,
    reductions: [],
    highestMark: null,
    lowestMark: null,
    priceEstimated: event.priceEstimated,
    evidence: event.evidence,
  }
}

/** What it holds now is what its average entry rests on. */
function restBasis(tranche: TrancheFigures): void {
  tranche.basisCost = tranche.cost
  tranche.basisQuantity = tranche.quantity
  tranche.originalQuantity = larger(tranche.originalQuantity, tranche.quantity)
}

/** An entry joins, which averages; its fee is not yet paid. */
export function increaseFigures(tranche: TrancheFigures, event: EventOf<'TrancheIncreased'>): void {
  const quantity = parseQuantity(event.quantity)
  const cost = notional(parsePrice(event.price), quantity)
  const targets = parseTargets(event)
  tranche.quantity = plus(tranche.quantity, quantity)
  tranche.cost = plus(tranche.cost, cost)
  restBasis(tranche)
  if (event.orderId !== null && !tranche.entryOrderIds.includes(event.orderId))
    tranche.entryOrderIds.push(event.orderId)
  Object.assign(tranche, targets)
}

function absorb(into: TrancheFigures, from: TrancheFigures): void {
  into.quantity = plus(into.quantity, from.quantity)
  into.cost = plus(into.cost, from.cost)
  into.realizedPnl = plus(into.realizedPnl, from.realizedPnl)
  into.exitQuantity = plus(into.exitQuantity, from.exitQuantity)
  into.exitNotional = plus(into.exitNotional, from.exitNotional)
  into.entryTime = Math.min(into.entryTime, from.entryTime)
  into.unknownFeeCount += from.unknownFeeCount
  into.priceEstimated ||= from.priceEstimated
  into.notes.push(...from.notes)
  into.entryOrderIds.push(...from.entryOrderIds)
  addAmounts(into.openFees, from.openFees)
  addAmounts(into.realizedFees, from.realizedFees)
  addAmounts(into.funding, from.funding)
}

/** The stop that stays keeps the rung it stood on, and the mark it trails. */
function keepRung(into: TrancheFigures, absorbed: readonly TrancheFigures[], stopPrice: Price | null): void {
  const owner = [into, ...absorbed].find((tranche) => tranche.stopPrice === stopPrice)
  // From here on the stop guards several entries: a later join must not anchor it anew behind where it stands for one of them.
  const rung = owner?.stopRung ?? into.stopRung
  into.stopRung = rung === 'initial' ? 'ladder' : rung
  into.trailing = owner?.trailing ?? into.trailing
}

/** Open lots, results, fees and funding of others move into one tranche; what each of them still counts is for the caller to end. */
export function mergeFigures(
  into: TrancheFigures,
  absorbed: readonly TrancheFigures[],
  event: EventOf<'TrancheMerged'>,
): void {
  const targets = parseTargets(event)
  keepRung(into, absorbed, targets.stopPrice)
  for (const from of absorbed) absorb(into, from)
  restBasis(into)
  Object.assign(into, targets)
}
