import {
  absolute,
  CLOSING_RULES,
  type Input,
  type Money,
  minus,
  NO_MONEY,
  parseMoney,
  parseQuantity,
  plus,
  type RanBook,
  type RunResult,
} from '@tranchebook/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { hasRealFills, importFills, only, readExpected, runFills } from './real-fills.js'
import {
  embeddedDifference,
  feesOf,
  openPositions,
  ownResultOf,
  sumOf,
  tableOfCloses,
  type CheckedClose,
} from './venue-oracle.js'

const has = hasRealFills()
const COMPLETE = 'copytrade-5accounts-complete.csv.gz'
/** The venue rounds to 8 decimals: half a unit of the last place on top of the largest difference the data itself states. */
const ROUNDING = parseMoney('0.000000005')
/** Shares are cut at 10^-24 with every part that closes: all cuts together stay below this. */
const CUTS = parseMoney('0.000000000000000001')
const LARGEST = plus(parseMoney('0.00000005'), ROUNDING)

function booksOf(result: RunResult, account: string): readonly RanBook[] {
  return result.books.filter(({ book }) => book.account === account)
}

function isUnknown({ groups }: RanBook['book']): boolean {
  return groups.LONG.hasUnknownStart || groups.SHORT.hasUnknownStart
}

describe.runIf(has)('five complete accounts, every built-in closing rule', () => {
  let inputs: readonly Input[]
  const runs = new Map<string, RunResult>()
  const expected = has ? readExpected('copytrade-5accounts-expected.json') : []

  beforeAll(async () => {
    inputs = await importFills(COMPLETE)
    for (const rule of CLOSING_RULES) runs.set(rule, runFills(inputs, rule))
  })

  it('imports 4 424 fills, none refused', () => {
    expect(inputs).toHaveLength(4424)
    for (const run of runs.values()) expect(run.refused).toEqual([])
  })

  it.each(CLOSING_RULES)('%s: each of 1 948 closes realizes at average cost what the venue reported', (rule) => {
    const closes = runs.get(rule)!.books.flatMap(tableOfCloses)
    expect(closes).toHaveLength(1948)
    const wrong = closes.filter(({ difference }) => difference > LARGEST)
    expect(wrong).toEqual([])
  })

  it.each(CLOSING_RULES)('%s: own results and their bridges are the venue figure, account by account', (rule) => {
    for (const { account, maxAbsDiff, averageCostMatches } of expected) {
      const closes = booksOf(runs.get(rule)!, account).flatMap(tableOfCloses)
      const bound = plus(parseMoney(maxAbsDiff), ROUNDING)
      expect(closes).toHaveLength(averageCostMatches)
      const apart = ({ own, bridge, averageCost }: CheckedClose): Money =>
        absolute(minus(plus(own, bridge), averageCost))
      expect(closes.filter((close) => apart(close) > CUTS)).toEqual([])
      expect(closes.filter(({ difference }) => difference > bound)).toEqual([])
    }
  })

  it.each(CLOSING_RULES)(
    '%s: own results less what the open tranches embed are the average-cost result, exactly',
    (rule) => {
      for (const ran of runs.get(rule)!.books) {
        const { averageCost } = ran.book
        const venue = sumOf(Object.values(averageCost).map(({ realizedPnl }) => realizedPnl))
        const difference = minus(plus(ownResultOf(ran.book), embeddedDifference(ran.book)), venue)
        expect(absolute(difference) < CUTS).toBe(true)
      }
    },
  )

  it.each(CLOSING_RULES)(
    '%s: own results and what is embedded are what the venue reported, to its rounding',
    (rule) => {
      for (const ran of runs.get(rule)!.books.filter(({ book }) => !isUnknown(book))) {
        const figures = Object.values(ran.book.averageCost).map(({ reportedPnl }) => reportedPnl)
        expect(figures).not.toContain(null)
        const reported = sumOf(figures.map((figure) => figure ?? NO_MONEY))
        const difference = absolute(minus(plus(ownResultOf(ran.book), embeddedDifference(ran.book)), reported))
        expect(difference <= LARGEST * BigInt(tableOfCloses(ran).length)).toBe(true)
      }
    },
  )

  it.each(CLOSING_RULES)('%s: fees by asset are those of the account, orphans included', (rule) => {
    for (const { account, sumCommissionByAsset } of expected) {
      const paid = Object.entries(sumCommissionByAsset).map(([asset, fee]) => [asset, parseMoney(fee)])
      expect(feesOf(booksOf(runs.get(rule)!, account))).toEqual(Object.fromEntries(paid))
    }
  })

  it.each(CLOSING_RULES)('%s: open positions and their averages at the end', (rule) => {
    for (const { account, openAtEnd } of expected)
      expect(openPositions(booksOf(runs.get(rule)!, account))).toEqual(openAtEnd)
  })

  it.each(CLOSING_RULES)('%s: what the venue realized in all is what it reported, orphans apart', (rule) => {
    for (const { account, sumRealizedPnl, reducingFills } of expected) {
      const fills = booksOf(runs.get(rule)!, account).flatMap(({ events }) => only(events, 'FillBooked'))
      const reported = fills.reduce<Money>(
        (sum, { realizedPnl }) => plus(sum, parseMoney(realizedPnl ?? '0')),
        NO_MONEY,
      )
      expect(reported).toBe(parseMoney(sumRealizedPnl))
      expect(fills.filter(({ closes, unmatched }) => closes !== null || unmatched !== null)).toHaveLength(reducingFills)
    }
  })

  it('leaves the two closes of a short that began before the data, and nothing else', () => {
    const second = inputs
      .filter((input) => input.account === 'A1' && input.time === 1713878264000)
      .map(({ id }) => id.replace('fill:', ''))
    expect(second).toHaveLength(2)
    for (const { books } of runs.values()) {
      const orphans = books.flatMap(({ book, events }) =>
        only(events, 'FillOrphaned').map((event) => [
          book.account,
          book.symbol,
          event.side,
          event.tradeId,
          event.quantity,
        ]),
      )
      // 0.029 + 0.014 + 0.007 = 0.05 were open when 0.148 and then 0.006 were closed.
      expect(orphans).toEqual([
        ['A1', 'BTCUSDT', 'SHORT', second[0], '0.098'],
        ['A1', 'BTCUSDT', 'SHORT', second[1], '0.006'],
      ])
      const unknown = books.filter(({ book }) => isUnknown(book)).map(({ book }) => `${book.account}/${book.symbol}`)
      expect(unknown).toEqual(['A1/BTCUSDT'])
    }
  })
})

