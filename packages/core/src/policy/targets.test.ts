import { describe, expect, it } from 'vitest'
import { BTC, PLAIN_CONFIG } from '../../test/builders/context-builder.js'
import type { Side } from '../book/tranche.js'
import type { ScaledLevel, SymbolConfig } from '../config/symbol-config.js'
import { type Instrument, unknownInstrument } from '../instrument/instrument.js'
import { type Money, notional } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { formatPrice, parsePrice } from '../money/price.js'
import { parseQuantity } from '../money/quantity.js'
import { anchorTargets, targetAt } from './targets.js'

interface Ask {
  readonly side?: Side
  readonly fills: readonly (readonly [price: string, quantity: string])[]
  readonly tp?: string | null
  readonly sl?: string | null
  readonly instrument?: Instrument
  readonly config?: Partial<SymbolConfig>
}

const FREE = unknownInstrument('BTCUSDT')

function anchored({ side = 'LONG', fills, tp = '5', sl = '2', instrument = FREE, config = {} }: Ask): unknown {
  const quantity = fills.reduce((sum, [, size]) => (sum + parseQuantity(size)) as typeof sum, parseQuantity('0'))
  const cost = fills.reduce(
    (sum, [price, size]) => (sum + notional(parsePrice(price), parseQuantity(size))) as Money,
    0n as Money,
  )
  const percent = (text: string | null): ReturnType<typeof parsePercent> | null =>
    text === null ? null : parsePercent(text)
  const { takeProfitPrice, stopPrice, levels } = anchorTargets(
    {
      holding: { side, cost, quantity },
      originalQuantity: quantity,
      takeProfitPercent: percent(tp),
      stopLossPercent: percent(sl),
    },
    { ...PLAIN_CONFIG, ...config },
    instrument,
  )
  const text = (price: ReturnType<typeof parsePrice> | null): string | null =>
    price === null ? null : formatPrice(price)
  return [text(takeProfitPrice), text(stopPrice), ...levels.map((level) => formatPrice(level.price))]
}

