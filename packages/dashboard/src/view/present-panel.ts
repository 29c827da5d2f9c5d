import {
  AS_TEXT,
  formatDay,
  type LiveGroupView,
  presentLiveGroup,
  type Side,
  type TrancheRecord,
} from '@tranchebook/core'
import { CLOSED_SHOWN, type ClosedDay, type GroupPanel, type TrancheRow } from '../api/book-view.js'
import { livePointOf, type Looking } from './looking.js'
import { presentRow } from './present-row.js'
import { sumKnown, sumOf } from './sum-amounts.js'

function viewOf(looking: Looking, side: Side, records: readonly TrancheRecord[]): LiveGroupView<string> {
  return presentLiveGroup(looking.fold.book, livePointOf(looking), { side, present: AS_TEXT, records })
}

function rowsOf(
  view: LiveGroupView<string>,
  records: readonly TrancheRecord[],
  looking: Looking,
): readonly TrancheRow[] {
  const { uncovered } = view
  return view.tranches.flatMap((tranche, index) => {
    const record = records[index]
    return record === undefined ? [] : [presentRow(tranche, record, { looking, uncovered })]
  })
}

/** A side with its open tranches, in the order they opened. */
export function presentPanel(looking: Looking, side: Side): GroupPanel {
  const records = [...looking.fold.history.open.values()].filter((record) => record.side === side)
  const view = viewOf(looking, side, records)
  return { ...view, tranches: rowsOf(view, records, looking) }
}

/** Rows of some tranches, open or closed, in the order given. */
export function presentRows(looking: Looking, records: readonly TrancheRecord[]): readonly TrancheRow[] {
  const rows = (['LONG', 'SHORT'] as const).flatMap((side) => {
    const ofSide = records.filter((record) => record.side === side)
    return ofSide.length === 0 ? [] : rowsOf(viewOf(looking, side, ofSide), ofSide, looking)
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return records.flatMap(({ id }) => byId.get(id) ?? [])
}

/** The tranches that ended last, the newest end first. */
function endedRecords({ fold: { history, ended } }: Looking): readonly TrancheRecord[] {
  return ended
    .slice(-CLOSED_SHOWN)
    .toReversed()
    .flatMap((id) => history.tranches.get(id) ?? [])
}

/** Closed tranches by the UTC day they ended on. Those that were merged away are told, and count nothing. */
export function presentClosed(looking: Looking): readonly ClosedDay[] {
  const { endedByDay } = looking.fold
  const rows = presentRows(looking, endedRecords(looking))
  const days = new Map<string, TrancheRow[]>()
  for (const row of rows) {
    const day = formatDay(row.exitTime ?? 0)
    days.set(day, [...(days.get(day) ?? []), row])
  }
  return [...days].map(([day, tranches]) => ({
    day,
    count: endedByDay.get(day) ?? 0,
    realizedPnl: sumOf(tranches.map(({ realizedPnl }) => realizedPnl)),
    netPnl: sumKnown(tranches.map(({ netPnl }) => netPnl)),
    tranches,
  }))
}
