import { rememberedOrder, type TrancheBook } from '../book/book.js'
import type { EventOf } from '../book/events.js'
import type { TrancheGroup } from '../book/group.js'
import type { Tranche } from '../book/tranche.js'
import { larger, plus } from '../money/arithmetic.js'
import { type Money, notional } from '../money/money.js'
import { parsePrice } from '../money/price.js'
import { parseQuantity, type Quantity } from '../money/quantity.js'
import { moneyOrNull, priceOrNull } from './event-texts.js'
import { mirrorSynthetic, oweFee } from './fills.js'
import { addAmount } from './amounts.js'
import { assertLaw, groupOf, trancheOf } from './lookup.js'
import { increaseFigures, newTranche } from './tranche-figures.js'

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
  const group = groupOf(book, event.side)
  const tranche = trancheOf(book, event.side, event.tranche)

  increaseFigures(tranche, event)
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
