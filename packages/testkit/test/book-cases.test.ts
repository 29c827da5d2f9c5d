import { parsePrice, parseQuantity, stateHash } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import type { InputLine } from '../src/lines/input-line.js'
import { Desk } from './desk.js'
import { feed } from './feed.js'
import { bookOf, groupOf, replay } from './replay.js'

/** Small cases that a comparison with the reference model or a law has found. */

function fill(tradeId: string, time: number, side: 'BUY' | 'SELL', more: object = {}): InputLine {
  const base = { type: 'fill', symbol: 'BTCUSDT', positionSide: 'LONG', quantity: '1', price: '50000' } as const
  return { ...base, tradeId, time, side, ...more }
}

const mark = (time: number, price = '50000'): InputLine => ({ type: 'mark', time, symbol: 'BTCUSDT', price })

describe('closes that come before their entries', () => {
  it('an entry that comes after its close was given up still counts once', () => {
    const inOrder = [fill('1', 500, 'BUY'), fill('2', 1000, 'SELL'), fill('3', 1300, 'BUY'), mark(9000)]
    const late = [fill('2', 1000, 'SELL'), fill('3', 1300, 'BUY'), mark(9000), fill('1', 500, 'BUY')]
    expect(groupOf(replay(inOrder)).quantity).toBe('1')
    expect(groupOf(replay(late)).quantity).toBe('1')
  })

  it('an entry that the venue made after the close is not what the close closed', () => {
    // same millisecond, but the trade ids tell: sold first, bought then
    const run = replay([fill('1', 1000, 'SELL'), fill('2', 1000, 'BUY'), mark(2000)])
    expect(groupOf(run).quantity).toBe('1')
  })

  it('when a waiting close finds its entry does not depend on what else is said', () => {
    const told = [fill('2', 1000, 'SELL'), mark(1260), fill('1', 900, 'BUY')]
    const [once, twice] = [replay(told), replay([...told, told[2]!])]
    expect(stateHash(bookOf(twice).book)).toBe(stateHash(bookOf(once).book))
    expect(groupOf(once).tranches[0]?.exitTime).toBe(1000)
  })
})

describe('a fill that proves more than an estimate', () => {
  it('enters what is left by the average that it has corrected', () => {
    const told = [
      fill('1', 1000, 'BUY', { quantity: '2', price: '47350' }),
      { type: 'position', time: 2000, symbol: 'BTCUSDT', positionSide: 'LONG', quantity: '3', entryPrice: '44840.4' },
      fill('2', 1999, 'BUY', { quantity: '4', price: '44840.4' }),
    ] as const
    const options = { entryMode: 'AVERAGE_UNTIL_UNDERWATER', trancheIncrementPercent: 1 }
    const run = replay(told, { ...options, driftSettleMs: 0, reorderWindowMs: 0 })
    // (2 × 47 350 + 44 840.4) ÷ 3 = 46 513.47: the fill is 3.6 % under it, so that the other 3 are a tranche of their own
    const open = groupOf(run).tranches.map(({ quantity, entryPrice }) => [quantity, entryPrice])
    expect(open).toEqual([
      ['2', '47350'],
      ['1', '44840.4'],
      ['3', '44840.4'],
    ])
  })
})

describe('closes after an estimate', () => {
  it('close what is open, once the fill behind the estimate is known', () => {
    // flat by report, proven by its fill; then 3 are bought and 1 is sold in the same millisecond
    const told = [
      fill('1', 1000, 'BUY', { quantity: '3' }),
      fill('2', 1000, 'SELL'),
      fill('3', 1000, 'BUY'),
      { type: 'position', time: 2000, symbol: 'BTCUSDT', positionSide: 'LONG', quantity: '0', markPrice: '50000' },
      fill('4', 1999, 'SELL', { quantity: '3' }),
      fill('5', 3000, 'BUY', { quantity: '3' }),
      fill('6', 3000, 'SELL'),
    ] as const
    const run = replay(told, { driftSettleMs: 0, reorderWindowMs: 0 })
    expect(groupOf(run).quantity).toBe('2')
    expect(bookOf(run).book.groups.LONG.unmatched).toEqual([])
  })
})

describe('funding', () => {
  it('without a side is spread by quantity over all open tranches', () => {
    const both = [fill('1', 1000, 'BUY'), fill('2', 2000, 'SELL', { positionSide: 'SHORT', quantity: '3' })]
    const run = replay([
      ...both,
      { type: 'funding', time: 3000, symbol: 'BTCUSDT', amount: '4', asset: 'USDT', id: '1' },
    ])
    expect([groupOf(run, 'LONG').funding, groupOf(run, 'SHORT').funding]).toEqual(['1', '3'])
  })

  it('of nearly balanced sides is not blown up', () => {
    const both = [fill('1', 1000, 'BUY'), fill('2', 2000, 'SELL', { positionSide: 'SHORT', quantity: '0.999' })]
    const run = replay([
      ...both,
      { type: 'funding', time: 3000, symbol: 'BTCUSDT', amount: '-0.1', asset: 'USDT', id: '1' },
    ])
    for (const side of ['LONG', 'SHORT'] as const)
      expect(Math.abs(Number(groupOf(run, side).funding))).toBeLessThanOrEqual(0.1)
  })
})

