import { rememberedOrder, type TrancheBook } from '../book/book.js'
import type { EventOf } from '../book/events.js'
import type { TrancheGroup } from '../book/group.js'
import type { Tranche } from '../book/tranche.js'
import { larger, plus } from '../money/arithmetic.js'
import { type Money, NO_MONEY, notional } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { parsePrice } from '../money/price.js'
import { NO_QUANTITY, parseQuantity, type Quantity } from '../money/quantity.js'
import { moneyOrNull, parseTargets, priceOrNull } from './event-texts.js'
import { mirrorSynthetic, oweFee } from './fills.js'
import { addAmount, assertLaw, groupOf, trancheOf } from './lookup.js'

interface EntryPayment {
  readonly event: EventOf<'TrancheOpened'> | EventOf<'TrancheIncreased'>
  readonly quantity: Quantity
  readonly fee: Money | null
}

function payEntryFee(book: TrancheBook, tranche: Tranche, { event, quantity, fee }: EntryPayment): void {
  const group = book.groups[event.side]
  if (fee === null || event.feeAsset === null) {
    tranche.unknownFeeCount += 1
    group.unknownFeeCount += 1
    oweFee(book, event.tradeId, { side: event.side, tranche: tranche.id, quantity, isEntry: true })
    return
  }
  addAmount(tranche.openFees, event.feeAsset, fee)
  addAmount(group.fees, event.feeAsset, fee)
}

function growGroup(group: TrancheGroup, quantity: Quantity, cost: Money): void {
  group.quantity = plus(group.quantity, quantity)
  group.cost = plus(group.cost, cost)
  group.peakQuantity = larger(group.peakQuantity, group.quantity)
}

/** A tranche as it begins. */
function newTranche(event: EventOf<'TrancheOpened'>, quantity: Quantity, cost: Money): Tranche {
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

export function trancheOpened(book: TrancheBook, event: EventOf<'TrancheOpened'>): void {
  const quantity = parseQuantity(event.quantity)
  const price = parsePrice(event.price)
  const cost = notional(price, quantity)
  const fee = moneyOrNull(event.fee)
  const group = groupOf(book, event.side)
  const tranche = newTranche(event, quantity, cost)
  const sequence = Number(event.tranche.slice(1))
  assertLaw(sequence >= book.nextTranche, book, () => `tranche ${event.tranche} exists already`)
  assertLaw(quantity > 0n, book, () => `tranche ${event.tranche} opens with ${event.quantity}`)

  book.nextTranche = sequence + 1
  const order = event.clientOrderId === null ? undefined : rememberedOrder(book, event.clientOrderId)
  if (order !== undefined) order.entryTranche = event.tranche
  group.tranches.push(tranche)
  growGroup(group, quantity, cost)
  payEntryFee(book, tranche, { event, quantity, fee })
  group.lastEntryTime = event.time
  if (event.tradeId === null) mirrorSynthetic(book, event.side, { quantity, price, isEntry: true })
  if (event.evidence !== 'fill')
    group.estimates.push({
      id: event.tranche,
      kind: 'entry',
      quantity,
      price,
      time: event.time,
      parts: [{ tranche: event.tranche, quantity }],
    })
}

export function trancheIncreased(book: TrancheBook, event: EventOf<'TrancheIncreased'>): void {
  const quantity = parseQuantity(event.quantity)
  const cost = notional(parsePrice(event.price), quantity)
  const fee = moneyOrNull(event.fee)
  const targets = parseTargets(event)
  const group = groupOf(book, event.side)
  const tranche = trancheOf(book, event.side, event.tranche)

  tranche.quantity = plus(tranche.quantity, quantity)
  tranche.cost = plus(tranche.cost, cost)
  tranche.basisCost = tranche.cost
  tranche.basisQuantity = tranche.quantity
  tranche.originalQuantity = larger(tranche.originalQuantity, tranche.quantity)
  if (event.orderId !== null && !tranche.entryOrderIds.includes(event.orderId))
    tranche.entryOrderIds.push(event.orderId)
  Object.assign(tranche, targets)
  growGroup(group, quantity, cost)
  payEntryFee(book, tranche, { event, quantity, fee })
  group.lastEntryTime = event.time
}

export function trancheEnded(book: TrancheBook, event: EventOf<'TrancheClosed'> | EventOf<'TrancheLiquidated'>): void {
  const tranche = trancheOf(book, event.side, event.tranche)
  assertLaw(tranche.quantity === 0n, book, () => `${event.tranche} cannot close while it holds a quantity`)
  assertLaw(tranche.cost === 0n, book, () => `${event.tranche} cannot close while it holds a cost`)

  const group = book.groups[event.side]
  group.tranches.splice(group.tranches.indexOf(tranche), 1)
}

export function trancheIsolated(book: TrancheBook, event: EventOf<'TrancheIsolated'>): void {
  const price = priceOrNull(event.price)
  const tranche = trancheOf(book, event.side, event.tranche)

  tranche.isolated = true
  tranche.isolatedTime = event.time
  tranche.isolatedPrice = price
}

export function trancheReleased(book: TrancheBook, event: EventOf<'TrancheReleased'>): void {
  const tranche = trancheOf(book, event.side, event.tranche)

  tranche.isolated = false
  tranche.isolatedTime = null
  tranche.isolatedPrice = null
}

export function trancheLabelled(book: TrancheBook, event: EventOf<'TrancheLabelled'>): void {
  trancheOf(book, event.side, event.tranche).label = event.label
}

export function trancheAnnotated(book: TrancheBook, event: EventOf<'TrancheAnnotated'>): void {
  trancheOf(book, event.side, event.tranche).notes.push(event.note)
}
