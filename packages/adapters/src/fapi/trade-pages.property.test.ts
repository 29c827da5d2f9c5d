import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { HistoryRequest } from '../venue/snapshots.js'
import { collectTrades, type HistoryBounds, type TradePages } from './trade-pages.js'
import { parseUserTradeRow, type UserTradeRow } from './wire/user-trade-row.js'

const NOW = 1_000_000
const BOUNDS: HistoryBounds = { now: NOW, historyMs: 900_000, windowMs: 100_000 }
const SIZE = 3

function rowOf(id: bigint, time: number): UserTradeRow {
  const traded = { symbol: 'BTCUSDT', side: 'BUY', price: '50000', qty: '0.01', maker: false }
  return parseUserTradeRow({ ...traded, id: id.toString(), orderId: '1', time })
}

/** A venue with these trades: pages by id or by time, the oldest first, and within one page in any order. */
function venueOf(rows: readonly UserTradeRow[]): TradePages {
  const page = async (found: readonly UserTradeRow[]): Promise<readonly UserTradeRow[]> =>
    Promise.resolve(found.slice(0, SIZE))
  return {
    size: SIZE,
    fromId: async (_symbol, id) => page(rows.filter((row) => BigInt(row.id) >= BigInt(id))),
    span: async (_symbol, start, end) => page(rows.filter(({ time }) => time >= start && time <= end)),
    latest: async () => Promise.resolve(rows.slice(-SIZE).toReversed()),
  }
}

/** Ids rise with the time, and are far apart: those between belong to others. Several trades may share a millisecond. */
const trades = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 30_000 }), fc.constantFrom(0, 0, 1, 90_000, 150_000)), { maxLength: 20 })
  .map((steps) => {
    let id = 999_999_990n
    let time = 0
    return steps.flatMap(([further, later]) => {
      id += BigInt(further)
      time += later
      return time > NOW ? [] : [rowOf(id, time)]
    })
  })

it('from a time on every trade comes once, in order, however they fall into pages and spans', async () => {
  await fc.assert(
    fc.asyncProperty(trades, fc.integer({ min: 0, max: NOW }), async (rows, since) => {
      const { rows: found, isComplete } = await collectTrades(
        venueOf(rows),
        { symbol: 'BTCUSDT', afterId: null, since },
        BOUNDS,
      )
      const oldest = NOW - BOUNDS.historyMs
      const wanted = rows.filter(({ time }) => time >= Math.max(since, oldest))
      expect(found.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id))
      expect(isComplete).toBe(since >= oldest)
    }),
  )
})

it('after an id every trade comes once, in order, and those of the last 10,000 ids before it', async () => {
  await fc.assert(
    fc.asyncProperty(trades, fc.nat(), async (rows, pick) => {
      const known = rows[pick % Math.max(rows.length, 1)]
      fc.pre(known !== undefined)
      const request = { symbol: 'BTCUSDT', afterId: known.id, since: null }
      const { rows: found, isComplete } = await collectTrades(venueOf(rows), request, BOUNDS)
      const wanted = rows.filter(({ id }) => BigInt(id) >= BigInt(known.id) - 10_000n)
      expect(found.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id))
      expect(isComplete).toBe(true)
      const others = venueOf(rows.filter((row) => row !== known))
      expect(await collectTrades(others, request, BOUNDS)).toMatchObject({ isComplete: false })
    }),
  )
})

it.each<[what: string, known: string, first: string]>([
  ['with an id within the first 10,000', '9999', '0'],
  ['with the id 10,000', '10000', '0'],
  ['with a greater one', '10001', '1'],
])('after an id: the first question begins at 10,000 less, and never below 0, %s', async (_what, known, first) => {
  const asked: string[] = []
  const pages: TradePages = {
    ...venueOf([]),
    fromId: async (_symbol, id) => {
      asked.push(id)
      return Promise.resolve([])
    },
  }
  await collectTrades(pages, { symbol: 'BTCUSDT', afterId: known, since: null }, BOUNDS)
  expect(asked).toEqual([first])
})

it('more than an answer holds is told as such, and goes on after the newest until all is told', async () => {
  // Ids far apart, so that an answer goes beyond what is asked for again; the last page is a full one.
  const rows = Array.from({ length: 2 * 300 }, (_, index) => rowOf(BigInt(index + 1) * 1000n, 500_000 + index))
  const told = new Set<string>()
  const answers: boolean[] = []
  let request: HistoryRequest = { symbol: 'BTCUSDT', afterId: null, since: 500_000 }
  for (let answer = 0; answer < 5; answer += 1) {
    const { rows: found, isComplete, hasMore = false } = await collectTrades(venueOf(rows), request, BOUNDS)
    for (const { id } of found) told.add(id)
    answers.push(hasMore)
    expect(isComplete).toBe(true)
    request = { symbol: 'BTCUSDT', afterId: found.at(-1)?.id ?? null, since: null }
    if (!hasMore) break
  }
  expect(answers.length).toBeGreaterThan(1)
  expect(answers.at(-1)).toBe(false)
  expect([...told]).toEqual(rows.map(({ id }) => id))
})

it('without an id and a time the newest come, in order, and are not taken for all', async () => {
  const rows = [rowOf(9n, 5), rowOf(10n, 5), rowOf(8n, 4)]
  const { rows: found, isComplete } = await collectTrades(
    { ...venueOf([]), latest: async () => Promise.resolve(rows) },
    { symbol: 'BTCUSDT', afterId: null, since: null },
    BOUNDS,
  )
  expect([found.map(({ id }) => id), isComplete]).toEqual([['8', '9', '10'], false])
})
