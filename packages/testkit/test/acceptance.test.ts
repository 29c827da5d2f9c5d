import { analyze, AS_TEXT, formatPrice, historyOf, parsePercent, parseQuantity } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { Desk } from './desk.js'
import { feed } from './feed.js'
import { groupOf, replay } from './replay.js'

const LEVELS_30_40_30 = [
  { profitPercent: 3, closePercent: 30 },
  { profitPercent: 5, closePercent: 40 },
  { profitPercent: 8, closePercent: 30 },
]

/** Levels so near the entry that profits of a few quote are easy to write. */
const LEVELS_40_30_30 = [
  { profitPercent: '0.1', closePercent: 40 },
  { profitPercent: '0.2', closePercent: 30 },
  { profitPercent: '0.3', closePercent: 30 },
]

describe('the numbers of the acceptance table', () => {
  it('row 1: targets, profit and the isolation bound of one tranche', () => {
    const entry = () => feed().buy('0.001', '50000')
    expect(groupOf(replay(entry().mark('52000').lines))).toMatchObject({
      unrealizedPnl: '2',
      tranches: [{ takeProfitPrice: '52500', stopLossPrice: '49000', unrealizedPnl: '2', isolated: false }],
    })
    expect(groupOf(replay(entry().mark('48000').lines)).tranches[0]).toMatchObject({
      isolated: false,
      unrealizedPnl: '-2',
    })
    expect(groupOf(replay(entry().mark('47500').lines)).tranches[0]).toMatchObject({
      isolated: true,
      unrealizedPnl: '-2.5',
    })
  })

  it.each([
    ['FIFO', '2'],
    ['LIFO', '1.8'],
  ])('row 2: three entries, one closed: %s realizes %s, all three 5.7', (closingStrategy, first) => {
    const entries = feed().buy('0.001', '50000').buy('0.001', '50100').buy('0.001', '50200').sell('0.001', '52000')
    expect(groupOf(replay(entries.lines, { closingStrategy })).realizedPnl).toBe(first)
    const all = entries.sell('0.002', '52000')
    expect(groupOf(replay(all.lines, { closingStrategy }))).toMatchObject({ realizedPnl: '5.7', quantity: '0' })
  })

  it('row 3: parts of one tranche add up', () => {
    // 0.001 × 2 000 = 2, then 0.002 × 2 000 = 4
    const first = feed().buy('0.003', '50000').sell('0.001', '52000')
    expect(groupOf(replay(first.lines)).tranches[0]).toMatchObject({
      realizedPnl: '2',
      quantity: '0.002',
      status: 'active',
    })
    const second = first.sell('0.002', '52000')
    expect(groupOf(replay(second.lines)).tranches[0]).toMatchObject({
      realizedPnl: '6',
      quantity: '0',
      status: 'closed',
    })
  })

  it('row 4: three tenths closed by one fill leave exactly nothing', () => {
    const inputs = feed().buy('0.1', '100').buy('0.1', '100').buy('0.1', '100').sell('0.3', '100')
    const group = groupOf(replay(inputs.lines))
    expect(group).toMatchObject({ quantity: '0', weightedAverageEntry: null })
    expect(group.tranches.map(({ quantity, status }) => [quantity, status])).toEqual([
      ['0', 'closed'],
      ['0', 'closed'],
      ['0', 'closed'],
    ])
  })

  it('row 5: an isolated tranche counts: synced, and a stop fill of everything closes both', () => {
    const inputs = feed().buy('0.001', '50000').mark('47500').buy('0.001', '47500').position('0.002', '48750', '47500')
    expect(groupOf(replay(inputs.lines))).toMatchObject({
      syncStatus: 'synced',
      quantity: '0.002',
      tranches: [{ isolated: true }, { isolated: false }],
    })
    const closed = groupOf(replay(inputs.sell('0.002', '46500').lines))
    // 0.001 × (46 500 − 50 000) + 0.001 × (46 500 − 47 500) = −4.5
    expect(closed).toMatchObject({
      quantity: '0',
      realizedPnl: '-4.5',
      tranches: [{ status: 'closed' }, { status: 'closed' }],
    })
  })

  it('row 6: what the venue holds beyond the book becomes a recovered tranche at the implied price', () => {
    const inputs = feed().buy('0.001', '50000').position('0.003', '49000', '48000')
    // (0.003 × 49 000 − 0.001 × 50 000) ÷ 0.002 = 48 500
    expect(groupOf(replay(inputs.lines, { driftSettleMs: 0 }))).toMatchObject({
      quantity: '0.003',
      weightedAverageEntry: '49000',
      syncStatus: 'synced',
      tranches: [{ quantity: '0.001' }, { quantity: '0.002', entryPrice: '48500' }],
    })
  })

  it('row 7: what the venue no longer holds is reduced exactly', () => {
    const inputs = feed()
      .buy('0.001', '50000')
      .buy('0.001', '50000')
      .buy('0.001', '50000')
      .position('0.0015', '50000', '50000')
    const group = groupOf(replay(inputs.lines, { driftSettleMs: 0 }))
    expect(group).toMatchObject({ quantity: '0.0015', syncStatus: 'synced' })
    expect(group.tranches.map(({ quantity }) => quantity)).toEqual(['0.001', '0.0005', '0'])
  })

  it.each([
    { slTpStrategy: 'OLDEST', target: '52500', stop: '49000' },
    { slTpStrategy: 'NEWEST', target: '51975', stop: '48510' },
    { slTpStrategy: 'BEST_ENTRY', target: '51450', stop: '48020' },
    // (50 + 98 + 49.5) ÷ 0.004 = 49 375
    { slTpStrategy: 'AVERAGE', target: '51843.75', stop: '48387.5' },
  ])('row 8: the combined pair of $slTpStrategy', ({ slTpStrategy, target, stop }) => {
    const desk = new Desk({ options: { protection: 'COMBINED', slTpStrategy } })
    desk.fill('BUY', '0.001', '50000')
    desk.fill('BUY', '0.002', '49000')
    desk.fill('BUY', '0.001', '49500')
    desk.mark('49500')
    desk.protect()
    const pair = [desk.order('takeProfit').price, desk.order('stop').triggerPrice]
    expect(pair.map((price) => formatPrice(price!))).toEqual([target, stop])
    expect(desk.order('stop').quantity).toBe(parseQuantity('0.004'))
    expect(desk.order('takeProfit').quantity).toBe(parseQuantity('0.004'))
  })

  it('row 8: the best entry of a short is the highest', () => {
    const desk = new Desk({ options: { protection: 'COMBINED', slTpStrategy: 'BEST_ENTRY' } })
    for (const price of ['49500', '50000', '49800']) desk.fill('SELL', '0.001', price, { positionSide: 'SHORT' })
    desk.mark('49800')
    desk.protect()
    expect(formatPrice(desk.order('takeProfit').price!)).toBe('47500')
    expect(formatPrice(desk.order('stop').triggerPrice!)).toBe('51000')
  })

  it('row 9: averaging until the group is under water', () => {
    const options = { entryMode: 'AVERAGE_UNTIL_UNDERWATER', tpPercent: 1, slPercent: 50 }
    const inputs = feed().buy('0.1', '45000').buy('0.05', '44550')
    // (0.1 × 45 000 + 0.05 × 44 550) ÷ 0.15 = 44 850
    const first = { entryPrice: '44850', takeProfitPrice: '45298.5', stopLossPrice: '22425', quantity: '0.15' }
    expect(groupOf(replay(inputs.lines, options)).tranches).toMatchObject([first])
    expect(groupOf(replay(inputs.buy('0.08', '42300').lines, options)).tranches).toMatchObject([
      first,
      { entryPrice: '42300', takeProfitPrice: '42723', stopLossPrice: '21150', quantity: '0.08' },
    ])
  })

  it('row 9: a fill at exactly the increment opens a new tranche, one tick above joins', () => {
    const options = { entryMode: 'AVERAGE_UNTIL_UNDERWATER', tpPercent: 1, slPercent: 50 }
    // 50 000 × 0.95 = 47 500
    const at = feed().buy('0.1', '50000').buy('0.1', '47500')
    expect(groupOf(replay(at.lines, options)).tranches).toHaveLength(2)
    const above = feed().buy('0.1', '50000').buy('0.1', '47500.1')
    expect(groupOf(replay(above.lines, options)).tranches).toHaveLength(1)
  })

  it.each([
    { side: 'LONG' as const, sl: 2, levels: ['51500', '52500', '54000'], stops: ['49000', '50000', '51500', '52500'] },
    { side: 'SHORT' as const, sl: 2, levels: ['48500', '47500', '46000'], stops: ['51000', '50000', '48500', '47500'] },
  ])('row 10: scaled take profit of a $side and its ladder', ({ side, levels, stops }) => {
    const options = { enableScaledTakeProfit: true }
    const inputs = feed({ side })
    const open = side === 'LONG' ? inputs.buy('0.1', '50000') : inputs.sell('0.1', '50000')
    const seen = [groupOf(replay(open.lines, options), side).tranches[0]?.stopLossPrice]
    for (const [index, price] of levels.entries()) {
      const quantity = ['0.04', '0.03', '0.03'][index]!
      inputs.mark(price)
      seen.push(groupOf(replay(inputs.lines, options), side).tranches[0]?.stopLossPrice)
      if (side === 'LONG') inputs.sell(quantity, price)
      else inputs.buy(quantity, price)
    }
    expect(seen).toEqual(stops)
    // 0.04 × 1 500 = 60, 0.03 × 2 500 = 75, 0.03 × 4 000 = 120; average exit (2 060 + 1 575 + 1 620) ÷ 0.1 for LONG
    const tranche = groupOf(replay(inputs.lines, options), side).tranches[0]
    expect(tranche).toMatchObject({
      realizedPnl: '255',
      status: 'closed',
      exitPrice: side === 'LONG' ? '52550' : '47450',
    })
    expect(tranche?.reductions.map(({ realizedPnl }) => realizedPnl)).toEqual(['60', '75', '120'])
  })

  it('row 11: a level below the minimum rolls on, a remainder below it goes with the current level', () => {
    const options = { enableScaledTakeProfit: true, scaledTpLevels: LEVELS_30_40_30, scaledTpMinOrderSize: '0.035' }
    const { levels } = replay(feed().buy('0.1', '50000').lines, options)
    expect(levels('LONG', 0)).toEqual([
      { price: '51500', quantity: '0' },
      { price: '52500', quantity: '0.1' },
      { price: '54000', quantity: '0' },
    ])
  })

  it.each([
    // 50 000 × 1.0005 ÷ 0.9995 = 50 050.025 012…
    { side: 'LONG' as const, target: '51500', stop: 50_050.025 },
    // 50 000 × 0.9995 ÷ 1.0005 = 49 950.024 987…
    { side: 'SHORT' as const, target: '48500', stop: 49_950.025 },
  ])('row 12: breakeven of a $side including the fees', ({ side, target, stop }) => {
    const options = { enableScaledTakeProfit: true, breakevenIncludesFees: true, takerFeePercent: '0.05' }
    const inputs = side === 'LONG' ? feed({ side }).buy('0.1', '50000') : feed({ side }).sell('0.1', '50000')
    const tranche = groupOf(replay(inputs.mark(target).lines, options), side).tranches[0]
    expect(Number(tranche?.stopLossPrice)).toBeCloseTo(stop, 3)
  })

  it('row 13: the story of three tranches', () => {
    const inputs = feed()
      .buy('0.01', '50000', { tranche: 'first' })
      .mark('47500')
      .buy('0.01', '47800', { tranche: 'second' })
      .sell('0.01', '48700', { tranche: 'second' })
      .buy('0.01', '48200', { tranche: 'third' })
      .sell('0.01', '49300', { tranche: 'third' })
      .sell('0.01', '50500', { tranche: 'first' })
    const group = groupOf(replay(inputs.lines))
    expect(group).toMatchObject({ realizedPnl: '25', quantity: '0' })
    // 900 ÷ 47 800 = 1.883 %, 1 100 ÷ 48 200 = 2.282 %, 500 ÷ 50 000 = 1 %
    expect(group.tranches).toMatchObject([
      { label: 'first', isolated: true, realizedPnl: '5', exitPrice: '50500' },
      { label: 'second', isolated: false, realizedPnl: '9', exitPrice: '48700' },
      { label: 'third', isolated: false, realizedPnl: '11', exitPrice: '49300' },
    ])
    const percents = group.tranches.map(
      ({ entryPrice, exitPrice }) => (Number(exitPrice) / Number(entryPrice) - 1) * 100,
    )
    expect(percents.map((percent) => percent.toFixed(3))).toEqual(['1.000', '1.883', '2.282'])
  })

  it('row 14: a short is the mirror image, bound included', () => {
    const inputs = feed({ side: 'SHORT' }).sell('0.01', '50000').mark('52500')
    expect(groupOf(replay(inputs.lines), 'SHORT').tranches[0]).toMatchObject({
      isolated: true,
      takeProfitPrice: '47500',
      stopLossPrice: '51000',
      unrealizedPnl: '-25',
    })
  })

  it('row 15: one fill twice, or the whole feed twice, has one effect', () => {
    const once = feed().buy('0.1', '50000').buy('0.1', '51000').sell('0.05', '52000').mark('51500').lines
    const expected = replay(once)
    const fillTwice = replay([...once.slice(0, 3), once[2]!, ...once.slice(3)])
    expect(fillTwice.stateHash).toBe(expected.stateHash)
    const feedTwice = replay([...once, ...once])
    expect(feedTwice.stateHash).toBe(expected.stateHash)
  })

  it('row 15: fills shuffled within the window end in the same state', () => {
    const fill = (tradeId: string, time: number, side: 'BUY' | 'SELL', price: string) =>
      ({ type: 'fill', symbol: 'BTCUSDT', positionSide: 'LONG', quantity: '0.1', tradeId, time, side, price }) as const
    const inOrder = [
      fill('8', 1000, 'BUY', '50000'),
      fill('9', 1100, 'BUY', '51000'),
      fill('10', 1100, 'SELL', '52000'),
    ]
    const expected = replay(inOrder)
    expect(groupOf(expected).realizedPnl).toBe('100')
    for (const shuffled of [
      [1, 0, 2],
      [2, 1, 0],
      [0, 2, 1],
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      expect(replay(shuffled.map((index) => inOrder[index]!)).stateHash).toBe(expected.stateHash)
    }
  })

  it('row 15: a fill later than the window counts in full and is marked late', () => {
    const inOrder = feed().buy('0.1', '50000').buy('0.1', '51000').sell('0.1', '52000').mark('51500').lines
    const late = replay([inOrder[1]!, inOrder[2]!, inOrder[0]!, inOrder[3]!])
    const result = (run: ReturnType<typeof replay>) => {
      const { quantity, realizedPnl, unrealizedPnl } = groupOf(run)
      return { quantity, result: Number(realizedPnl) + Number(unrealizedPnl) }
    }
    // 5 200 + 0.1 × 51 500 − 5 000 − 5 100 = 250, however it is attributed
    expect(result(late)).toEqual({ quantity: '0.1', result: 250 })
    expect(result(late)).toEqual(result(replay(inOrder)))
    const lateTrades = late.events.flatMap((event) =>
      event.type === 'FillBooked' && event.late ? [event.tradeId] : [],
    )
    expect(lateTrades).toEqual(['1'])
  })

  it('row 16: what the levels of three trades did', () => {
    const options = { enableScaledTakeProfit: true, scaledTpLevels: LEVELS_40_30_30 }
    // levels of 1 at 50 000 close 0.4 / 0.3 / 0.3; a profit is the level's quantity by what the price gained
    const trades = [['50100', '50166.666666666667', '50200'], ['50075', '50166.666666666667'], ['50087.5']].map(
      (prices, trade) => ({ prices, trade }),
    )
    const inputs = feed()
    for (const { prices, trade } of trades) {
      inputs.buy('1', '50000', { tranche: `trade-${trade}` })
      for (const [level, price] of prices.entries()) inputs.sell(['0.4', '0.3', '0.3'][level]!, price)
      const rest = ['0.6', '0.3', '0'][prices.length - 1]!
      if (rest !== '0') inputs.sell(rest, '50000')
    }
    const { events } = replay(inputs.lines, options)
    const at = { mark: null, quoteAsset: 'USDT', prices: {}, takerFeePercent: parsePercent('0.05') }
    const { takeProfit } = analyze(historyOf(events), { at, now: inputs.time, present: AS_TEXT })
    const rounded = (text: string | null): number => Math.round(Number(text) * 100) / 100
    expect(takeProfit.levels.map(({ hits }) => hits)).toEqual([3, 2, 1])
    expect(takeProfit.levels.map(({ hitRatePercent }) => rounded(hitRatePercent))).toEqual([100, 66.67, 33.33])
    // (40 + 30 + 35) ÷ 3, (50 + 50) ÷ 2, 60
    expect(takeProfit.levels.map(({ averageProfit }) => rounded(averageProfit))).toEqual([35, 50, 60])
    expect([takeProfit.fullExits, rounded(takeProfit.fullExitRatePercent)]).toEqual([1, 33.33])
  })
})
