import type { EventOf } from '../../book/events.js'
import type { AttributedEntry, EntryText, GroupComparison, Result } from './attribution.js'
import type { Steering } from './decision-differences.js'
import type { BookWhatIf, WhatIfReport } from './what-if.js'

function resultText({ realizedPnl, unrealizedPnl }: Result): string {
  return `realized ${realizedPnl}, open ${unrealizedPnl ?? 'unknown (no mark)'}`
}

function groupLines({ side, base, other }: GroupComparison): readonly string[] {
  if (base.quantity === '0' && other.quantity === '0' && base.realizedPnl === '0' && other.realizedPnl === '0')
    return []
  return [`  ${side}, all recorded fills: base ${resultText(base)}; other ${resultText(other)}`]
}

function entryText(entry: EntryText | null): string {
  return entry === null ? 'no entry' : `${entry.tranche} ${resultText(entry)}`
}

function attributionLine({ side, tradeId, base, other }: AttributedEntry): string {
  return `    ${side} entry ${tradeId}: base ${entryText(base)}; other ${entryText(other)}`
}

function orderLine({
  purpose,
  orderType,
  side,
  quantity,
  price,
  triggerPrice,
  reason,
  causationId,
}: EventOf<'OrderIntended'>): string {
  const at = triggerPrice ?? price
  return `    ${purpose} ${side} ${orderType} ${quantity ?? 'all'}${at === null ? '' : ` at ${at}`} (${reason}), because of ${causationId}`
}

function steeringText(event: Steering): string {
  switch (event.type) {
    case 'EntryRefused':
      return `${event.side} entry refused (${event.code}): ${event.message}`
    case 'TrancheIsolated':
      return `${event.tranche} isolated at ${event.price ?? 'no mark'}`
    case 'TrancheReleased':
      return `${event.tranche} released from isolation`
    case 'TrancheMerged':
      return `${event.absorbed.join(', ')} merged into ${event.tranche}`
    case 'StopMoved':
      return `stop of ${event.tranche} moved to ${event.to} (${event.rung})`
    case 'CancelIntended':
      return `an order cancelled (${event.reason})`
    case 'LeverageIntended':
      return `leverage set to ${event.leverage} (${event.reason})`
    case 'TradingPaused':
      return `entries paused (${event.kind})`
  }
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`  ${title}:`, ...lines]
}

function bookLines(book: BookWhatIf): readonly string[] {
  const { base, other } = book.bookingsWithoutFill
  const steering = (event: Steering): string => `    ${steeringText(event)}, because of ${event.causationId}`
  return [
    `${book.stream}${book.mark === null ? '' : ` at mark ${book.mark}`}`,
    ...book.groups.flatMap(groupLines),
    `  ${book.isSameTotal ? 'the same total at any mark' : 'totals differ: not the same was booked'}`,
    ...section('moved between tranches only, the same fills', book.attribution.map(attributionLine)),
    ...section('orders only the base run sends', book.orders.onlyBase.map(orderLine)),
    ...section('orders only the other run sends (their fills are not known)', book.orders.onlyOther.map(orderLine)),
    ...section('only the base run decides', book.decisions.onlyBase.map(steering)),
    ...section('only the other run decides', book.decisions.onlyOther.map(steering)),
    ...section(
      'recorded fills the other run would not have had (hypothetical: not part of its result)',
      book.hypothetical.map(
        ({ kind, tradeId, why, pnl }) =>
          `    ${kind} fill ${tradeId}: ${why}; worth ${pnl ?? 'an unknown amount'} in the base run`,
      ),
    ),
    ...(base === 0 && other === 0 ? [] : [`  bookings without a fill: base ${base}, other ${other}`]),
  ]
}

/** A what-if as lines for people. What merely moved, what would be done otherwise and what is hypothetical stand apart. */
export function formatWhatIf({ books, refusedInputs }: Omit<WhatIfReport, 'refused'>): readonly string[] {
  const { base, other } = refusedInputs
  return [
    ...books.flatMap(bookLines),
    ...(base === 0 && other === 0 ? [] : [`inputs refused: base ${base}, other ${other}`]),
  ]
}
