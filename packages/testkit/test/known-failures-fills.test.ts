import { parseQuantity } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { Desk } from './desk.js'
import { feed } from './feed.js'
import { groupOf, replay } from './replay.js'

const TARGET = { enableScaledTakeProfit: true }
const AT_ONCE = { driftSettleMs: 0 }

describe('fills and reports', () => {
  it('incident 22: what was executed is what is open, in base units, whatever was asked for', () => {
    const desk = new Desk({ instrument: { stepSize: parseQuantity('0.001') } })
    desk.mark('50000')
    desk.command('openTranche', { side: 'LONG', quantity: '0.1', price: '50000' })
    const entry = desk.order('entry')
    desk.answer(entry, 'acknowledged')
    desk.fillOf(entry, '0.0413', '50000')
    desk.fillOf(entry, '0.02', '49900')
    desk.answer(entry, 'expired', { filledQuantity: '0.0613' })
    desk.settle()
    expect(desk.book.groups.LONG.tranches).toMatchObject([
      { quantity: parseQuantity('0.0613'), originalQuantity: parseQuantity('0.0613') },
    ])
    const exits = [...desk.orders('stop'), ...desk.orders('exit')].filter(({ closePosition }) => !closePosition)
    expect(exits.reduce((sum, { quantity }) => sum + (quantity ?? 0n), 0n)).toBe(parseQuantity('0.061'))
  })

  it('known failure 15: a partial fill then a cancel leaves the filled part', () => {
    const desk = new Desk()
    desk.mark('50000')
    desk.command('openTranche', { side: 'LONG', quantity: '1' })
    const entry = desk.order('entry')
    desk.fillOf(entry, '0.3', '50000')
    desk.answer(entry, 'cancelled', { filledQuantity: '0.3' })
    expect(desk.quantity()).toBe('0.3')
    expect(desk.orders('entry')).toEqual([])
  })

  it('known failure 16: an order of several trades realizes the sum of its trades', () => {
    const inputs = feed()
      .buy('0.003', '50000')
      .sell('0.001', '51000', { orderId: '7' })
      .sell('0.001', '52000', { orderId: '7' })
      .sell('0.001', '53000', { orderId: '7' })
    expect(groupOf(replay(inputs.lines)).realizedPnl).toBe('6')
  })

  it('known failure 17, 26: in hedge mode the position side tells a close from an entry', () => {
    const long = feed().buy('0.1', '50000').lines
    const short = feed({ side: 'SHORT' })
      .wait(5000)
      .sell('0.1', '50000', { tradeId: '2' })
      .buy('0.05', '49000', { tradeId: '3' }).lines
    const run = replay([...long, ...short])
    expect(groupOf(run, 'LONG').quantity).toBe('0.1')
    expect(groupOf(run, 'SHORT')).toMatchObject({ quantity: '0.05', realizedPnl: '50' })
  })

  it.each([
    ['autoclose-1714', 'liquidated'],
    ['adl_autoclose', 'closed'],
    ['settlement_autoclose-9', 'closed'],
  ])('known failure 18: a fill of %s closes, status %s', (clientOrderId, status) => {
    const inputs = feed().buy('0.1', '50000').sell('0.1', '45000', { clientOrderId })
    const [tranche] = groupOf(replay(inputs.lines)).tranches
    expect(tranche).toMatchObject({ status, realizedPnl: '-500' })
    expect(tranche?.reductions[0]?.reason).not.toBe('manual')
  })

  it('known failure 19, 22: a report older than the newest fill undoes nothing', () => {
    const inputs = feed().buy('0.1', '50000').buy('0.1', '50000')
    const old = {
      type: 'position',
      time: inputs.time - 500,
      symbol: 'BTCUSDT',
      positionSide: 'LONG',
      quantity: '0.1',
      entryPrice: '50000',
      markPrice: '50000',
    } as const
    const group = groupOf(replay([...inputs.lines, old], { ...AT_ONCE, reorderWindowMs: 0 }))
    expect(group.quantity).toBe('0.2')
  })

  it('known failure 20, 22, incident 12: a report and the fill behind it move the book once', () => {
    const ahead = feed().buy('0.1', '50000').position('0.06', '50000', '51500')
    const report = ahead.lines[1]!
    const fill = {
      type: 'fill',
      time: report.time - 100,
      symbol: 'BTCUSDT',
      side: 'SELL',
      positionSide: 'LONG',
      quantity: '0.04',
      price: '51600',
      tradeId: '2',
    } as const
    const group = groupOf(replay([...ahead.lines, fill], { ...AT_ONCE, reorderWindowMs: 0 }))
    // the estimate at 51 500 is replaced: 0.04 × 1 600
    expect(group).toMatchObject({ quantity: '0.06', realizedPnl: '64' })
  })

  it('known failure 22: a report of a new position and the entry fill behind it make one tranche', () => {
    const report = feed().position('0.1', '50000', '50000').lines[0]!
    const fill = {
      type: 'fill',
      time: report.time - 100,
      symbol: 'BTCUSDT',
      side: 'BUY',
      positionSide: 'LONG',
      quantity: '0.1',
      price: '49990',
      tradeId: '1',
    } as const
    const group = groupOf(replay([report, fill], { ...AT_ONCE, reorderWindowMs: 0 }))
    expect(group).toMatchObject({ quantity: '0.1', weightedAverageEntry: '49990' })
  })

  it('known failure 24: a symbol is no prefix of another', () => {
    const bitcoin = feed().buy('0.1', '50000').lines
    const dominance = feed({ symbol: 'BTCDOMUSDT' }).sell('0.1', '2000', { positionSide: 'SHORT' }).lines
    const run = replay([...bitcoin, ...dominance])
    expect(run.books.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'BTCDOMUSDT'])
    expect(run.books[0]?.groups.map(({ side }) => side)).toEqual(['LONG'])
    expect(groupOf(run, 'SHORT', 'BTCDOMUSDT').quantity).toBe('0.1')
  })

  it('known failure 27: placing an order opens nothing; a cancelled one leaves no phantom', () => {
    const desk = new Desk()
    desk.mark('50000')
    desk.command('openTranche', { side: 'LONG', quantity: '1', price: '49000' })
    const entry = desk.order('entry')
    desk.answer(entry, 'acknowledged')
    expect(desk.book.groups.LONG.tranches).toEqual([])
    desk.answer(entry, 'cancelled', { filledQuantity: '0' })
    expect(desk.book.groups.LONG.tranches).toEqual([])
    expect(desk.eventsOf('TrancheOpened')).toEqual([])
  })

  it('known failure 29: the intent with its id comes before the order; the id depends on nothing else', () => {
    const intend = () => {
      const desk = new Desk()
      desk.mark('50000')
      desk.command('openTranche', { side: 'LONG', quantity: '1' })
      return desk.order('entry')
    }
    expect(intend().state).toBe('intended')
    expect(intend().clientOrderId).toBe(intend().clientOrderId)
    expect(intend().clientOrderId).toMatch(/^[A-Za-z0-9_-]{1,28}$/)
  })

  it('known failure 30, node #16: entries in flight hold their slots', () => {
    const desk = new Desk({ options: { maxTranches: 2 } })
    desk.mark('50000')
    for (let count = 0; count < 5; count += 1) desk.command('openTranche', { side: 'LONG', quantity: '1' })
    expect(desk.orders('entry')).toHaveLength(2)
    expect(desk.eventsOf('EntryRefused')).toHaveLength(3)
  })

  it('known failure 33: a mark price of 0 is not a price', () => {
    const inputs = feed({ side: 'SHORT' }).sell('0.1', '50000').mark('50000').mark('0')
    expect(groupOf(replay(inputs.lines, TARGET), 'SHORT')).toMatchObject({ quantity: '0.1', unrealizedPnl: '0' })
  })

  it('known failure 39: ids above 2^53 stay what they are', () => {
    const inputs = feed()
      .buy('0.1', '50000', { tradeId: '9007199254740993', orderId: '9007199254740993' })
      .buy('0.1', '50000', { tradeId: '9007199254740992', orderId: '9007199254740992' })
    expect(groupOf(replay(inputs.lines))).toMatchObject({ quantity: '0.2', tranches: [{}, {}] })
  })

  it('known failure 44: a result of exactly 0 is 0, not unknown', () => {
    const inputs = feed()
      .buy('0.1', '50000', { fee: '0', feeAsset: 'USDT' })
      .sell('0.1', '50000', { fee: '0', feeAsset: 'USDT' })
    expect(groupOf(replay(inputs.lines)).tranches[0]).toMatchObject({
      realizedPnl: '0',
      fees: '0',
      reductions: [{ fee: '0' }],
    })
  })

  it('known failure 47: results are not multiplied by leverage, and a second entry overwrites nothing', () => {
    const inputs = feed().buy('0.1', '50000').buy('0.1', '51000').mark('52000')
    for (const leverage of [1, 20]) {
      expect(groupOf(replay(inputs.lines, { leverage }))).toMatchObject({ unrealizedPnl: '300', quantity: '0.2' })
    }
  })

  it('known failure 50: tranches of two symbols do not touch each other', () => {
    const one = feed().buy('0.1', '50000').lines
    const two = feed({ symbol: 'ETHUSDT' }).buy('1', '3000').sell('1', '3100').lines
    const run = replay([...one, ...two])
    expect(groupOf(run, 'LONG', 'BTCUSDT').tranches).toMatchObject([{ status: 'active', quantity: '0.1' }])
    expect(groupOf(run, 'LONG', 'ETHUSDT').tranches).toMatchObject([{ status: 'closed' }])
  })

  it('known failure 73: the average entry is cost by quantity', () => {
    // 25 ÷ 50 000 = 0.0005 and 35 ÷ 49 500 = 0.000707070707: 60 ÷ 0.001207070707 = 49 707.11
    const group = groupOf(replay(feed().buy('0.0005', '50000').buy('0.000707070707', '49500').lines))
    expect(Number(group.weightedAverageEntry)).toBeCloseTo(49_707.11, 2)
  })

  it('known failure 74: a sell shrinks its tranche and rewrites no other', () => {
    const inputs = feed().buy('0.1', '50000').sell('0.1', '51000').buy('0.2', '50000').sell('0.05', '51000')
    expect(groupOf(replay(inputs.lines)).tranches).toMatchObject([
      { status: 'closed', realizedPnl: '100' },
      { status: 'active', quantity: '0.15', realizedPnl: '50' },
    ])
  })

  it('known failure 76: the cooldown counts from the last entry fill, not from sells', () => {
    const desk = new Desk({ options: { trancheCooldownMs: 5000 } })
    desk.open('LONG', '0.1', '50000')
    desk.time += 60_000
    desk.fill('SELL', '0.05', '51000')
    desk.mark('51000')
    const decided = desk.command('openTranche', { side: 'LONG', quantity: '0.1' })
    expect(decided.map(({ type }) => type)).toContain('OrderIntended')
  })
})
