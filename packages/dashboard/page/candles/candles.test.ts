import { describe, expect, it } from 'vitest'
import type { BookView, CandlesView, TrancheRow } from '../../src/api/index.js'
import { layoutCandles } from './candle-layout.js'
import { fittingInterval } from './fitting-interval.js'
import { liveCandles } from './live-candles.js'

const START = Date.UTC(2026, 0, 5, 12)
const FIVE_MINUTES = 300_000

const CANDLES: CandlesView = {
  symbol: 'BTCUSDT',
  intervalMs: FIVE_MINUTES,
  origin: 'venue',
  candles: [
    { time: START, open: '50000', high: '50100', low: '49900', close: '50050' },
    { time: START + FIVE_MINUTES, open: '50050', high: '50200', low: '50000', close: '50010' },
  ],
}

const ROW = {
  id: 'T1',
  side: 'LONG',
  entryTime: START + 60_000,
  entryPrice: '50000',
  stopLossPrice: '49850',
  takeProfitPrice: '52500',
  takeProfit: { kind: 'single', levels: [] },
  reductions: [{ time: START + 360_000, price: '50150', quantity: '0.1', reason: 'takeProfit' }],
} as unknown as TrancheRow

const BOOK = {
  time: START + 360_000,
  mark: '50120',
  markTime: START + 400_000,
  isPast: false,
  groups: [{ tranches: [ROW] }],
  closedDays: [],
} as unknown as BookView

const SCENE = { candles: CANDLES, book: BOOK, width: 600, height: 400 }

describe('the candles', () => {
  it('stand at their times and prices, hollow when they closed higher', () => {
    const layout = layoutCandles(SCENE)
    expect(layout?.candles.map(({ isUp }) => isUp)).toEqual([true, false])
    expect(layout?.candles[0]?.x).toBeLessThan(layout?.candles[1]?.x ?? 0)
    expect(layout?.candles[0]?.low).toBeGreaterThan(layout?.candles[1]?.low ?? 0)
  })

  it('carry entry and exit of a tranche, its stop, and the words for a target that is far', () => {
    const layout = layoutCandles(SCENE)
    expect(layout?.points.map(({ type, tranche }) => `${tranche} ${type}`)).toEqual(['T1 entry', 'T1 exit'])
    expect(layout?.lines.map(({ type }) => type)).toEqual(['entry', 'stop'])
    expect(layout?.beyond).toEqual({ above: ['T1 target 52 500'], below: [] })
  })

  it('are nothing without prices', () => {
    expect(layoutCandles({ ...SCENE, candles: { ...CANDLES, candles: [] } })).toBeNull()
  })

  it('take the mark into the newest one, or begin the next', () => {
    expect(liveCandles(CANDLES, BOOK).candles.at(-1)).toMatchObject({ close: '50120', high: '50200', low: '50000' })
    const later = { ...BOOK, markTime: START + 2 * FIVE_MINUTES + 1, mark: '50300' }
    expect(liveCandles(CANDLES, later).candles).toHaveLength(3)
    expect(liveCandles(CANDLES, { ...later, isPast: true })).toBe(CANDLES)
    expect(liveCandles(CANDLES, { ...later, mark: null })).toBe(CANDLES)
  })

  it('are as long as it takes to show the life of what is open', () => {
    expect(fittingInterval(BOOK)).toBe(60_000)
    const old = { ...ROW, entryTime: START - 5 * 86_400_000 }
    const group = { ...BOOK.groups[0]!, tranches: [old] }
    expect(fittingInterval({ ...BOOK, groups: [group] })).toBe(14_400_000)
    expect(fittingInterval({ ...BOOK, groups: [] })).toBe(60_000)
  })
})
