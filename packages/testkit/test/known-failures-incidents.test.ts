import { formatQuantity, parseQuantity } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { Desk } from './desk.js'
import { feed } from './feed.js'
import type { InputLine } from '../src/lines/input-line.js'
import { groupOf, replay } from './replay.js'

const TARGET = { enableScaledTakeProfit: true }
const AT_ONCE = { driftSettleMs: 0 }
const units = (text: string): bigint => parseQuantity(text)

describe('incidents of live peers', () => {
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
