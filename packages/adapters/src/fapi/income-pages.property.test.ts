import fc from 'fast-check'
import { expect, it } from 'vitest'
import { collectIncome, type IncomePages } from './income-pages.js'
import type { HistoryBounds } from './trade-pages.js'
import { type IncomeRow, parseIncomeRow } from './wire/income-row.js'

const DAY = 86_400_000
const NOW = 100 * DAY
const BOUNDS: HistoryBounds = { now: NOW, historyMs: 90 * DAY, windowMs: 7 * DAY }
const SIZE = 3

function rowOf(index: number, time: number): IncomeRow {
  return parseIncomeRow({
    symbol: 'BTCUSDT',
    incomeType: 'FUNDING_FEE',
    income: '-0.1',
    asset: 'USDT',
    time,
    tranId: index.toString(),
  })
}

function venueOf(rows: readonly IncomeRow[]): IncomePages {
  return {
    size: SIZE,
    span: async (start, end) => Promise.resolve(rows.filter(({ time }) => time >= start && time <= end).slice(0, SIZE)),
  }
}

/** Hours between payments; never a whole page of one millisecond. */
const payments = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 60 }).map((hours) => {
  let time = 5 * DAY
  return hours.flatMap((later, index) => {
    time += later * 3_600_000
    return time > NOW ? [] : [rowOf(index, time)]
  })
})

const moment = fc.option(fc.integer({ min: 0, max: NOW + DAY }))

it('income from a time on comes once, in order, up to another, and a minute before what is known', async () => {
  await fc.assert(
    fc.asyncProperty(payments, moment, moment, async (rows, since, until) => {
      const { rows: found, isComplete } = await collectIncome(venueOf(rows), { since, until }, BOUNDS)
      const wanted = (since ?? NOW - 7 * DAY) - 60_000
      const oldest = NOW - BOUNDS.historyMs
      const expected = rows.filter(
        ({ time }) => time >= Math.max(wanted, oldest) && time <= Math.min(until ?? NOW, NOW),
      )
      expect(found.map(({ tranId }) => tranId)).toEqual(expected.map(({ tranId }) => tranId))
      expect(isComplete).toBe(wanted >= oldest)
    }),
  )
})

it('rows of one page come in order of their time, whatever the order of the answer', async () => {
  const rows = [rowOf(2, NOW - 20), rowOf(1, NOW - 30)]
  const { rows: found } = await collectIncome(venueOf(rows), { since: null, until: null }, BOUNDS)
  expect(found.map(({ tranId }) => tranId)).toEqual(['1', '2'])
})

it('a payment at the very end of the span is asked for', async () => {
  const rows = [rowOf(1, NOW)]
  const request = { since: NOW + 60_000, until: null }
  expect((await collectIncome(venueOf(rows), request, BOUNDS)).rows).toHaveLength(1)
})

it('a venue that never comes to an end is left after 500 pages, and what came is not taken for all', async () => {
  let asked = 0
  const endless: IncomePages = {
    size: 1,
    span: async (start) => {
      asked += 1
      return Promise.resolve([rowOf(asked, start)])
    },
  }
  const { rows, isComplete } = await collectIncome(endless, { since: NOW - DAY, until: null }, BOUNDS)
  expect([asked, rows.length, isComplete]).toEqual([500, 500, false])
})
