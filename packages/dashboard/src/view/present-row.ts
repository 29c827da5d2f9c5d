import {
  AS_TEXT,
  type DecimalText,
  formatPrice,
  type LiveGroupView,
  presentTakeProfit,
  type TrancheBook,
  type TrancheRecord,
  type TrancheView,
} from '@tranchebook/core'
import type { TrancheRow } from '../api/book-view.js'
import type { Looking } from './looking.js'
import { waitsFor } from './waits-for.js'

function ordersFor({ orders }: TrancheBook, tranche: string): readonly string[] {
  return [...orders.values()]
    .filter(
      ({ allocation, entryTranche }) => entryTranche === tranche || allocation.some((part) => part.tranche === tranche),
    )
    .map(({ clientOrderId }) => clientOrderId)
}

function changedTimeOf({ entryTime, entries, reductions, isolatedTime, exitTime, levels }: TrancheRecord): number {
  const times = [
    ...entries.map(({ time }) => time),
    ...reductions.map(({ time }) => time),
    ...levels.flatMap(({ hitTime }) => hitTime ?? []),
  ]
  return Math.max(entryTime, isolatedTime ?? 0, exitTime ?? 0, ...times)
}

type Uncovered = LiveGroupView<string>['uncovered']

function shieldOf(
  record: TrancheRecord,
  { looking, uncovered }: RowContext,
): Pick<TrancheRow, 'isProtected' | 'uncovered'> {
  if (record.status !== 'active' || record.stopPrice === null || !looking.isWatched)
    return { isProtected: null, uncovered: null }
  const missing: DecimalText = uncovered.find(({ tranche }) => tranche === record.id)?.quantity ?? '0'
  return { isProtected: missing === '0', uncovered: missing }
}

/** What a row is presented with. */
export interface RowContext {
  readonly looking: Looking
  /** What no stop covers on its side. */
  readonly uncovered: Uncovered
}

/** A tranche's row: its figures, and where it stands on its way out. */
export function presentRow(view: TrancheView<string>, record: TrancheRecord, context: RowContext): TrancheRow {
  const { looking } = context
  const waiting = waitsFor(record, looking)
  return {
    ...view,
    takeProfit: presentTakeProfit(record, AS_TEXT),
    ...shieldOf(record, context),
    waitsFor: waiting?.words ?? null,
    waitsForPrice: waiting?.price == null ? null : formatPrice(waiting.price),
    orders: ordersFor(looking.fold.book, record.id),
    changedTime: changedTimeOf(record),
  }
}
