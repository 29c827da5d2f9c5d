import type { HistoryRequest } from '../venue/snapshots.js'
import type { UserTradeRow } from './wire/user-trade-row.js'

/** How a venue pages its trades, oldest first within a page. */
export interface TradePages {
  fromId(symbol: string, id: string): Promise<readonly UserTradeRow[]>
  span(symbol: string, startTime: number, endTime: number): Promise<readonly UserTradeRow[]>
  latest(symbol: string): Promise<readonly UserTradeRow[]>
  /** Rows of a full page. */
  readonly size: number
}

/** Where history ends. Times are epoch ms of the venue. */
export interface HistoryBounds {
  readonly now: number
  /** How far back the venue keeps rows, in ms. */
  readonly historyMs: number
  /** Longest span of one request, in ms. */
  readonly windowMs: number
}

/** Rows, oldest first, each id once. */
export interface Collected<Row> {
  readonly rows: readonly Row[]
  readonly isComplete: boolean
  /** Whether more rows follow the newest of these. */
  readonly hasMore?: boolean
}

/** Trade ids of a symbol are dense over all accounts: this many back is a few seconds to minutes. */
const OVERLAP_IDS = 10_000n
/** Of one answer: a fifth of what a venue takes in a minute. */
const MOST_PAGES = 100

type Onward = Required<Pick<Collected<UserTradeRow>, 'rows' | 'hasMore'>>

async function onwardFrom(pages: TradePages, symbol: string, firstId: string): Promise<Onward> {
  const rows = new Map<string, UserTradeRow>()
  let fromId = firstId
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const next = await pages.fromId(symbol, fromId)
    for (const row of next) rows.set(row.id, row)
    const lastId = next.at(-1)?.id
    if (next.length < pages.size || lastId === undefined || lastId === fromId)
      return { rows: inOrder([...rows.values()]), hasMore: false }
    fromId = lastId
  }
  return { rows: inOrder([...rows.values()]), hasMore: true }
}

function inOrder(rows: readonly UserTradeRow[]): readonly UserTradeRow[] {
  return [...rows].sort((left, right) =>
    left.time === right.time ? (BigInt(left.id) < BigInt(right.id) ? -1 : 1) : left.time - right.time,
  )
}

async function collectSince(
  pages: TradePages,
  { symbol, since }: { symbol: string; since: number },
  bounds: HistoryBounds,
): Promise<Collected<UserTradeRow>> {
  const { now, historyMs, windowMs } = bounds
  const oldest = now - historyMs
  const isComplete = since >= oldest
  for (let start = Math.max(since, oldest); start <= now; start += windowMs) {
    const found = await pages.span(symbol, start, Math.min(start + windowMs - 1, now))
    const first = inOrder(found)[0]
    if (first !== undefined) return { ...(await onwardFrom(pages, symbol, first.id)), isComplete }
  }
  return { rows: [], isComplete }
}

/** Trades from an id or a time on, page by page, overlapping what is known. */
export async function collectTrades(
  pages: TradePages,
  request: HistoryRequest,
  bounds: HistoryBounds,
): Promise<Collected<UserTradeRow>> {
  const { symbol, afterId, since } = request
  if (afterId !== null) {
    const known = BigInt(afterId)
    const fromId = known > OVERLAP_IDS ? known - OVERLAP_IDS : 0n
    const { rows, hasMore } = await onwardFrom(pages, symbol, fromId.toString())
    return { rows, isComplete: rows.some((row) => row.id === afterId), hasMore }
  }
  if (since !== null) return collectSince(pages, { symbol, since }, bounds)
  return { rows: inOrder(await pages.latest(symbol)), isComplete: false }
}