describe('levels', () => {
  const instrument = { stepSize: parseQuantity('0.001'), minQuantity: parseQuantity('0.001') }
  const levels = (...shares: readonly number[]) => ({
    enableScaledTakeProfit: true,
    scaledTpLevels: shares.map((closePercent, index) => ({ profitPercent: index + 1, closePercent })),
  })

  it('a share below the step rolls on whole, not cut to the step first', () => {
    // 33 % of 0.003 = 0.00099: two of them are 0.00198, a step at the second level
    const run = replay(feed().buy('0.003', '50000').lines, levels(33, 33, 34), { instrument })
    expect(run.levels('LONG', 0).map(({ quantity }) => quantity)).toEqual(['0', '0.001', '0.002'])
  })

  it('written shares go down at the twelfth decimal where no step is known', () => {
    // 8 % of 4.352001834862 = 0.34816014678896
    const run = replay(feed().buy('4.352001834862', '50000').lines, levels(33, 16, 8, 43))
    expect(run.levels('LONG', 0)[2]?.quantity).toBe('0.348160146788')
  })

  it('normalized shares lose no step', () => {
    // 40 ÷ 70 of 1.33 = 0.76 exactly
    const run = replay(feed().buy('1.33', '50000').lines, levels(40, 30), { instrument })
    expect(run.levels('LONG', 0).map(({ quantity }) => quantity)).toEqual(['0.76', '0.57'])
  })
})

describe('stops', () => {
  it('trailing from a target begins at the mark that reached it', () => {
    const options = {
      enableScaledTakeProfit: true,
      stopLadder: 'TRAIL_FROM_HERE',
      trailingStopPercent: 1,
      trailingActivationPercent: 50,
    }
    // the gap to 53 900 passed 51 500 and 52 500: 53 900 × 0.99
    const run = replay(feed().buy('0.1', '50000').mark('53900').lines, options)
    expect(groupOf(run).tranches[0]?.stopLossPrice).toBe('53361')
  })

  it('trailing from a target begins even where the stop that stands is better still', () => {
    const ladder = { stopLadder: 'TRAIL_FROM_HERE', stopLadderPercent: 4 }
    const options = { enableScaledTakeProfit: true, slPercent: 0.1, ...ladder }
    // 51 500 × 0.96 = 49 440 is behind 49 950; 52 400 × 0.96 = 50 304
    const held = feed().buy('0.1', '50000').mark('51500')
    expect(groupOf(replay(held.lines, options)).tranches[0]?.stopLossPrice).toBe('49950')
    expect(groupOf(replay(held.mark('52400').lines, options)).tranches[0]?.stopLossPrice).toBe('50304')
  })

  it('joining improves a stop that trailing has moved, where the new average asks for a better one', () => {
    const options = { slPercent: 1, trailingStopPercent: 5 }
    const inputs = feed().buy('0.1', '50000', { orderId: '1' }).mark('52200').buy('0.9', '52200', { orderId: '1' })
    // trailing 52 200 × 0.95 = 49 590; average 51 980 × 0.99 = 51 460.2
    expect(groupOf(replay(inputs.lines, options)).tranches[0]?.stopLossPrice).toBe('51460.2')
  })

  it('merging does not move the stop of the tranche that stays against it', () => {
    const options = {
      entryMode: 'AVERAGE_UNTIL_UNDERWATER',
      whenFull: 'MERGE_LEAST_LOSSY',
      maxTranches: 2,
      slPercent: 20,
    }
    const desk = new Desk({ options: { ...options, trancheIsolationThreshold: 50 } })
    for (const price of ['50000', '47000']) desk.open('LONG', '0.1', price)
    expect(desk.book.groups.LONG.tranches[0]?.stopPrice).toBe(parsePrice('40000'))
    desk.open('LONG', '0.1', '44000')
    const [merged] = desk.book.groups.LONG.tranches
    expect(merged).toMatchObject({ id: 'T1', quantity: parseQuantity('0.2') })
    expect(merged!.stopPrice).toBeGreaterThanOrEqual(parsePrice('40000'))
  })
})

describe('averages', () => {
  it('that a close has cut at the last decimal of money lose no tick of a target', () => {
    const inputs = feed()
      .buy('0.003', '47350', { orderId: '1' })
      .buy('0.006', '47823.5', { orderId: '1' })
      .sell('0.005', '45288.8')
      .buy('0.004', '44982.5', { orderId: '1' })
    // cost (142.05 + 286.941) × 4 ÷ 9 + 179.93 = 370.592666…, ÷ 0.008 = 46 324.08333…, × 1.2 = 55 588.9
    const run = replay(inputs.lines, { tpPercent: 20 }, { instrument: { tickSize: parsePrice('0.1') } })
    expect(groupOf(run).tranches[0]?.takeProfitPrice).toBe('55588.9')
  })
})

