import { describe, expect, it } from 'vitest'
import { aBook, type TrancheText } from '../../test/builders/book-builder.js'
import { BTC } from '../../test/builders/context-builder.js'
import { eventOf, opened } from '../../test/builders/events-builder.js'
import type { BookEvent } from '../book/events.js'
import { SL_TP_STRATEGIES, type SlTpStrategy } from '../config/symbol-config.js'
import { unknownInstrument } from '../instrument/instrument.js'
import { formatPrice } from '../money/price.js'
import { combinedLevels } from './combined-levels.js'

/** 5 % above and 2 % below each entry: 50 000 → 52 500 / 49 000, 49 000 → 51 450 / 48 020, 49 500 → 51 975 / 48 510. */
const THREE: readonly TrancheText[] = [
  { id: 'T1', price: '50000', quantity: '0.001', takeProfit: '52500', stop: '49000' },
  { id: 'T2', price: '49000', quantity: '0.002', takeProfit: '51450', stop: '48020' },
  { id: 'T3', price: '49500', quantity: '0.001', takeProfit: '51975', stop: '48510' },
]

function levelsOf(
  tranches: readonly TrancheText[],
  strategy: SlTpStrategy,
  instrument = BTC,
  events: readonly BookEvent[] = [],
): string {
  const { LONG, SHORT } = aBook(tranches, { events }).groups
  const levels = combinedLevels([...LONG.tranches, ...SHORT.tranches], strategy, instrument)
  const text = (price: typeof levels.stopPrice): string => (price === null ? 'none' : formatPrice(price))
  return `${text(levels.takeProfitPrice)} / ${text(levels.stopPrice)}`
}

