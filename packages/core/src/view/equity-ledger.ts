import type { BookEvent, EventOf } from '../book/events.js'
import type { Amounts, Side } from '../book/tranche.js'
import { minus, plus } from '../money/arithmetic.js'
import { asMoney, type Money, NO_MONEY, notional, parseMoney, shareOf } from '../money/money.js'
import { parsePrice, type Price } from '../money/price.js'
import { NO_QUANTITY, parseQuantity, type Quantity } from '../money/quantity.js'
import { addAmount } from '../evolve/amounts.js'
import { type OrphanFees, recordOrphanFees } from './orphan-fees.js'
import { signOf } from './tranche-record.js'

interface Lot {
  open: Quantity
  closed: Quantity
}

/** Running sums of a book, by which its worth is told. */
export interface Ledger {
  realizedPnl: Money
  readonly fees: Amounts
  unknownFeeCount: number
  readonly funding: Amounts
  readonly held: Record<Side, { quantity: Quantity; cost: Money }>
  /** What of each open tranche is open and what was closed. */
  readonly open: Map<string, Lot>
  /** Adds its fees to those of the ledger. */
  readonly orphans: OrphanFees
  mark: Price | null
}

/** Nothing booked yet. */
export function emptyLedger(): Ledger {
  const nothing = { quantity: NO_QUANTITY, cost: NO_MONEY }
  const fees: Amounts = {}
  return {
    realizedPnl: NO_MONEY,
    fees,
    unknownFeeCount: 0,
    funding: {},
    held: { LONG: { ...nothing }, SHORT: { ...nothing } },
    open: new Map(),
    orphans: { waiting: new Map(), fees },
    mark: null,
  }
}

function payFee(ledger: Ledger, fee: string | null, asset: string | null): void {
  if (fee === null || asset === null) ledger.unknownFeeCount += 1
  else addAmount(ledger.fees, asset, parseMoney(fee))
}

function enter(ledger: Ledger, event: EventOf<'TrancheOpened'> | EventOf<'TrancheIncreased'>): void {
  const held = ledger.held[event.side]
  const quantity = parseQuantity(event.quantity)
  held.quantity = plus(held.quantity, quantity)
  held.cost = plus(held.cost, notional(parsePrice(event.price), quantity))
  const lot = ledger.open.get(event.tranche) ?? { open: NO_QUANTITY, closed: NO_QUANTITY }
  ledger.open.set(event.tranche, { ...lot, open: plus(lot.open, quantity) })
  payFee(ledger, event.fee, event.feeAsset)
}

function leave(ledger: Ledger, event: EventOf<'TrancheReduced'>): void {
  const held = ledger.held[event.side]
  const quantity = parseQuantity(event.quantity)
  const result = parseMoney(event.realizedPnl)
  const exit = notional(parsePrice(event.price), quantity)
  const lot = ledger.open.get(event.tranche)
  if (lot !== undefined) {
    lot.open = minus(lot.open, quantity)
    lot.closed = plus(lot.closed, quantity)
  }
  held.quantity = minus(held.quantity, quantity)
  held.cost = asMoney(held.cost - exit + signOf(event.side) * result)
  ledger.realizedPnl = plus(ledger.realizedPnl, result)
  payFee(ledger, event.fee, event.feeAsset)
}

/** A dearer entry costs more where it is open, and was a smaller result where it is closed. */
function correctEntry(ledger: Ledger, side: Side, to: { correction: Money; lot: Lot | undefined }): void {
  const { correction, lot } = to
  const open = lot === undefined ? NO_MONEY : shareOf(correction, lot.open, plus(lot.open, lot.closed))
  const held = ledger.held[side]
  held.cost = plus(held.cost, open)
  ledger.realizedPnl = asMoney(ledger.realizedPnl - signOf(side) * minus(correction, open))
}

/** An absorbed tranche's lot becomes part of the one that stays. */
function merge(ledger: Ledger, { tranche, absorbed }: EventOf<'TrancheMerged'>): void {
  const into = ledger.open.get(tranche)
  for (const id of absorbed) {
    const from = ledger.open.get(id)
    ledger.open.delete(id)
    if (into === undefined || from === undefined) continue
    into.open = plus(into.open, from.open)
    into.closed = plus(into.closed, from.closed)
  }
}

function correct(ledger: Ledger, event: EventOf<'EstimateReplaced'>): void {
  for (const part of event.parts) {
    const correction = parseMoney(part.correction)
    if (event.kind === 'exit') ledger.realizedPnl = plus(ledger.realizedPnl, correction)
    else correctEntry(ledger, event.side, { correction, lot: ledger.open.get(part.tranche) })
    if (part.fee === null || event.feeAsset === null) ledger.unknownFeeCount += part.isProven ? 0 : 1
    else {
      addAmount(ledger.fees, event.feeAsset, parseMoney(part.fee))
      if (part.isProven) ledger.unknownFeeCount -= 1
    }
  }
}

/** A fee that comes late goes to what was booked. */
function payLate(ledger: Ledger, { feeAsset, parts }: EventOf<'FillFeeBooked'>): void {
  for (const { amount } of parts) addAmount(ledger.fees, feeAsset, parseMoney(amount))
  ledger.unknownFeeCount -= parts.length
}

/** Books an event; true where it changes what the book is worth. */
export function bookIntoLedger(ledger: Ledger, event: BookEvent): boolean {
  recordOrphanFees(ledger.orphans, event)
  switch (event.type) {
    case 'TrancheOpened':
    case 'TrancheIncreased':
      enter(ledger, event)
      return true
    case 'TrancheReduced':
      leave(ledger, event)
      return true
    case 'TrancheClosed':
    case 'TrancheLiquidated':
      ledger.open.delete(event.tranche)
      return false
    case 'TrancheMerged':
      merge(ledger, event)
      return false
    case 'UnmatchedSettled':
    case 'FillOrphaned':
      return true
    case 'FillFeeBooked':
      payLate(ledger, event)
      return true
    case 'FundingBooked':
      addAmount(ledger.funding, event.asset, parseMoney(event.amount))
      return true
    case 'EstimateReplaced':
      correct(ledger, event)
      return true
    case 'MarkObserved':
      ledger.mark = parsePrice(event.price)
      return true
    default:
      return false
  }
}
