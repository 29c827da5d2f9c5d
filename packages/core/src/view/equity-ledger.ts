import type { BookEvent, EventOf } from '../book/events.js'
import type { Amounts, Side } from '../book/tranche.js'
import { minus, plus } from '../money/arithmetic.js'
import { asMoney, type Money, NO_MONEY, notional, parseMoney, shareOf } from '../money/money.js'
import { parsePrice, type Price } from '../money/price.js'
import { NO_QUANTITY, parseQuantity, type Quantity } from '../money/quantity.js'
import { addAmount } from './record-amounts.js'
import { signOf } from './tranche-record.js'

interface Waiting {
  fee: Money
  readonly asset: string
  quantity: Quantity
}

/** Running sums of a book, by which its worth is told. */
export interface Ledger {
  realizedPnl: Money
  readonly fees: Amounts
  unknownFeeCount: number
  readonly funding: Amounts
  readonly held: Record<Side, { quantity: Quantity; cost: Money }>
  readonly open: Set<string>
  /** Fees of closes that wait for their entry. */
  readonly waiting: Map<string, Waiting>
  mark: Price | null
}

/** Nothing booked yet. */
export function emptyLedger(): Ledger {
  const nothing = { quantity: NO_QUANTITY, cost: NO_MONEY }
  return {
    realizedPnl: NO_MONEY,
    fees: {},
    unknownFeeCount: 0,
    funding: {},
    held: { LONG: { ...nothing }, SHORT: { ...nothing } },
    open: new Set(),
    waiting: new Map(),
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
  ledger.open.add(event.tranche)
  payFee(ledger, event.fee, event.feeAsset)
}

function leave(ledger: Ledger, event: EventOf<'TrancheReduced'>): void {
  const held = ledger.held[event.side]
  const quantity = parseQuantity(event.quantity)
  const result = parseMoney(event.realizedPnl)
  const exit = notional(parsePrice(event.price), quantity)
  held.quantity = minus(held.quantity, quantity)
  held.cost = asMoney(held.cost - exit + signOf(event.side) * result)
  ledger.realizedPnl = plus(ledger.realizedPnl, result)
  payFee(ledger, event.fee, event.feeAsset)
}

function correct(ledger: Ledger, event: EventOf<'EstimateReplaced'>): void {
  for (const part of event.parts) {
    const correction = parseMoney(part.correction)
    if (event.kind === 'exit') ledger.realizedPnl = plus(ledger.realizedPnl, correction)
    else if (ledger.open.has(part.tranche))
      ledger.held[event.side].cost = plus(ledger.held[event.side].cost, correction)
    else ledger.realizedPnl = asMoney(ledger.realizedPnl - signOf(event.side) * correction)
    if (part.fee === null || event.feeAsset === null) ledger.unknownFeeCount += part.isProven ? 0 : 1
    else {
      addAmount(ledger.fees, event.feeAsset, parseMoney(part.fee))
      if (part.isProven) ledger.unknownFeeCount -= 1
    }
  }
}

function waitForEntry(ledger: Ledger, { tradeId, unmatched, feeAsset }: EventOf<'FillBooked'>): void {
  if (unmatched?.fee == null || feeAsset === null) return
  ledger.waiting.set(tradeId, {
    fee: parseMoney(unmatched.fee),
    asset: feeAsset,
    quantity: parseQuantity(unmatched.quantity),
  })
}

function settle(ledger: Ledger, { tradeId, quantity: text }: EventOf<'UnmatchedSettled'>): void {
  const waiting = ledger.waiting.get(tradeId)
  if (waiting === undefined) return
  const quantity = parseQuantity(text)
  waiting.fee = minus(waiting.fee, shareOf(waiting.fee, quantity, waiting.quantity))
  waiting.quantity = minus(waiting.quantity, quantity)
}

/** Books an event; true where it changes what the book is worth. */
export function bookIntoLedger(ledger: Ledger, event: BookEvent): boolean {
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
      for (const id of event.absorbed) ledger.open.delete(id)
      return false
    case 'FillBooked':
      waitForEntry(ledger, event)
      return false
    case 'UnmatchedSettled':
      settle(ledger, event)
      return false
    case 'FillOrphaned': {
      const waiting = ledger.waiting.get(event.tradeId)
      if (waiting !== undefined) addAmount(ledger.fees, waiting.asset, waiting.fee)
      return waiting !== undefined
    }
    case 'FillFeeBooked':
      for (const part of event.parts) addAmount(ledger.fees, event.feeAsset, parseMoney(part.amount))
      ledger.unknownFeeCount -= event.parts.length
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