describe('the levels of a combined pair', () => {
  it.each([
    ['OLDEST', '52500 / 49000'],
    ['NEWEST', '51975 / 48510'],
    ['BEST_ENTRY', '51450 / 48020'],
    // (50 + 2·49 + 49.5) ÷ 0.004 = 49 375; ·1.05 = 51 843.75, ·0.98 = 48 387.5
    ['AVERAGE', '51843.75 / 48387.5'],
  ] as const)('%s of three LONG tranches: %s', (strategy, expected) => {
    expect(levelsOf(THREE, strategy, unknownInstrument('BTCUSDT'))).toBe(expected)
  })

  it('rounds the average to the tick toward the entry: take profit down, stop up', () => {
    expect(levelsOf(THREE, 'AVERAGE')).toBe('51843.7 / 48387.5')
  })

  it('takes the highest entry of SHORT tranches as the best', () => {
    const shorts: readonly TrancheText[] = [
      { id: 'T1', side: 'SHORT', price: '49000', quantity: '0.001', takeProfit: '46550', stop: '49980' },
      { id: 'T2', side: 'SHORT', price: '50000', quantity: '0.001', takeProfit: '47500', stop: '51000' },
    ]
    expect(levelsOf(shorts, 'BEST_ENTRY')).toBe('47500 / 51000')
    // 49 500 average: ·0.95 = 47 025, ·1.02 = 50 490
    expect(levelsOf(shorts, 'AVERAGE')).toBe('47025 / 50490')
  })

  it('takes the later of two entries of one time as the newest, the earlier as the oldest and the best', () => {
    const twins: readonly TrancheText[] = [
      { id: 'T1', time: 7, price: '50000', quantity: '0.001', takeProfit: '52000', stop: '49000' },
      { id: 'T2', time: 7, price: '50000', quantity: '0.001', takeProfit: '53000', stop: '48000' },
    ]
    expect(levelsOf(twins, 'NEWEST')).toBe('53000 / 48000')
    expect(levelsOf(twins, 'OLDEST')).toBe('52000 / 49000')
    expect(levelsOf(twins, 'BEST_ENTRY')).toBe('52000 / 49000')
  })

  it('takes for the average where a stop stands now, once a rung has moved it', () => {
    const at = (to: string): BookEvent =>
      eventOf('StopMoved', 9, {
        tranche: 'T1',
        side: 'LONG',
        from: '49000',
        to,
        rung: 'command',
        forced: false,
        trailingBest: null,
      })
    const [first] = THREE
    expect(levelsOf([first!], 'AVERAGE', BTC, [at('49900')])).toBe('52500 / 49900')
    // 50 000 → 49 900 is a factor of 0.998, the others 0.98: mean 0.986 of 49 375 = 48 683.75, up to the tick
    expect(levelsOf(THREE, 'AVERAGE', BTC, [at('49900')])).toBe('51843.7 / 48683.8')
  })

  it('averages the stops of those that have one: a trailing stop counts without a percentage', () => {
    const opening = opened({ tranche: 'T1', time: 1, side: 'LONG', price: '50000', quantity: '0.001', stop: '49500' })
    const events = [{ ...opening, stopLossPercent: null } as BookEvent]
    expect(levelsOf([], 'AVERAGE', BTC, events)).toBe('52500 / 49500')
  })

  it('has no average take profit where that is no price: 100 % below the entry of a SHORT and more', () => {
    const opening = opened({ tranche: 'T1', time: 1, side: 'SHORT', price: '50000', quantity: '0.001', stop: '51000' })
    for (const takeProfitPercent of ['100', '250'])
      expect(levelsOf([], 'AVERAGE', BTC, [{ ...opening, takeProfitPercent } as BookEvent])).toBe('none / 51000')
  })

  it('keeps the stop that there is when a tranche without one becomes the newest, the oldest or the best', () => {
    const bare: TrancheText = { id: 'T4', price: '48000', quantity: '0.001', takeProfit: '50400', stop: null }
    expect(levelsOf([...THREE, bare], 'NEWEST')).toBe('51975 / 48510')
    expect(levelsOf([...THREE, bare], 'BEST_ENTRY')).toBe('51450 / 48020')
    expect(levelsOf([...THREE, { ...bare, time: 0 }], 'OLDEST')).toBe('52500 / 49000')
  })

  it('averages the percentages themselves, not the ticks that they led to', () => {
    const odd: TrancheText = { id: 'T1', price: '50000.3', quantity: '0.001', takeProfit: '52500.3', stop: '49000.3' }
    // 50 000.3 · 1.05 and · 0.98
    expect(levelsOf([odd], 'AVERAGE', unknownInstrument('BTCUSDT'))).toBe('52500.315 / 49000.294')
  })

  it('leaves out of the means who has no such level', () => {
    const bare = opened({ tranche: 'T4', time: 4, side: 'LONG', price: '49375', quantity: '0.004', stop: null })
    const events = [{ ...bare, takeProfitPercent: null, stopLossPercent: null } as BookEvent]
    expect(levelsOf(THREE, 'AVERAGE', BTC, events)).toBe('51843.7 / 48387.5')
    expect(levelsOf([], 'AVERAGE', BTC, events)).toBe('none / none')
  })

  it('goes by entry time and entry, not by the order in which tranches were made', () => {
    const [first, second] = [
      { ...THREE[0]!, time: 7 },
      { ...THREE[1]!, time: 5 },
    ]
    expect(levelsOf([first, second], 'NEWEST')).toBe('52500 / 49000')
    expect(levelsOf([first, second], 'OLDEST')).toBe('51450 / 48020')
    const short = (id: string, price: string, takeProfit: string): TrancheText => ({
      id,
      side: 'SHORT',
      price,
      quantity: '0.001',
      takeProfit,
      stop: '51500',
    })
    expect(levelsOf([short('T1', '50000', '47500'), short('T2', '49000', '46550')], 'BEST_ENTRY')).toBe('47500 / 51500')
    expect(levelsOf([short('T1', '50000', '47500'), short('T2', '50000', '46550')], 'BEST_ENTRY')).toBe('47500 / 51500')
  })

  it('has none where the reference has none, and nothing to protect without tranches', () => {
    const bare: TrancheText = { id: 'T1', price: '50000', quantity: '0.001', takeProfit: null, stop: null }
    expect(levelsOf([bare], 'NEWEST')).toBe('none / none')
    expect(levelsOf([{ ...bare, takeProfit: '52500' }], 'NEWEST')).toBe('52500 / none')
    for (const strategy of SL_TP_STRATEGIES)
      expect(combinedLevels([], strategy, BTC)).toEqual({ takeProfitPrice: null, stopPrice: null, reference: null })
  })
})
