import type { EventOf } from '../book/events.js'
import { increaseFigures, newTranche } from '../evolve/tranche-figures.js'
import { NO_MONEY, notional, parseMoney } from '../money/money.js'
import { parsePrice } from '../money/price.js'
import { parseQuantity } from '../money/quantity.js'
import { addAmount } from '../evolve/amounts.js'
import { addToIsolation } from './record-isolation.js'
import type { RecordedEntry, TrancheHistory, TrancheRecord } from './tranche-record.js'

type EntryEvent = EventOf<'TrancheOpened'> | EventOf<'TrancheIncreased'>

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
    ...newTranche(event, quantity, cost),
    status: 'active',
    mergedInto: null,
    cycle: cycleOf(history, event.side),
    exitTime: null,
    exitReason: null,
    entries: [entry],
    reductions: [],
    isolations: [],
  }
  payFee(record, entry)
  history.tranches.set(record.id, record)
  history.open.set(record.id, record)
}

/** An entry joins a tranche, which averages. */
export function recordIncreased(record: TrancheRecord, event: EventOf<'TrancheIncreased'>): void {
  const entry = entryOf(event)
  increaseFigures(record, event)
  record.entries.push(entry)
  payFee(record, entry)
  addToIsolation(record, entry.quantity, entry.notional)
}
