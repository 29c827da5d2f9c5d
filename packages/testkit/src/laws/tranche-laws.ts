import type { EventOf } from '@tranchebook/core'
import {
  add,
  isPositive,
  isZero,
  multiply,
  negative,
  order,
  parseRatio,
  quotient,
  type Ratio,
  sizeOf,
  subtract,
  toText,
  total,
  ZERO,
} from '../exact/ratio.js'
import { LawError, mustHold } from './law-error.js'
import { collectFee, type Ledger, type LedgerTranche, type Placed, placeOf } from './log-ledger.js'

/** Shares are cut at 10^-24; many cuts in a row stay far below this. */
const MONEY_DUST = parseRatio('0.000000000000000001')
const PRICE_DUST = parseRatio('0.000000000001')

/** True where two amounts differ by no more than repeated cuts explain. */
export function isSameAmount(left: Ratio, right: Ratio, dust: Ratio = MONEY_DUST): boolean {
  return order(sizeOf(subtract(left, right)), dust) <= 0
}

/** The tranche an event speaks of. @throws {LawError} where there is none, or it was closed before */
export function openTrancheOf(ledger: Ledger, place: Placed, id: string): LedgerTranche {
  const tranche = ledger.tranches.get(id)
  if (tranche === undefined)
    throw new LawError('events speak of known tranches', `${placeOf(place)}: ${id} was never opened`)
  mustHold(!tranche.isClosed, 'nothing happens to a closed tranche', () => `${placeOf(place)}: ${id} was closed before`)
  return tranche
}

const signed = (side: 'LONG' | 'SHORT', value: Ratio): Ratio => (side === 'LONG' ? value : negative(value))
const textOrNull = (text: string | null): Ratio | null => (text === null ? null : parseRatio(text))

function noteFee(ledger: Ledger, tradeId: string | null, fee: string | null): void {
  const fill = tradeId === null ? undefined : ledger.fills.get(tradeId)
  if (fill !== undefined && fee !== null) fill.feeBooked = add(fill.feeBooked, parseRatio(fee))
}

function noteOpened(ledger: Ledger, place: Placed<'TrancheOpened' | 'TrancheIncreased'>): void {
  const { tradeId, quantity, price, fee, side } = place.event
  ledger.cash = subtract(ledger.cash, signed(side, multiply(parseRatio(quantity), parseRatio(price))))
  noteFee(ledger, tradeId, fee)
  const fill = tradeId === null ? undefined : ledger.fills.get(tradeId)
  if (fill === undefined) return
  fill.opened = add(fill.opened, parseRatio(quantity))
  const story = (): string => `${placeOf(place)}: price ${price}, its fill has ${toText(fill.price)}`
  mustHold(order(fill.price, parseRatio(price)) === 0, 'an entry has the price of its fill', story)
}

/** Books an opened tranche. */
export function noteTrancheOpened(ledger: Ledger, place: Placed<'TrancheOpened'>): void {
  const { event } = place
  mustHold(!ledger.tranches.has(event.tranche), 'a tranche opens once', () => placeOf(place))
  mustHold(isPositive(parseRatio(event.quantity)), 'a tranche opens with a quantity', () => placeOf(place))
  const tranche: LedgerTranche = {
    id: event.tranche,
    side: event.side,
    quantity: parseRatio(event.quantity),
    cost: multiply(parseRatio(event.quantity), parseRatio(event.price)),
    exitQuantity: ZERO,
    exitNotional: ZERO,
    realizedPnl: ZERO,
    stop: textOrNull(event.stopPrice),
    rung: 'initial',
    entryFees: new Map(),
    levels: [],
    isClosed: false,
    isCorrected: false,
  }
  if (event.fee !== null && event.feeAsset !== null)
    collectFee(tranche.entryFees, event.feeAsset, parseRatio(event.fee))
  ledger.tranches.set(event.tranche, tranche)
  noteOpened(ledger, place)
}

/** Books an increase, and holds its stop: only a stop that nothing has moved may move away. */
export function noteTrancheIncreased(ledger: Ledger, place: Placed<'TrancheIncreased'>): void {
  const { event } = place
  const tranche = openTrancheOf(ledger, place, event.tranche)
  tranche.quantity = add(tranche.quantity, parseRatio(event.quantity))
  tranche.cost = add(tranche.cost, multiply(parseRatio(event.quantity), parseRatio(event.price)))
  if (event.fee !== null && event.feeAsset !== null)
    collectFee(tranche.entryFees, event.feeAsset, parseRatio(event.fee))
  const stop = textOrNull(event.stopPrice)
  if (tranche.rung !== 'initial' && tranche.rung !== 'command') mustBeInFavour(tranche, stop, place)
  tranche.stop = stop
  noteOpened(ledger, place)
}

/** A stop may not leave, nor move against its tranche. */
export function mustBeInFavour(tranche: LedgerTranche, to: Ratio | null, place: Placed): void {
  if (tranche.stop === null) return
  const from = tranche.stop
  const isHeld = to !== null && order(signed(tranche.side, to), signed(tranche.side, from)) >= 0
  const story = (): string =>
    `${placeOf(place)}: ${tranche.side} from ${toText(from)} to ${to === null ? 'none' : toText(to)}`
  mustHold(isHeld, 'a stop only moves in favour of its tranche', story)
}

