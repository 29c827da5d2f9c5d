import { describe, expect, it } from 'vitest'
import type { ConfigFile, OptionsFile } from '../lines/config-file.js'
import type { FillLine, InputLine, MarkLine } from '../lines/input-line.js'
import { ReferenceModel } from './reference-model.js'

const SYMBOL = 'BTCUSDT'
let clock = 0

function fill(side: 'BUY' | 'SELL', quantity: string, price: string, more: Partial<FillLine> = {}): FillLine {
  clock += 1000
  return {
    type: 'fill',
    time: clock,
    symbol: SYMBOL,
    side,
    positionSide: 'LONG',
    quantity,
    price,
    tradeId: `${clock}`,
    ...more,
  }
}

function mark(price: string): MarkLine {
  clock += 1000
  return { type: 'mark', time: clock, symbol: SYMBOL, price }
}

function play(
  inputs: readonly InputLine[],
  defaults: OptionsFile = {},
  positionMode: ConfigFile['positionMode'] = 'HEDGE',
) {
  const model = new ReferenceModel({ config: { positionMode, defaults }, symbol: SYMBOL })
  for (const input of inputs) model.observe(input)
  const report = model.report()
  const [long, short] = report.groups
  return { model, report, long: long!, short: short! }
}

describe('the reference model holds the numbers of the rules', () => {
  it('row 1: targets, profit and the isolation bound of one tranche', () => {
    const entry = fill('BUY', '0.001', '50000')
    expect(play([entry, mark('52000')]).long).toMatchObject({
      unrealizedPnl: '2',
      tranches: [{ takeProfitPrice: '52500', stopLossPrice: '49000', isolated: false }],
    })
    expect(play([entry, mark('48000')]).long.tranches[0]?.isolated).toBe(false)
    expect(play([entry, mark('47500')]).long.tranches[0]?.isolated).toBe(true)
  })

  it('row 2: FIFO realizes 2.0, LIFO 1.8, all three 5.7', () => {
    const entries = ['50000', '50100', '50200'].map((price) => fill('BUY', '0.001', price))
    const first = [...entries, fill('SELL', '0.001', '52000')]
    const all = [...first, fill('SELL', '0.002', '52000')]
    expect(play(first, { closingStrategy: 'FIFO' }).long.realizedPnl).toBe('2')
    expect(play(first, { closingStrategy: 'LIFO' }).long.realizedPnl).toBe('1.8')
    for (const closingStrategy of ['FIFO', 'LIFO', 'PRO_RATA', 'HIFO', 'LOFO', 'WORST_FIRST', 'BEST_FIRST']) {
      const { long, report } = play(all, { closingStrategy })
      expect(long).toMatchObject({ realizedPnl: '5.7', quantity: '0' })
      expect(report.averageCostRealizedPnl).toBe('5.7')
    }
  })

  it('row 6: what the venue holds beyond the book is adopted at the implied price', () => {
    const { long } = play(
      [
        fill('BUY', '0.001', '50000'),
        {
          type: 'position',
          time: clock + 1,
          symbol: SYMBOL,
          positionSide: 'LONG',
          quantity: '0.003',
          entryPrice: '49000',
          markPrice: '48000',
        },
      ],
      { driftSettleMs: 0 },
    )
    // (0.003 × 49 000 − 0.001 × 50 000) ÷ 0.002 = 48 500
    expect(long.tranches[1]).toMatchObject({ quantity: '0.002', entryPrice: '48500' })
  })

  it('row 9: averaging until the group is under water', () => {
    const options = { entryMode: 'AVERAGE_UNTIL_UNDERWATER', tpPercent: '1', slPercent: '50' }
    const { long } = play(
      [fill('BUY', '0.1', '45000'), fill('BUY', '0.05', '44550'), fill('BUY', '0.08', '42300')],
      options,
    )
    expect(long.tranches).toMatchObject([
      { entryPrice: '44850', takeProfitPrice: '45298.5', stopLossPrice: '22425' },
      { entryPrice: '42300', takeProfitPrice: '42723', stopLossPrice: '21150' },
    ])
  })

  it('row 10: levels, their results and the ladder', () => {
    const steps = [
      fill('BUY', '0.1', '50000'),
      mark('51500'),
      fill('SELL', '0.04', '51500'),
      mark('52500'),
      fill('SELL', '0.03', '52500'),
      mark('54000'),
    ]
    const { long } = play(steps, { enableScaledTakeProfit: true })
    expect(long.tranches[0]).toMatchObject({
      stopLossPrice: '52500',
      levels: [
        { price: '51500', quantity: '0.04' },
        { price: '52500', quantity: '0.03' },
        { price: '54000', quantity: '0.03' },
      ],
      reductions: [{ realizedPnl: '60' }, { realizedPnl: '75' }],
    })
    const end = play([...steps, fill('SELL', '0.03', '54000')], { enableScaledTakeProfit: true }).long
    expect(end).toMatchObject({ realizedPnl: '255', tranches: [{ exitPrice: '52550', state: 'closed' }] })
  })

  it('row 11: small levels roll on, small remainders go with the current one', () => {
    const scaledTpLevels = [
      { profitPercent: 3, closePercent: 30 },
      { profitPercent: 5, closePercent: 40 },
      { profitPercent: 8, closePercent: 30 },
    ]
    const options = { enableScaledTakeProfit: true, scaledTpLevels, scaledTpMinOrderSize: '0.035' }
    const { long } = play([fill('BUY', '0.1', '50000')], options)
    expect(long.tranches[0]?.levels.map((level) => level.quantity)).toEqual(['0', '0.1', '0'])
  })

  it('row 14: a short is the mirror image', () => {
    const entry = fill('SELL', '0.01', '50000', { positionSide: 'SHORT' })
    const { short } = play([entry, mark('52500')])
    expect(short.tranches[0]).toMatchObject({ isolated: true, takeProfitPrice: '47500', stopLossPrice: '51000' })
  })

  it('flips a one-way position in one fill', () => {
    const fills = [
      fill('BUY', '0.1', '100', { positionSide: 'BOTH' }),
      fill('SELL', '0.3', '110', { positionSide: 'BOTH' }),
    ]
    const { model, long, short } = play(fills, {}, 'ONE_WAY')
    expect(long).toMatchObject({ quantity: '0', realizedPnl: '1' })
    expect(short).toMatchObject({ quantity: '0.2', weightedAverageEntry: '110' })
    // realized 1 + 0.2 × (110 − 120) = −1
    expect(model.resultsAt('120')).toEqual({ byLots: '-1', byAverageCost: '-1', whole: '-1' })
  })
})
