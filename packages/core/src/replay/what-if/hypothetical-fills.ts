import { streamOf } from '../../book/book.js'
import type { BookEvent, EventOf } from '../../book/events.js'
import { plus } from '../../money/arithmetic.js'
import { formatMoney, type Money, NO_MONEY, parseMoney } from '../../money/money.js'
import type { RanBook } from '../run-inputs.js'
import type { EntryResult } from './attribution.js'
import type { WatchedRun } from './run-both.js'

/** A recorded fill that the other run would not have had. Both runs book it all the same, since it did happen. */
export interface HypotheticalFill {
  readonly tradeId: string
  readonly time: number
  /** `impossible` = an entry it would not have made; `unneeded` = an exit whose order it would not have sent. */
  readonly kind: 'impossible' | 'unneeded'
  readonly why: string
  /** What the base run gained by this fill, gross, quote, open parts at the mark; `null` = no mark is known. */
  readonly pnl: string | null
}

interface Both {
  readonly base: WatchedRun
  readonly other: WatchedRun
}

type Fill = EventOf<'FillBooked'>

function isFill(event: BookEvent): event is Fill {
  return event.type === 'FillBooked'
}

function refusalBehind(order: EventOf<'OrderIntended'>, events: readonly BookEvent[]): string {
  const refusal = events.find((event) => event.type === 'EntryRefused' && event.causationId === order.causationId)
  return refusal?.type === 'EntryRefused'
    ? `the entry would have been refused: ${refusal.message}`
    : 'the entry would not have been sent so'
}

function missingOrder(
  fill: Fill,
  ran: { base: RanBook; other: RanBook },
  both: Both,
): Pick<HypotheticalFill, 'kind' | 'why'> | null {
  const key = fill.clientOrderId === null ? null : both.base.orders.keyOf(ran.base.book, fill.clientOrderId)
  if (key === null || both.other.orders.nameOf(ran.other.book, key) !== null) return null
  const order = ran.base.events.find(
    (event) => event.type === 'OrderIntended' && event.clientOrderId === fill.clientOrderId,
  )
  if (order?.type !== 'OrderIntended') return null
  if (order.purpose === 'entry') return { kind: 'impossible', why: refusalBehind(order, ran.other.events) }
  return { kind: 'unneeded', why: `its ${order.purpose} order (${order.reason}) would not have been sent` }
}

/** Somebody else's entry that the limits of the other run would have refused, and those of the base run not. */
function refusedEntry(
  fill: Fill,
  { base, other }: Both,
  stream: string,
): Pick<HypotheticalFill, 'kind' | 'why'> | null {
  if (fill.opens === null) return null
  const [first, second] = [base.answers.answerTo(stream, fill.tradeId), other.answers.answerTo(stream, fill.tradeId)]
  if (first?.allowed !== true || second === null || second.allowed) return null
  return { kind: 'impossible', why: `the limits would have refused this entry: ${second.message}` }
}

function realizedBy(events: readonly BookEvent[], tradeId: string): Money {
  let sum = NO_MONEY
  for (const event of events)
    if (event.type === 'TrancheReduced' && event.tradeId === tradeId) sum = plus(sum, parseMoney(event.realizedPnl))
  return sum
}

function pnlOf(
  fill: Fill,
  kind: HypotheticalFill['kind'],
  { base, entries }: { base: RanBook; entries: ReadonlyMap<string, EntryResult> },
): string | null {
  if (kind === 'unneeded') return formatMoney(realizedBy(base.events, fill.tradeId))
  const entry = entries.get(`${fill.opens?.side ?? ''} ${fill.tradeId}`)
  const open = entry?.unrealized ?? null
  return entry === undefined || open === null ? null : formatMoney(plus(entry.realized, open))
}

/** Recorded fills that the other run would have made impossible or unneeded, with what they are worth in the base run. */
export function hypotheticalFills(
  ran: { readonly base: RanBook; readonly other: RanBook },
  both: Both,
  entries: ReadonlyMap<string, EntryResult>,
): readonly HypotheticalFill[] {
  const stream = streamOf(ran.base.book)
  return ran.base.events.filter(isFill).flatMap((fill) => {
    const isOwn = fill.clientOrderId !== null && both.base.orders.keyOf(ran.base.book, fill.clientOrderId) !== null
    const found = isOwn ? missingOrder(fill, ran, both) : refusedEntry(fill, both, stream)
    if (found === null) return []
    const { tradeId, time } = fill
    return [{ tradeId, time, ...found, pnl: pnlOf(fill, found.kind, { base: ran.base, entries }) }]
  })
}
