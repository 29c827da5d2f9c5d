import {
  averagePrice,
  type BookOrder,
  explainEvent,
  formatPrice,
  formatQuantity,
  type TrancheRecord,
} from '@tranchebook/core'
import type {
  CheckEntry,
  EquityIdentity,
  LastComparison,
  OrderSpace,
  ReconciliationView,
  SyntheticBooking,
} from '../api/reconciliation-view.js'
import { comparePositions } from './present-comparison.js'
import { type Looking, precisionOf } from './looking.js'
import { whyOf } from './present-timeline.js'

/** What only the account knows; `null` = the past is looked at, which does not hold it. */
export interface AccountComparison {
  readonly lastComparison: LastComparison | null
  readonly equity: EquityIdentity | null
}

function isConditional({ type }: BookOrder): boolean {
  return type !== 'LIMIT' && type !== 'MARKET'
}

function spacesOf(orders: readonly BookOrder[]): readonly OrderSpace[] {
  return (['orders', 'conditional'] as const).map((space) => {
    const ours = orders.filter((order) => isConditional(order) === (space === 'conditional'))
    return { space, ours: ours.length, unknown: ours.filter(({ state }) => state === 'unknown').length }
  })
}

function checksOf({ fold, instrument }: Looking): readonly CheckEntry[] {
  const precision = precisionOf(instrument)
  return fold.checks
    .map(({ version, event }) => ({
      version,
      time: event.time,
      type: event.type,
      sentence: explainEvent(event, precision),
      why: whyOf(event),
    }))
    .toReversed()
}

function syntheticOf(record: TrancheRecord): readonly SyntheticBooking[] {
  const { id: tranche, side } = record
  const entries = record.entries
    .filter(({ evidence, quantity }) => evidence !== 'fill' && quantity > 0n)
    .map(({ quantity, notional, time, evidence }) => ({
      kind: 'entry' as const,
      side,
      tranche,
      quantity: formatQuantity(quantity),
      price: formatPrice(averagePrice(notional, quantity, 'nearest')),
      time,
      evidence,
    }))
  const exits = record.reductions
    .filter(({ evidence }) => evidence !== 'fill')
    .map(({ quantity, price, time, evidence }) => ({
      kind: 'exit' as const,
      side,
      tranche,
      quantity: formatQuantity(quantity),
      price: formatPrice(price),
      time,
      evidence,
    }))
  return [...entries, ...exits]
}

/** Ours beside the venue's. */
export function presentReconciliation(looking: Looking, account: AccountComparison): ReconciliationView {
  const { book, history } = looking.fold
  const synthetic = [...history.tranches.values()].flatMap(syntheticOf)
  return {
    account: book.account,
    symbol: book.symbol,
    version: book.version,
    positions: comparePositions(book),
    orders: spacesOf([...book.orders.values()]),
    conflict: book.conflict,
    checks: checksOf(looking),
    synthetic: synthetic.toSorted((left, right) => right.time - left.time),
    unmatched: (['LONG', 'SHORT'] as const).flatMap((side) =>
      book.groups[side].unmatched.map(({ tradeId, quantity, isOrphan }) => ({
        side,
        tradeId,
        quantity: formatQuantity(quantity),
        isOrphan,
      })),
    ),
    ...account,
  }
}
