import type { HistoryRequest, OpenOrder, TradeHistory, Venue } from '@tranchebook/adapters'
import { type BookEvent, type TrancheBook, streamOf } from '@tranchebook/core'
import type { EventStore } from '@tranchebook/store'
import { hasTranches } from '../book/book-standing.js'

/** Trades this much older than the newest known one are asked for again: one between them may have been missed. */
const OVERLAP_MS = 600_000

interface KnownTrade {
  readonly id: string
  readonly time: number
}

function isNewer(left: KnownTrade, right: KnownTrade | null): boolean {
  if (right === null || left.time !== right.time) return right === null || left.time > right.time
  return left.id.length === right.id.length ? left.id > right.id : left.id.length > right.id.length
}

function newestUntil({ fills }: TrancheBook, until: number): KnownTrade | null {
  let newest: KnownTrade | null = null
  for (const generation of [fills.older, fills.seen])
    for (const [id, { time }] of generation) if (time <= until && isNewer({ id, time }, newest)) newest = { id, time }
  return newest
}

/**
 * Id of the trade after which a book's trades are asked for; `null` = from its beginning. The newest known trade is no proof that all
 * before it are known: it may have come by the stream after a gap. So the answer lies well before it, and before every order whose
 * fills are known to be missing.
 */
export function lastCertainTrade(book: TrancheBook): string | null {
  const newest = newestUntil(book, Number.POSITIVE_INFINITY)
  if (newest === null) return null
  const ending = [...book.orders.values()].filter((order) => order.ending !== null)
  const until = Math.min(newest.time - OVERLAP_MS, ...ending.map((order) => order.intendedTime))
  return newestUntil(book, until)?.id ?? book.fills.watermarkId
}

/** Asks for trades, and again after the newest as long as the venue has more of them than an answer holds. @throws {VenueError} */
export async function* askForTrades(
  venue: Pick<Venue, 'fetchTrades'>,
  request: HistoryRequest,
): AsyncGenerator<TradeHistory> {
  let { afterId, since } = request
  for (;;) {
    const history = await venue.fetchTrades({ ...request, afterId, since })
    yield history
    const newest = history.fills.at(-1)?.tradeId ?? afterId
    if (history.hasMore !== true || newest === afterId) return
    afterId = newest
    since = null
  }
}

/** What a first report records: the beginning, its mark, and the position. */
const FIRST_EVENTS = 3

/**
 * From when on trades of a book count, by its log, epoch ms; `null` = it has none. One that begins with a report counts what was traded until
 * then, that very millisecond included, as seen by it.
 */
export async function beginningOf(store: EventStore<BookEvent>, stream: string): Promise<number | null> {
  let begun: number | null = null
  for await (const { event } of store.read(stream, { until: FIRST_EVENTS })) {
    begun ??= event.time
    if (event.type === 'PositionChecked' && event.time === begun) return begun + 1
  }
  return begun
}

/** Events that are read at a time, backwards. */
const PAGE = 1000

/** When the newest funding in the log of a book was paid, epoch ms; `null` = none was. */
export async function newestFunding(store: EventStore<BookEvent>, book: TrancheBook): Promise<number | null> {
  if (book.fundingIds.length === 0) return null
  for (let until = book.version; until > 0; until -= PAGE) {
    const times: number[] = []
    for await (const events of store.replay(streamOf(book), { after: Math.max(0, until - PAGE), until }))
      times.push(...events.filter(({ type }) => type === 'FundingBooked').map(({ time }) => time))
    if (times.length > 0) return Math.max(...times)
  }
  return null
}

/** When a position of a book was last open, epoch ms; `null` = one is open now. */
export function lastOpenTime(book: TrancheBook): number | null {
  if (hasTranches(book)) return null
  const { LONG, SHORT } = book.groups
  return Math.max(book.lastFillTime, LONG.lastExitTime ?? 0, SHORT.lastExitTime ?? 0)
}

/**
 * Whether an order that the venue lists is one that the log intends: one that was given up may have arrived all the same, and a list
 * that is behind shows one that has ended. What the venue took after the log knew the end of it is another one under the same id.
 */
export async function mayBeOurs(
  store: EventStore<BookEvent>,
  stream: string,
  { clientOrderId, time }: Pick<OpenOrder, 'clientOrderId' | 'time'>,
): Promise<boolean> {
  let isIntended = false
  let endTime: number | null = null
  for await (const events of store.replay(stream))
    for (const event of events) {
      if (event.type === 'OrderIntended' && event.clientOrderId === clientOrderId) isIntended = true
      if (event.type === 'OrderClosed' && event.clientOrderId === clientOrderId)
        endTime = event.status === 'absent' ? null : event.time
    }
  return isIntended && (endTime === null || time <= endTime)
}