function noteExitFees(tranche: LedgerTranche, event: EventOf<'TrancheReduced'>, place: Placed): void {
  for (const [asset, amount] of Object.entries(event.entryFees))
    collectFee(tranche.entryFees, asset, negative(parseRatio(amount)))
  if (!isZero(tranche.quantity)) return
  const left = [...tranche.entryFees].filter(([, amount]) => !isZero(amount))
  const story = (): string =>
    `${placeOf(place)}: ${left.map(([asset, amount]) => `${toText(amount)} ${asset}`).join(', ')} is left over`
  mustHold(left.length === 0, 'a closed tranche has moved all its entry fees to realized', story)
}

/** Books a reduction and checks its result against the tranche's own entry. */
export function noteTrancheReduced(ledger: Ledger, place: Placed<'TrancheReduced'>): void {
  const { event } = place
  const tranche = openTrancheOf(ledger, place, event.tranche)
  const quantity = parseRatio(event.quantity)
  const price = parseRatio(event.price)
  const isWithin = isPositive(quantity) && order(quantity, tranche.quantity) <= 0
  mustHold(
    isWithin,
    'a part is positive and at most what is open',
    () => `${placeOf(place)}: ${event.quantity} of ${toText(tranche.quantity)}`,
  )
  const entry = quotient(tranche.cost, tranche.quantity)
  const due = multiply(signed(tranche.side, subtract(price, entry)), quantity)
  const realized = parseRatio(event.realizedPnl)
  const story = (): string => `${placeOf(place)}: expected ${toText(due)}, got ${event.realizedPnl}`
  mustHold(tranche.isCorrected || isSameAmount(due, realized), 'a part realizes against its own entry', story)
  tranche.cost = subtract(tranche.cost, multiply(entry, quantity))
  tranche.quantity = subtract(tranche.quantity, quantity)
  tranche.exitQuantity = add(tranche.exitQuantity, quantity)
  tranche.exitNotional = add(tranche.exitNotional, multiply(price, quantity))
  tranche.realizedPnl = add(tranche.realizedPnl, realized)
  ledger.cash = add(ledger.cash, signed(tranche.side, multiply(price, quantity)))
  noteExitFees(tranche, event, place)
  noteFee(ledger, event.tradeId, event.fee)
  const fill = event.tradeId === null ? undefined : ledger.fills.get(event.tradeId)
  if (fill !== undefined) fill.reduced = add(fill.reduced, quantity)
}

/** Checks the end of a tranche: exactly nothing left, sums right. */
export function noteTrancheClosed(ledger: Ledger, place: Placed<'TrancheClosed' | 'TrancheLiquidated'>): void {
  const { event } = place
  const tranche = openTrancheOf(ledger, place, event.tranche)
  mustHold(
    isZero(tranche.quantity),
    'a closed tranche has exactly nothing left',
    () => `${placeOf(place)}: ${toText(tranche.quantity)}`,
  )
  const average = quotient(tranche.exitNotional, tranche.exitQuantity)
  const isExitRight = tranche.isCorrected || isSameAmount(average, parseRatio(event.exitPrice), PRICE_DUST)
  mustHold(
    isExitRight,
    'the exit price is the average of the parts',
    () => `${placeOf(place)}: expected ${toText(average)}, got ${event.exitPrice}`,
  )
  const isSumRight = tranche.isCorrected || isSameAmount(tranche.realizedPnl, parseRatio(event.realizedPnl))
  mustHold(
    isSumRight,
    'the result is the sum of the parts',
    () => `${placeOf(place)}: expected ${toText(tranche.realizedPnl)}, got ${event.realizedPnl}`,
  )
  tranche.isClosed = true
}

/** Joins tranches into the survivor. */
export function noteTrancheMerged(ledger: Ledger, place: Placed<'TrancheMerged'>): void {
  const survivor = openTrancheOf(ledger, place, place.event.tranche)
  for (const id of place.event.absorbed) {
    const absorbed = openTrancheOf(ledger, place, id)
    survivor.quantity = add(survivor.quantity, absorbed.quantity)
    survivor.cost = add(survivor.cost, absorbed.cost)
    survivor.exitQuantity = add(survivor.exitQuantity, absorbed.exitQuantity)
    survivor.exitNotional = add(survivor.exitNotional, absorbed.exitNotional)
    survivor.isCorrected ||= absorbed.isCorrected || !isZero(absorbed.exitQuantity)
    for (const [asset, amount] of absorbed.entryFees) collectFee(survivor.entryFees, asset, amount)
    if (survivor.rung === 'initial') survivor.rung = absorbed.rung
    absorbed.isClosed = true
    absorbed.quantity = ZERO
    absorbed.cost = ZERO
  }
  mustBeInFavour(survivor, textOrNull(place.event.stopPrice), place)
  survivor.stop = textOrNull(place.event.stopPrice)
}

/** realized − signed cost of what is open: what all entries and exits together have cost and brought. */
export function cashOf(ledger: Ledger): Ratio {
  const tranches = [...ledger.tranches.values()]
  return total(tranches.map(({ side, realizedPnl, cost }) => subtract(realizedPnl, signed(side, cost))))
}
