import { expect, it } from 'vitest'
import { klineLimit, klineWeight, parseKlines } from './kline-row.js'

it('reads rows by their place and takes more of them', () => {
  const row = [1499040000000, '0.01634790', '0.8', '0.015758', '0.015771', '148976.11427815', 1499644799999, '1', 3]

  expect(parseKlines([row])).toEqual([
    {
      openTime: 1499040000000,
      closeTime: 1499644799999,
      open: '0.01634790',
      high: '0.8',
      low: '0.015758',
      close: '0.015771',
      volume: '148976.11427815',
    },
  ])
})

it('says which field of a row is wrong', () => {
  expect(() => parseKlines([[1, '2', 'high', '1', '1', '1', 2]])).toThrow('expected high to be a plain decimal')
  expect(() => parseKlines({ code: -1121 })).toThrow('expected klines to be a list')
})

it.each([
  [0, 1, 1],
  [99, 99, 1],
  [100, 100, 2],
  [499, 499, 2],
  [1_000, 1_000, 5],
  [9_000, 1_500, 10],
])('asks for %i rows as %i, at weight %i', (asked, limit, weight) => {
  expect(klineLimit(asked)).toBe(limit)
  expect(klineWeight(klineLimit(asked))).toBe(weight)
})