describe('anchorTargets', () => {
  it.each<[name: string, ask: Ask, wanted: readonly (string | null)[]]>([
    ['acceptance 1', { fills: [['50000', '0.001']] }, ['52500', '49000']],
    ['acceptance 14, SHORT', { side: 'SHORT', fills: [['50000', '0.01']] }, ['47500', '51000']],
    // acceptance 9: (4500 + 2227.5) ÷ 0.15 = 44 850; · 1.01 and · 0.5
    [
      'acceptance 9, averaged',
      {
        fills: [
          ['45000', '0.1'],
          ['44550', '0.05'],
        ],
        tp: '1',
        sl: '50',
      },
      ['45298.5', '22425'],
    ],
    ['acceptance 9, second tranche', { fills: [['42300', '0.08']], tp: '1', sl: '50' }, ['42723', '21150']],
    ['nothing asked for', { fills: [['50000', '1']], tp: null, sl: null }, [null, null]],
    // 50 000.05 · 1.05 = 52 500.0525 down, · 0.98 = 49 000.049 up: both toward the entry
    ['to the tick toward the entry, LONG', { fills: [['50000.05', '1']], instrument: BTC }, ['52500', '49000.1']],
    // · 0.95 = 47 500.0475 up, · 1.02 = 51 000.051 down
    [
      'to the tick toward the entry, SHORT',
      { side: 'SHORT', fills: [['50000.05', '1']], instrument: BTC },
      ['47500.1', '51000'],
    ],
    // 20 ÷ 3 = 6.66…: · 1.05 = 7 exactly, from the exact average and not from one that is rounded before
    [
      'from the exact average',
      {
        fills: [
          ['6', '1'],
          ['7', '2'],
        ],
        tp: '5',
        sl: '2',
      },
      ['7', '6.533333333334'],
    ],
  ])('%s', (_name, ask, wanted) => {
    expect(anchored(ask)).toEqual(wanted)
  })

  it('prices every level of scaled take profit as a target', () => {
    const config = { enableScaledTakeProfit: true }

    // acceptance 10: 3, 5 and 8 % of 50 000
    expect(anchored({ fills: [['50000', '0.1']], config })).toEqual(['52500', '49000', '51500', '52500', '54000'])
    expect(anchored({ side: 'SHORT', fills: [['50000', '0.1']], config })).toEqual([
      '47500',
      '51000',
      '48500',
      '47500',
      '46000',
    ])
    // 50 000.05 · 1.03 = 51 500.0515, · 1.05 = 52 500.0525, · 1.08 = 54 000.054
    expect(anchored({ fills: [['50000.05', '0.1']], config, instrument: BTC })).toEqual([
      '52500',
      '49000.1',
      '51500',
      '52500',
      '54000',
    ])
    // SHORT 0.97 → 48 500.0485, 0.95 → 47 500.0475, 0.92 → 46 000.046, up toward the entry
    expect(anchored({ side: 'SHORT', fills: [['50000.05', '0.1']], config, instrument: BTC })).toEqual([
      '47500.1',
      '51000',
      '48500.1',
      '47500.1',
      '46000.1',
    ])
  })

  it('has no target where the percentage leads to a price of 0 or below', () => {
    expect(anchored({ side: 'SHORT', fills: [['50000', '1']], tp: '100' })).toEqual([null, '51000'])
    expect(anchored({ side: 'SHORT', fills: [['50000', '1']], tp: '99.999999999999' })).toEqual([
      '0.0000000005',
      '51000',
    ])
    expect(anchored({ fills: [['50000', '1']], sl: '100' })).toEqual(['52500', null])
    expect(anchored({ fills: [['50000', '1']], sl: '150' })).toEqual(['52500', null])
  })

  it('leaves out a level without a price; the others close everything', () => {
    const level = (profit: string, close: string): ScaledLevel => ({
      profitPercent: parsePercent(profit),
      closePercent: parsePercent(close),
    })
    const config = { enableScaledTakeProfit: true, scaledTpLevels: [level('50', '40'), level('100', '60')] }

    expect(anchored({ side: 'SHORT', fills: [['50000', '0.1']], config })).toEqual(['47500', '51000', '25000'])
    expect(anchored({ fills: [['50000', '0.1']], config })).toEqual(['52500', '49000', '75000', '100000'])
  })
})

describe('a target whose cost was cut at its last decimal', () => {
  /** 5 % in the holding's favour or against it, on a tick of 0.1, from a cost so many last decimals beside 50 000 · quantity. */
  function target(side: Side, rounding: 'up' | 'down', { cuts = 0n, quantity = '0.001', percent = '5' }): string {
    const cost = (notional(parsePrice('50000'), parseQuantity(quantity)) + cuts) as Money
    const holding = { side, cost, quantity: parseQuantity(quantity) }
    return formatPrice(targetAt(holding, parsePercent(percent), { instrument: BTC, rounding }))
  }

  it('stays on its tick: up to 16 cuts cost none', () => {
    expect(target('LONG', 'down', { cuts: -1n })).toBe('52500')
    expect(target('LONG', 'down', { cuts: -16n })).toBe('52500')
    expect(target('LONG', 'down', { cuts: -17n })).toBe('52499.9')
    expect(target('SHORT', 'down', { cuts: -16n, percent: '-2' })).toBe('51000')
    expect(target('LONG', 'up', { cuts: 16n, percent: '-2' })).toBe('49000')
    expect(target('LONG', 'up', { cuts: 17n, percent: '-2' })).toBe('49000.1')
    expect(target('SHORT', 'up', { cuts: 16n })).toBe('47500')
  })

  it('is taken as it is where the quantity is so small that cuts weigh in its price', () => {
    expect(target('LONG', 'down', { quantity: '0.0000001' })).toBe('52500')
    expect(target('LONG', 'down', { cuts: -1n, quantity: '0.0000001' })).toBe('52499.9')
  })
})