describe.runIf(has)('a one-way account from flat', () => {
  let inputs: readonly Input[]

  beforeAll(async () => {
    inputs = await importFills('binance-um-testnet-userTrades-BTCUSDT-2025.csv')
  })

  it.each(CLOSING_RULES)('%s: 93 of 93 closes as the venue reported', (rule) => {
    const { books, refused } = runFills(inputs, rule)
    expect(refused).toEqual([])
    const closes = books.flatMap(tableOfCloses)
    expect(closes).toHaveLength(93)
    expect(closes.filter(({ difference }) => difference > LARGEST)).toEqual([])
    expect(books.map(({ book }) => [book.positionMode, book.groups.SHORT.quantity, book.groups.LONG.quantity])).toEqual(
      [['ONE_WAY', parseQuantity('0.011'), 0n]],
    )
  })
})

describe.runIf(has)('144 accounts whose beginnings are missing', () => {
  let inputs: readonly Input[]

  beforeAll(async () => {
    inputs = await importFills('copytrade-144accounts-tails.csv.gz')
  })

  it.each(CLOSING_RULES)(
    '%s: every fill is booked once; quantity and fees are conserved; starts are unknown, not guessed',
    (rule) => {
      const { books, refused } = runFills(inputs, rule)
      expect(refused).toEqual([])
      const booked = books.flatMap(({ events }) => only(events, 'FillBooked'))
      expect(booked).toHaveLength(14504)
      for (const ran of books) {
        const fills = only(ran.events, 'FillBooked')
        const signed = fills.reduce(
          (sum, { side, quantity }) => (side === 'BUY' ? sum + parseQuantity(quantity) : sum - parseQuantity(quantity)),
          0n,
        )
        const { LONG, SHORT } = ran.book.groups
        const left = (group: typeof LONG): bigint => group.unmatched.reduce((sum, fill) => sum + fill.quantity, 0n)
        expect(LONG.quantity - left(LONG) - (SHORT.quantity - left(SHORT))).toBe(signed)
        const paid = fills.reduce<Money>((sum, { fee }) => plus(sum, parseMoney(fee ?? '0')), NO_MONEY)
        expect(feesOf([ran])['USDT'] ?? NO_MONEY).toBe(paid)
        for (const group of [LONG, SHORT]) {
          expect(group.hasUnknownStart).toBe(group.unmatched.length > 0)
          expect(group.unmatched.every(({ isOrphan }) => isOrphan)).toBe(true)
        }
      }
      expect(books.filter(({ book }) => isUnknown(book)).length).toBeGreaterThan(100)
    },
  )
})