describe('merging', () => {
  it('leaves a stop that trailing has moved one that joining only improves', () => {
    const options = { entryMode: 'AVERAGE_UNTIL_UNDERWATER', slPercent: 0.2, trailingStopPercent: 1 }
    const inputs = feed()
      .buy('0.1', '50000', { tranche: 'first' })
      .mark('50450')
      .buy('0.1', '50500', { tranche: 'second' })
    // trailing from 50 450 to 49 945.5; the second one's own stop of 50 399 is better and stays when they become one
    inputs.command('mergeTranches', { tranches: ['first', 'second'] }).buy('0.1', '49800', { tranche: 'first' })
    expect(groupOf(replay(inputs.lines, options)).tranches[0]?.stopLossPrice).toBe('50399')
  })

  it('keeps the tranche that was created first where entries are of one millisecond', () => {
    const entries = [fill('1', 1000, 'BUY'), fill('2', 1000, 'BUY')]
    const merge = { type: 'command', time: 2000, symbol: 'BTCUSDT', command: 'mergeTranches' } as const
    const run = replay([...entries, { ...merge, tranches: ['T2', 'T1'] }])
    expect(bookOf(run).book.groups.LONG.tranches.map(({ id }) => id)).toEqual(['T1'])
  })
})

describe('entries', () => {
  it('all fills of one order feed one tranche, also when another order joined it in between', () => {
    const options = { entryMode: 'AVERAGE_UNTIL_UNDERWATER' }
    const inputs = feed()
      .buy('0.1', '50000', { orderId: '1' })
      .buy('0.1', '50000', { orderId: '2' })
      .buy('0.1', '47000', { orderId: '3' })
      .buy('0.1', '49900', { orderId: '1' })
    expect(groupOf(replay(inputs.lines, options)).tranches.map(({ quantity }) => quantity)).toEqual(['0.3', '0.1'])
  })

  it('an entry joins the tranche that entered last, not the one created last', () => {
    const told = [
      fill('1', 1000, 'BUY'),
      fill('3', 5000, 'BUY', { tranche: 'younger' }),
      fill('2', 3000, 'BUY', { tranche: 'older' }),
      fill('4', 9000, 'BUY'),
    ]
    const options = { entryMode: 'AVERAGE_UNTIL_UNDERWATER', reorderWindowMs: 0 }
    expect(groupOf(replay(told, options)).tranches.map(({ label, quantity }) => [label, quantity])).toEqual([
      [null, '1'],
      ['younger', '2'],
      ['older', '1'],
    ])
  })

  it('a full group merges before an external entry opens another tranche', () => {
    const options = { entryMode: 'AVERAGE_UNTIL_UNDERWATER', whenFull: 'MERGE_LEAST_LOSSY', maxTranches: 2 }
    const inputs = feed().buy('0.1', '50000').buy('0.1', '47000').buy('0.1', '44000')
    const open = groupOf(replay(inputs.lines, options)).tranches.filter(({ status }) => status === 'active')
    expect(open.map(({ quantity }) => quantity)).toEqual(['0.2', '0.1'])
  })
})

describe('reasons', () => {
  it('every refusal, conflict, halt and reached level says why', () => {
    const refused = new Desk()
    refused.command('closeTranche', { tranche: 'T9' })
    refused.mark('50000')
    refused.command('openTranche', { side: 'LONG', quantity: '0.1', price: '49000' })
    refused.answer(refused.order('entry'), 'acknowledged')
    for (const command of ['pause', 'resume', 'killSwitch']) refused.command(command)
    const watching = new Desk({ sending: 'observe' })
    watching.command('openTranche', { side: 'LONG', quantity: '0.1' })
    const conflict = replay([fill('1', 1000, 'SELL'), mark(9000)])
    const halted = replay(feed().buy('0.1', '50000').position('0.5', '50000', '50000').lines, {
      driftPolicy: 'HALT',
      driftSettleMs: 0,
    })
    const reached = replay(feed().buy('0.1', '50000').sell('0.05', '54000').lines, { enableScaledTakeProfit: true })
    const refusals = ['CommandRefused', 'EntryRefused', 'ConflictDetected', 'TakeProfitReached']
    const types = [...refusals, 'TradingPaused', 'TradingResumed', 'CancelIntended']
    const events = [...refused.events, ...watching.events, ...conflict.events, ...halted.events, ...reached.events]
    const silent = events.filter(({ type, because }) => types.includes(type) && because === undefined)
    expect(silent.map(({ type }) => type)).toEqual([])
    expect(new Set(types.filter((type) => events.every((event) => event.type !== type)))).toEqual(new Set())
  })
})
