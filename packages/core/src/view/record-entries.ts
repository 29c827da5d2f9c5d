import type { EventOf, LevelText, TargetTexts } from '../book/events.js'
import type { TakeProfitLevel } from '../book/tranche.js'
import { larger, plus } from '../money/arithmetic.js'
import { NO_MONEY, notional, parseMoney } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { parsePrice, type Price } from '../money/price.js'
import { NO_QUANTITY, parseQuantity } from '../money/quantity.js'
import { addAmount } from './record-amounts.js'
import { addToIsolation } from './record-isolation.js'
import type { RecordedEntry, TrancheHistory, TrancheRecord } from './tranche-record.js'

type EntryEvent = EventOf<'TrancheOpened'> | EventOf<'TrancheIncreased'>

/** A price, or none. */
export function priceOrNull(text: string | null): Price | null {
  return text === null ? null : parsePrice(text)
}

function parseLevel(level: LevelText): TakeProfitLevel {
  return {
    profitPercent: parsePercent(level.profitPercent),
    closePercent: parsePercent(level.closePercent),
    price: parsePrice(level.price),
    quantity: parseQuantity(level.quantity),
    filled: parseQuantity(level.filled),
    hitTime: level.hitTime,
  }
}

/** Stop, target and levels as an event sets them. */
export function parseTargets(event: TargetTexts): Pick<TrancheRecord, 'takeProfitPrice' | 'stopPrice' | 'levels'> {
  return {
    takeProfitPrice: priceOrNull(event.takeProfitPrice),
    stopPrice: priceOrNull(event.stopPrice),
    levels: event.levels.map(parseLevel),
  }
}

function entryOf(event: EntryEvent): RecordedEntry {
  const quantity = parseQuantity(event.quantity)
  const cost = notional(parsePrice(event.price), quantity)
  return {
    tradeId: event.tradeId,
    orderId: event.orderId,
    time: event.time,
    quantity,
    notional: cost,
    fee: event.fee === null ? null : parseMoney(event.fee),
    feeAsset: event.feeAsset,
    evidence: event.type === 'TrancheOpened' ? event.evidence : 'fill',
    estimate: event.tradeId === null ? event.tranche : null,
    remaining: quantity,
    cost,
    realizedPnl: NO_MONEY,
  }
}

function payFee(record: TrancheRecord, { fee, feeAsset }: RecordedEntry): void {
  if (fee === null || feeAsset === null) record.unknownFeeCount += 1
  else addAmount(record.openFees, feeAsset, fee)
}

function cycleOf(history: TrancheHistory, side: TrancheRecord['side']): number {
  const isFlat = ![...history.open.values()].some((record) => record.side === side)
  if (isFlat) history.cycles[side] += 1
  return history.cycles[side]
}

/** A tranche begins. */
export function recordOpened(history: TrancheHistory, event: EventOf<'TrancheOpened'>): void {
  const entry = entryOf(event)
  const { quantity, notional: cost } = entry
  const record: TrancheRecord = {
    id: event.tranche,
    label: event.label,
    notes: [],
    side: event.side,
    origin: event.origin,
    status: 'active',
    mergedInto: null,
    cycle: cycleOf(history, event.side),
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
    exitTime: null,
    exitReason: null,
    entries: [entry],
    reductions: [],
    isolations: [],
    highestMark: null,
    lowestMark: null,
    priceEstimated: event.priceEstimated,
    evidence: event.evidence,
  }
  payFee(record, entry)
  history.tranches.set(record.id, record)
  history.open.set(record.id, record)
}

/** An entry joins a tranche, which averages. */
export function recordIncreased(record: TrancheRecord, event: EventOf<'TrancheIncreased'>): void {
  const entry = entryOf(event)
  record.entries.push(entry)
  record.quantity = plus(record.quantity, entry.quantity)
  record.cost = plus(record.cost, entry.notional)
  record.basisCost = record.cost
  record.basisQuantity = record.quantity
  record.originalQuantity = larger(record.originalQuantity, record.quantity)
  if (event.orderId !== null && !record.entryOrderIds.includes(event.orderId)) record.entryOrderIds.push(event.orderId)
  Object.assign(record, parseTargets(event))
  payFee(record, entry)
  addToIsolation(record, entry.quantity, entry.notional)
}
