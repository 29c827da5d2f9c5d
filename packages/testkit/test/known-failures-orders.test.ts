import { formatPrice, formatQuantity, parsePrice, parseQuantity, type Price } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { Desk } from './desk.js'
import { feed } from './feed.js'
import type { InputLine } from '../src/lines/input-line.js'
import { groupOf, replay } from './replay.js'

const TARGET = { enableScaledTakeProfit: true }
const AT_ONCE = { driftSettleMs: 0 }
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

  it('incident 1: two targets fill and the stop is cancelled: two target fills are booked, no stop', () => {
    const desk = new Desk({
      options: {
        ...TARGET,
        scaledTpLevels: [
          { profitPercent: 2, closePercent: 50 },
          { profitPercent: 4, closePercent: 50 },
        ],
      },
    })
    desk.open('LONG', '0.1', '50000')
    desk.protect()
    const stop = desk.order('stop')
    for (const [level, price] of [
      [1, '51000'],
      [2, '52000'],
    ] as const) {
      desk.fillOf(
        desk.orders('takeProfit').find((order) => order.level === level)!,
        '0.05',
        price,
      )
    }
    desk.answer(stop, 'cancelled', { filledQuantity: '0' })
    expect(desk.eventsOf('TrancheReduced').map(({ realizedPnl, reason }) => [realizedPnl, reason])).toEqual([
      ['50', 'takeProfit'],
      ['100', 'takeProfit'],
    ])
    expect(desk.quantity()).toBe('0')
  })

  it('incident 2, 5: a target that filled while nobody watched shrinks its owner, and the stop follows', () => {
    const desk = new Desk({ options: { ...TARGET, instantTakeProfit: false } })
    const tranche = desk.open('LONG', '0.1', '50000')
    desk.settle()
    desk.fillOf(
      desk.orders('takeProfit').find(({ level }) => level === 1)!,
      '0.04',
      '51500',
    )
    desk.settle()
    const stops = desk.orders('stop').filter(({ state, closePosition }) => state !== 'cancelling' && !closePosition)
    expect(stops.reduce((sum, { quantity }) => sum + quantity!, 0n)).toBe(units('0.06'))
    expect(desk.book.groups.LONG.tranches[0]).toMatchObject({ id: tranche, quantity: units('0.06') })
  })

  it('incident 3: dust that is left stays a tranche', () => {
    const inputs = feed().buy('0.1', '50000').mark('51500').sell('0.099', '51500', { tranche: 'T1' })
    expect(groupOf(replay(inputs.lines, TARGET))).toMatchObject({ quantity: '0.001', tranches: [{ status: 'active' }] })
  })

  it('incident 4: a level within one step of its size is taken', () => {
    const instrument = { stepSize: parseQuantity('0.001') }
    const desk = new Desk({ options: { ...TARGET, instantTakeProfit: false }, instrument })
    desk.open('LONG', '0.1', '50000')
    desk.settle()
    const target = desk.orders('takeProfit').find(({ level }) => level === 1)!
    desk.fillOf(target, '0.0395', '51500')
    desk.answer(target, 'cancelled', { filledQuantity: '0.0395' })
    expect(desk.book.groups.LONG.tranches[0]?.levels[0]?.hitTime).not.toBeNull()
    desk.settle()
    expect(desk.orders('takeProfit').filter(({ level }) => level === 1)).toEqual([])
  })

  it('incident 6: the kill switch sends orders; the book is flat when they fill', () => {
    const desk = new Desk()
    desk.open('LONG', '0.1', '50000')
    desk.command('killSwitch')
    expect(desk.quantity()).toBe('0.1')
    const exits = desk.orders('exit')
    expect(exits.reduce((sum, { quantity }) => sum + quantity!, 0n)).toBe(units('0.1'))
    for (const exit of exits) desk.fillOf(exit, formatQuantity(exit.quantity!), '49900')
    expect(desk.quantity()).toBe('0')
    const decided = desk.command('openTranche', { side: 'LONG', quantity: '0.1' })
    expect(decided.map(({ type }) => type)).toEqual(['EntryRefused'])
  })

  it('incident 7: an estimate is marked as one, and replaced when its fill is known', () => {
    const inputs = feed().buy('0.1', '50000').position('0', null, '51000')
    const estimated = groupOf(replay(inputs.lines, AT_ONCE)).tranches[0]
    expect(estimated?.reductions).toMatchObject([{ evidence: 'position', tradeId: null, realizedPnl: '100' }])
    const report = inputs.lines[1]!
    const fill = {
      type: 'fill',
      time: report.time - 100,
      symbol: 'BTCUSDT',
      side: 'SELL',
      positionSide: 'LONG',
      quantity: '0.1',
      price: '51100',
      tradeId: '9',
    } as const
    const proven = groupOf(replay([...inputs.lines, fill], { ...AT_ONCE, reorderWindowMs: 0 }))
    expect(proven).toMatchObject({ realizedPnl: '110', quantity: '0' })
    expect(proven.tranches[0]?.reductions).toMatchObject([{ evidence: 'fill', tradeId: '9' }])
  })

  it('incident 8: a fee that was not told at first is booked when it comes, once', () => {
    const inputs = feed().buy('0.1', '50000')
    const [entry] = inputs.lines
    const withFee = { ...entry!, fee: '2.5', feeAsset: 'USDT' } as InputLine
    expect(groupOf(replay(inputs.lines)).tranches[0]?.fees).toBeNull()
    expect(groupOf(replay([entry!, withFee, withFee])).tranches[0]?.fees).toBe('2.5')
  })

  it('incident 11: totals over both sides are signed', () => {
    const long = feed().buy('0.1', '50000').lines
    const short = feed({ side: 'SHORT' }).wait(3000).sell('0.1', '50000', { tradeId: '2' }).mark('51000').lines
    const run = replay([...long, ...short])
    expect(groupOf(run, 'LONG').unrealizedPnl).toBe('100')
    expect(groupOf(run, 'SHORT').unrealizedPnl).toBe('-100')
  })

  it('incident 14, 25: every tranche is covered by a stop, before and after a change', () => {
    const desk = new Desk()
    for (const price of ['50000', '50100', '50200']) desk.open('LONG', '0.1', price)
    desk.settle()
    desk.command('moveStop', { tranche: 'T2', price: '49500' })
    desk.settle()
    for (const tranche of desk.book.groups.LONG.tranches) {
      const covered = desk
        .orders('stop')
        .filter(({ state }) => state !== 'cancelling')
        .flatMap(({ allocation }) => allocation.filter((part) => part.tranche === tranche.id))
        .reduce((sum, { quantity }) => sum + quantity, 0n)
      expect(covered).toBe(units('0.1'))
    }
  })

  it('incident 15: reduce-only orders of both sides never exceed the net position', () => {
    const desk = new Desk({ positionMode: 'ONE_WAY', options: { maxTranches: 5 } })
    desk.open('LONG', '0.3', '50000')
    desk.settle()
    const closing = desk.orders().filter(({ reduceOnly, purpose }) => reduceOnly && purpose === 'stop')
    expect(closing.reduce((sum, { quantity }) => sum + (quantity ?? 0n), 0n)).toBeLessThanOrEqual(units('0.3'))
  })

  it('incident 15, code −2022: a close of what the other side nets out is no reduce-only order', () => {
    const desk = new Desk({ positionMode: 'ONE_WAY' })
    const long = desk.open('LONG', '0.3', '50000')
    const short = desk.open('SHORT', '0.1', '50000')
    desk.command('closeTranche', { tranche: long })
    desk.command('closeTranche', { tranche: short })
    // net 0.2 long: 0.2 can be reduced, the other 0.1 of each is between the two
    const asked = desk.orders('exit').map(({ side, quantity, reduceOnly }) => [side, quantity, reduceOnly])
    expect(asked).toEqual([
      ['LONG', units('0.2'), true],
      ['LONG', units('0.1'), false],
      ['SHORT', units('0.1'), false],
    ])
    for (const exit of desk.orders('exit')) desk.fillOf(exit, formatQuantity(exit.quantity!), '50000')
    expect([desk.quantity('LONG'), desk.quantity('SHORT')]).toEqual(['0', '0'])
  })

  it('incident 19: a report that is missing is not flat', () => {
    const inputs = feed().buy('0.1', '50000').wait(600_000).mark('50000')
    expect(groupOf(replay(inputs.lines, AT_ONCE)).quantity).toBe('0.1')
  })

  it('incident 20: reconciling twice from the same inputs gives the same ids and the same state', () => {
    const inputs = feed().buy('0.1', '50000').position('0.3', '49000', '49500').position('0.05', '49000', '49500')
    const [one, two] = [replay(inputs.lines, AT_ONCE), replay(inputs.lines, AT_ONCE)]
    expect(one.stateHash).toBe(two.stateHash)
    expect(JSON.stringify(one.events)).toBe(JSON.stringify(two.events))
  })

  it('incident 21: an entry that hangs half filled does not stop protection', () => {
    const desk = new Desk()
    desk.mark('50000')
    desk.command('openTranche', { side: 'LONG', quantity: '1', price: '50000' })
    const entry = desk.order('entry')
    desk.answer(entry, 'acknowledged')
    desk.fillOf(entry, '0.3', '50000')
    desk.settle()
    const stops = desk.orders('stop').filter(({ closePosition }) => !closePosition)
    expect(stops.reduce((sum, { quantity }) => sum + quantity!, 0n)).toBe(units('0.3'))
  })
})
