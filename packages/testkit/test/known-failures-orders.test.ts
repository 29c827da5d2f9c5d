import { formatPrice, formatQuantity, parsePrice, parseQuantity, type Price } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { Desk } from './desk.js'
import { feed } from './feed.js'
import { groupOf, replay } from './replay.js'

const units = (text: string): bigint => parseQuantity(text)
const priceText = (order: { readonly triggerPrice: Price | null }): string => formatPrice(order.triggerPrice!)

describe('orders and protection', () => {
  it('known failure 31: an isolated tranche does not drag the combined pair', () => {
    const desk = new Desk({ options: { protection: 'COMBINED', slTpStrategy: 'AVERAGE', slPercent: 10 } })
    desk.fill('BUY', '0.1', '50000')
    desk.mark('47000')
    desk.fill('BUY', '0.1', '47000')
    desk.mark('47000')
    desk.settle()
    // the pair of the active tranche alone: 47 000 × 0.9; the isolated one behind its own: 50 000 × 0.9
    const stops = desk.orders('stop').map((order) => [priceText(order), formatQuantity(order.quantity!)])
    expect(stops).toHaveLength(2)
    expect(stops).toEqual(
      expect.arrayContaining([
        ['42300', '0.1'],
        ['45000', '0.1'],
      ]),
    )
  })

  it('known failure 32: a stop that is already passed closes at market instead of being moved away', () => {
    const desk = new Desk()
    const tranche = desk.open('LONG', '0.1', '50000')
    desk.mark('48900')
    desk.protect()
    expect(desk.orders('exit').reduce((sum, { quantity }) => sum + (quantity ?? 0n), 0n)).toBe(units('0.1'))
    expect(desk.orders('exit').every(({ type }) => type === 'MARKET')).toBe(true)
    for (const stop of desk.orders('stop')) expect(Number(priceText(stop))).toBeGreaterThanOrEqual(49_000)
    expect(desk.book.groups.LONG.tranches[0]).toMatchObject({ id: tranche, stopPrice: parsePrice('49000') })
  })

  it('known failure 34, theme 1, node #3: a resized stop is placed before the old one is cancelled', () => {
    const desk = new Desk()
    desk.open('LONG', '0.1', '50000')
    desk.protect()
    const [old] = desk.orders('stop')
    desk.fill('SELL', '0.04', '50100')
    const decided = [...desk.protect()]
    const cancelled = decided.findIndex(
      (event) => event.type === 'CancelIntended' && event.clientOrderId === old!.clientOrderId,
    )
    const placed = decided.findIndex((event) => event.type === 'OrderIntended' && event.purpose === 'stop')
    expect(placed).toBeGreaterThanOrEqual(0)
    expect(cancelled === -1 || placed < cancelled).toBe(true)
  })

  it('known failure 35, code −4005, theme 3, node #29: what exceeds the largest order is split into orders that sum exactly', () => {
    const desk = new Desk({
      instrument: { maxQuantity: parseQuantity('0.04'), maxMarketQuantity: parseQuantity('0.03') },
    })
    desk.fill('BUY', '0.1', '50000')
    desk.mark('50000')
    desk.settle()
    const stops = desk.orders('stop').map(({ quantity }) => quantity!)
    expect(stops.reduce<bigint>((sum, quantity) => sum + quantity, 0n)).toBe(units('0.1'))
    for (const quantity of stops) expect(quantity).toBeLessThanOrEqual(units('0.03'))
  })

  it.each([{ protection: 'PER_TRANCHE' }, { protection: 'COMBINED' }, { enableScaledTakeProfit: true }])(
    'known failure 38: whatever plans an order names one trigger price type: %o',
    (options) => {
      const desk = new Desk({ options: { ...options, failSafeStop: true } })
      desk.open('LONG', '0.1', '50000')
      desk.open('LONG', '0.1', '50000')
      desk.settle()
      desk.fill('SELL', '0.05', '50100')
      desk.settle()
      const stops = desk.eventsOf('OrderIntended').filter(({ triggerPrice }) => triggerPrice !== null)
      expect(stops.length).toBeGreaterThan(1)
      expect(new Set(stops.map(({ because }) => because?.configured?.['workingType']))).toEqual(new Set(['MARK_PRICE']))
    },
  )

  it('known failure 57: in one-way mode a mark judges each tranche once, and no pass over one side waits for the other', () => {
    const desk = new Desk({ positionMode: 'ONE_WAY', options: { trancheAutoCloseIsolated: true, slPercent: null } })
    const long = desk.open('LONG', '0.3', '50000')
    const short = desk.open('SHORT', '0.1', '50000')
    const isolated = desk.mark('47000').filter(({ type }) => type === 'TrancheIsolated')
    expect(isolated).toMatchObject([{ tranche: long }])
    // the short is past its target of 47 500, once
    expect(desk.orders('exit').map(({ allocation }) => allocation[0]?.tranche)).toEqual([short])
    desk.mark('46900')
    expect(desk.eventsOf('TrancheIsolated')).toHaveLength(1)
    expect(desk.orders('exit')).toHaveLength(1)
  })

  it('known failure 58: ids are never used again, and a fill joins the newest tranche, whichever went before', () => {
    const options = { entryMode: 'AVERAGE_UNTIL_UNDERWATER', slPercent: null }
    const inputs = feed()
      .buy('0.1', '50000')
      .buy('0.1', '47000')
      .buy('0.1', '44000')
      .sell('0.1', '44000', { tranche: 'T2' })
      .buy('0.1', '46900')
      .buy('0.1', '40000')
    // (50 000 + 44 000) ÷ 2 = 47 000: 46 900 is not 5 % under it and joins T3; 40 000 is, and opens T4
    expect(groupOf(replay(inputs.lines, options)).tranches).toMatchObject([
      { id: 'T1', quantity: '0.1' },
      { id: 'T2', quantity: '0' },
      { id: 'T3', quantity: '0.2', entryPrice: '45450' },
      { id: 'T4', quantity: '0.1' },
    ])
  })

  it('known failure 40: the market close of one tranche is attributed to it, whatever the rule', () => {
    const desk = new Desk({ options: { closingStrategy: 'LIFO' } })
    const oldest = desk.open('LONG', '0.1', '50000')
    desk.open('LONG', '0.1', '50000')
    desk.command('closeTranche', { tranche: oldest })
    const exit = desk.order('exit', oldest)
    desk.fillOf(exit, '0.1', '50500')
    expect(desk.eventsOf('TrancheClosed').map(({ tranche }) => tranche)).toEqual([oldest])
  })

  it('known failure 40: a close by command does not close again what a combined exit is closing', () => {
    const desk = new Desk({ options: { protection: 'COMBINED' } })
    const tranche = desk.open('LONG', '0.1', '50000')
    desk.mark('53000')
    desk.settle()
    // the combined target of 52 500 is passed: a market exit for all of it is on its way
    expect(desk.orders('exit').map(({ allocation }) => allocation)).toEqual([[]])
    desk.command('closeTranche', { tranche })
    expect(desk.orders('exit')).toHaveLength(1)
  })

  it('known failure 41, code −1106: no reduce-only in hedge mode, on whatever order', () => {
    const desk = new Desk({ options: { enableScaledTakeProfit: true } })
    const tranche = desk.open('LONG', '0.1', '50000')
    desk.protect()
    desk.command('closeTranche', { tranche, quantity: '0.05' })
    expect(desk.eventsOf('OrderIntended').filter(({ reduceOnly }) => reduceOnly)).toEqual([])
    expect(desk.eventsOf('OrderIntended').every(({ positionSide }) => positionSide === 'LONG')).toBe(true)
  })

  it('known failure 42: the loss limit of a position counts isolated tranches', () => {
    const desk = new Desk({ options: { maxPositionLoss: 100, slPercent: null } })
    desk.open('LONG', '0.03', '50000')
    // 0.03 × −3 000 = −90, then 0.03 × −4 000 = −120
    desk.mark('47000')
    expect(desk.orders('exit')).toEqual([])
    desk.mark('46000')
    expect(desk.book.groups.LONG.tranches[0]?.isolated).toBe(true)
    expect(desk.orders('exit')).toHaveLength(1)
  })

  it.each(['HEDGE', 'ONE_WAY'] as const)(
    'known failure 48, incident 16 (%s): fills of stops and targets open nothing',
    (positionMode) => {
      const desk = new Desk({ positionMode })
      desk.open('LONG', '0.1', '50000')
      desk.protect()
      desk.fillOf(desk.order('stop'), '0.1', '49000')
      expect(desk.quantity('LONG')).toBe('0')
      expect(desk.quantity('SHORT')).toBe('0')
      expect(desk.eventsOf('TrancheOpened')).toHaveLength(1)
    },
  )

  it('known failure 52: the partial fill of a replaced target is subtracted', () => {
    const desk = new Desk({ options: { entryMode: 'AVERAGE_UNTIL_UNDERWATER', instantTakeProfit: false } })
    const tranche = desk.open('LONG', '0.1', '50000')
    desk.settle()
    const target = desk.order('takeProfit', tranche)
    desk.fillOf(target, '0.04', '52500')
    desk.fill('BUY', '0.1', '50100')
    desk.settle()
    const asked = desk.orders('takeProfit').filter(({ state }) => state !== 'cancelling')
    expect(asked.reduce((sum, { quantity, filled }) => sum + quantity! - filled, 0n)).toBe(units('0.16'))
  })

  it('known failure 53: an instant close takes its own tranche and ends it on the fill, not on the answer', () => {
    const desk = new Desk()
    const first = desk.open('LONG', '0.1', '50000')
    desk.open('LONG', '0.1', '51000')
    desk.settle()
    desk.fillOf(desk.order('takeProfit', first), '0.04', '52500')
    desk.mark('52600')
    desk.settle()
    const exit = desk.orders('exit').find(({ allocation }) => allocation.some((part) => part.tranche === first))
    const asked = [...desk.orders('takeProfit'), ...desk.orders('exit')].filter(
      ({ state, allocation }) => state !== 'cancelling' && allocation.some((part) => part.tranche === first),
    )
    expect(asked.reduce((sum, { quantity, filled }) => sum + quantity! - filled, 0n)).toBeLessThanOrEqual(units('0.06'))
    if (exit !== undefined) desk.answer(exit, 'acknowledged')
    expect(desk.book.groups.LONG.tranches.map(({ quantity }) => quantity)).toEqual([units('0.06'), units('0.1')])
  })

  it('known failure 54, code −1111: stops and targets go to the safe side of the tick', () => {
    const instrument = { tickSize: parsePrice('0.5'), stepSize: parseQuantity('0.001') }
    // 50 001.3 × 0.98 = 49 001.274 → 49 001.5, × 1.05 = 52 501.365 → 52 501; short × 1.02 = 51 001.326 → 51 001, × 0.95 = 47 501.235 → 47 501.5
    const long = groupOf(replay(feed().buy('0.1', '50001.3').lines, {}, { instrument })).tranches[0]
    expect(long).toMatchObject({ stopLossPrice: '49001.5', takeProfitPrice: '52501' })
    const short = groupOf(replay(feed({ side: 'SHORT' }).sell('0.1', '50001.3').lines, {}, { instrument }), 'SHORT')
      .tranches[0]
    expect(short).toMatchObject({ stopLossPrice: '51001', takeProfitPrice: '47501.5' })
  })

  it('known failure 55: in one-way mode every target is reduce-only', () => {
    const desk = new Desk({ positionMode: 'ONE_WAY' })
    desk.open('LONG', '0.1', '50000')
    desk.protect()
    const protective = [
      ...desk.orders('takeProfit'),
      ...desk.orders('stop').filter(({ closePosition }) => !closePosition),
    ]
    expect(protective.length).toBeGreaterThanOrEqual(2)
    expect(protective.every(({ reduceOnly }) => reduceOnly)).toBe(true)
  })
})
