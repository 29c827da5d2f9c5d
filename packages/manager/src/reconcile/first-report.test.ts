import type { TradeHistory } from '@tranchebook/adapters'
import { type FillInput, parseQuantity, type PositionInput, type PositionSide } from '@tranchebook/core'
import { expect, it } from 'vitest'
import { areExplained } from './first-report.js'

type Told = readonly [positionSide: PositionSide, quantity: string, time: number]
type Filled = readonly [positionSide: PositionSide, side: 'BUY' | 'SELL', quantity: string, time: number]

const report = ([positionSide, quantity, time]: Told): PositionInput => ({
  type: 'position',
  id: `${positionSide}:${time}`,
  account: 'main',
  symbol: 'BTCUSDT',
  positionSide,
  quantity: parseQuantity(quantity),
  entryPrice: null,
  markPrice: null,
  time,
})

function fill([positionSide, side, quantity, time]: Filled): FillInput {
  const header = { type: 'fill', id: `${time}`, account: 'main', symbol: 'BTCUSDT', time } as const
  // Only what is looked at.
  return { ...header, positionSide, side, quantity: parseQuantity(quantity) } as FillInput
}

async function* answers(pages: readonly (readonly Filled[])[]): AsyncGenerator<TradeHistory> {
  for (const page of pages) yield await Promise.resolve({ fills: page.map(fill), isComplete: true })
}

it.each<[what: string, reports: readonly Told[], pages: readonly (readonly Filled[])[], expected: boolean]>([
  ['flat, and nobody has traded', [['BOTH', '0', 10]], [[]], true],
  [
    'one-way, bought and in part sold',
    [['BOTH', '1', 10]],
    [[['BOTH', 'BUY', '3', 4]], [['BOTH', 'SELL', '2', 5]]],
    true,
  ],
  [
    'one-way, sold, over two answers',
    [['BOTH', '-3', 10]],
    [[['BOTH', 'SELL', '1', 4]], [['BOTH', 'SELL', '2', 5]]],
    true,
  ],
  ['a position from before', [['BOTH', '1', 10]], [[]], false],
  ['a position from before that was closed', [['BOTH', '0', 10]], [[['BOTH', 'SELL', '1', 9]]], false],
  ['what came after the report is none of its', [['BOTH', '0', 10]], [[['BOTH', 'BUY', '1', 11]]], true],
  ['what came at the moment of the report is in it', [['BOTH', '1', 10]], [[['BOTH', 'BUY', '1', 10]]], true],
  [
    'hedge, each side by itself',
    [
      ['LONG', '1', 10],
      ['SHORT', '2', 10],
    ],
    [
      [
        ['SHORT', 'SELL', '3', 3],
        ['LONG', 'BUY', '1', 4],
        ['SHORT', 'BUY', '1', 5],
      ],
    ],
    true,
  ],
  [
    'hedge, one side from before',
    [
      ['LONG', '1', 10],
      ['SHORT', '2', 10],
    ],
    [[['LONG', 'BUY', '1', 4]]],
    false,
  ],
])('%s', async (_what, reports, pages, expected) => {
  expect(await areExplained(reports.map(report), answers(pages))).toBe(expected)
})
