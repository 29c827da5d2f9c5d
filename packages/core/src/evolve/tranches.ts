import type { TrancheBook } from '../book/book.js'
import type { AmountTexts, EventOf, LevelText, TargetTexts } from '../book/events.js'
import type { TrancheGroup } from '../book/group.js'
import type { Amounts, TakeProfitLevel, Tranche } from '../book/tranche.js'
import { larger, minus, negate, plus } from '../money/arithmetic.js'
import { type Money, NO_MONEY, notional, parseMoney } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { parsePrice, type Price } from '../money/price.js'
import { NO_QUANTITY, parseQuantity, type Quantity } from '../money/quantity.js'
import { mirrorSynthetic, oweFee } from './fills.js'
import { addAmount, assertLaw, forgetPeakWhenFlat, groupOf, trancheOf } from './lookup.js'

function priceOrNull(text: string | null): Price | null {
  return text === null ? null : parsePrice(text)
}

function moneyOrNull(text: string | null): Money | null {
  return text === null ? null : parseMoney(text)
}

function parseLevels(levels: readonly LevelText[]): TakeProfitLevel[] {
  return levels.map((level) => ({
    profitPercent: parsePercent(level.profitPercent),
    closePercent: parsePercent(level.closePercent),
    price: parsePrice(level.price),
    quantity: parseQuantity(level.quantity),
    filled: parseQuantity(level.filled),
    hitTime: level.hitTime,
  }))
}

/** Targets as the state keeps them. */
export function parseTargets(event: TargetTexts): Pick<Tranche, 'takeProfitPrice' | 'stopPrice' | 'levels'> {
  return {
    takeProfitPrice: priceOrNull(event.takeProfitPrice),
    stopPrice: priceOrNull(event.stopPrice),
    levels: event.levels.length === 0 ? [] : parseLevels(event.levels),
  }
}

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
  const tranche: Tranche = {
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
  const sequence = Number(event.tranche.slice(1))
  assertLaw(sequence >= book.nextTranche, book, () => `tranche ${event.tranche} exists already`)
  assertLaw(quantity > 0n, book, () => `tranche ${event.tranche} opens with ${event.quantity}`)

  book.nextTranche = sequence + 1
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
  if (event.orderId !== null && !tranche.entryOrderIds.includes(event.orderId)) tranche.entryOrderIds.push(event.orderId)
  Object.assign(tranche, targets)
  growGroup(group, quantity, cost)
  payEntryFee(book, tranche, { event, quantity, fee })
  group.lastEntryTime = event.time
}

function parseAmounts(texts: AmountTexts): Amounts {
  const amounts: Amounts = {}
  for (const asset of Object.keys(texts)) {
    const text = texts[asset]
    if (text !== undefined) amounts[asset] = parseMoney(text)
  }
  return amounts
}

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

export function stopMoved(book: TrancheBook, event: EventOf<'StopMoved'>): void {
  const to = parsePrice(event.to)
  const best = priceOrNull(event.trailingBest)
  const tranche = trancheOf(book, event.side, event.tranche)
  const isFavourable =
    tranche.stopPrice === null || (event.side === 'LONG' ? to >= tranche.stopPrice : to <= tranche.stopPrice)
  assertLaw(event.forced || isFavourable, book, () => `the stop of ${event.tranche} would move against its favour`)

  tranche.stopPrice = to
  tranche.stopRung = event.rung
  if (best !== null) tranche.trailing = { best }
}

export function takeProfitMoved(book: TrancheBook, event: EventOf<'TakeProfitMoved'>): void {
  const to = priceOrNull(event.to)
  trancheOf(book, event.side, event.tranche).takeProfitPrice = to
}

export function takeProfitReached(book: TrancheBook, event: EventOf<'TakeProfitReached'>): void {
  const tranche = trancheOf(book, event.side, event.tranche)
  const level = tranche.levels[event.level - 1]
  if (level !== undefined) level.hitTime ??= event.time
}
