import { parseConfig, parseInput } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { Desk } from './desk.js'
import { feed } from './feed.js'
import { bookOf, groupOf, replay } from './replay.js'

const TARGET = { enableScaledTakeProfit: true }
const AT_ONCE = { driftSettleMs: 0 }

describe('configuration', () => {
  it('known failure 1: an unknown option is an error that names it, not a silent default', () => {
    const file = { defaults: { maxTranche: 5 } }
    expect(() => parseConfig(file)).toThrow(/maxTranche.*did you mean/is)
  })

  it('known failure 2: zero and false stay what they are', () => {
    const { defaults } = parseConfig({
      defaults: {
        trancheIsolationThreshold: 0,
        maxTranches: 0,
        maxIsolatedTranches: 0,
        trancheRecoveryThreshold: 0,
        instantTakeProfit: false,
      },
    })
    expect(defaults).toMatchObject({
      trancheIsolationThreshold: 0n,
      maxTranches: 0,
      maxIsolatedTranches: 0,
      trancheRecoveryThreshold: 0n,
      instantTakeProfit: false,
    })
  })

  it.each([
    { isolated: 0, maxIsolatedTranches: 2, allow: true, may: true },
    { isolated: 1, maxIsolatedTranches: 2, allow: true, may: true },
    { isolated: 2, maxIsolatedTranches: 2, allow: true, may: false },
    { isolated: 1, maxIsolatedTranches: 2, allow: false, may: false },
    { isolated: 0, maxIsolatedTranches: 0, allow: true, may: false },
    { isolated: 2, maxIsolatedTranches: null, allow: true, may: true },
  ])(
    'known failure 3, P10, P11, P12, P13: $isolated isolated of $maxIsolatedTranches, allowed $allow: may open $may',
    (row) => {
      const { isolated, maxIsolatedTranches, allow, may } = row
      const desk = new Desk({ options: { maxTranches: 5, maxIsolatedTranches, allowTrancheWhileIsolated: allow } })
      for (let count = 0; count < isolated; count += 1) desk.fill('BUY', '0.1', '50000')
      desk.mark('47000')
      const decided = desk.command('openTranche', { side: 'LONG', quantity: '0.1' }).map(({ type }) => type)
      expect(decided.at(-1)).toBe(may ? 'OrderIntended' : 'EntryRefused')
    },
  )

  it('known failure 67: shares that do not sum to 100 are normalized with a warning, levels out of order switch it off', () => {
    const levels = (...profits: number[]) => profits.map((profitPercent) => ({ profitPercent, closePercent: 35 }))
    const normalized = parseConfig({ defaults: { ...TARGET, scaledTpLevels: levels(3, 5) } })
    expect(normalized.warnings.join()).toMatch(/100/)
    const tranche = groupOf(replay(feed().buy('0.1', '50000').lines, { ...TARGET, scaledTpLevels: levels(3, 5) }))
      .tranches[0]
    expect(tranche?.quantity).toBe('0.1')
    const unordered = parseConfig({ defaults: { ...TARGET, scaledTpLevels: levels(5, 3) } })
    expect(unordered.defaults).toMatchObject({ enableScaledTakeProfit: false })
    expect(unordered.defaults.scaledTpDisabledReason).toMatch(/expected more than/)
  })
})

describe('quantity and profit', () => {
  it('known failure P1, P1b: parts are neither scaled twice nor overwritten', () => {
    const inputs = feed().buy('0.003', '50000').sell('0.001', '52000')
    expect(groupOf(replay(inputs.lines)).realizedPnl).toBe('2')
    expect(groupOf(replay(inputs.sell('0.002', '52000').lines)).realizedPnl).toBe('6')
  })

  it('known failure P1c: margin follows what remains', () => {
    // 0.003 × 50 000 ÷ 10 = 15, after a third was closed 10
    const { book } = bookOf(replay(feed().buy('0.003', '50000').sell('0.001', '52000').lines))
    const tranche = book.groups.LONG.tranches[0]!
    expect(tranche.cost / BigInt(tranche.leverage)).toBe(10n * 10n ** 24n)
  })

  it('known failure P2, P18: one fill closes several tranches, each part once', () => {
    const inputs = feed().buy('0.001', '50000').buy('0.001', '50000').buy('0.001', '50000').sell('0.003', '51000')
    const group = groupOf(replay(inputs.lines))
    expect(group).toMatchObject({ realizedPnl: '3', quantity: '0' })
    expect(group.tranches.map(({ realizedPnl }) => realizedPnl)).toEqual(['1', '1', '1'])
    const tenths = feed().buy('0.1', '50000').buy('0.1', '50000').buy('0.1', '50000').sell('0.3', '50000')
    expect(bookOf(replay(tenths.lines)).book.groups.LONG.tranches).toEqual([])
  })

  it('known failure P3, incident 24: a shortfall is taken once, to the exact total', () => {
    const inputs = feed()
      .buy('0.001', '50000')
      .buy('0.001', '50000')
      .buy('0.001', '50000')
      .position('0.0015', '50000', '50000')
    expect(groupOf(replay(inputs.lines, AT_ONCE)).quantity).toBe('0.0015')
  })

  it('known failure P4: what the venue holds beyond the book is tracked', () => {
    const inputs = feed().buy('0.001', '50000').position('0.002', '50000', '50000')
    const group = groupOf(replay(inputs.lines, AT_ONCE))
    expect(group).toMatchObject({ quantity: '0.002', syncStatus: 'synced' })
    expect(group.tranches).toHaveLength(2)
  })

  it('known failure P5, P6, incident 23: isolated tranches count, no drift and no duplicate', () => {
    const only = feed().buy('0.001', '50000').mark('47000').position('0.001', '50000', '47000')
    expect(groupOf(replay(only.lines, AT_ONCE))).toMatchObject({ quantity: '0.001', syncStatus: 'synced' })
    const both = feed().buy('0.001', '50000').mark('47000').buy('0.001', '47000').position('0.002', '48500', '47000')
    const group = groupOf(replay(both.lines, AT_ONCE))
    expect(group).toMatchObject({ quantity: '0.002', syncStatus: 'synced' })
    expect(group.tranches).toHaveLength(2)
  })

  it('known failure P6b: a stop of the whole position closes the isolated tranche too', () => {
    const inputs = feed().buy('0.001', '50000').mark('47000').buy('0.001', '47000').sell('0.002', '47000')
    // 0.001 × (47 000 − 50 000) = −3
    expect(groupOf(replay(inputs.lines))).toMatchObject({ quantity: '0', realizedPnl: '-3' })
  })

  it('known failure P7, 21: flat at the venue closes everything, isolated ones too', () => {
    const inputs = feed().buy('0.001', '50000').mark('47000').position('0', null, '47000')
    const group = groupOf(replay(inputs.lines, AT_ONCE))
    expect(group).toMatchObject({ quantity: '0', realizedPnl: '-3', syncStatus: 'synced' })
    expect(group.tranches).toMatchObject([{ status: 'closed', isolated: true }])
  })

  it('known failure P8: margin comes from a known leverage, never from a division by nothing', () => {
    const { book } = bookOf(replay(feed().buy('0.003', '50000').lines, { leverage: 5 }))
    expect(book.groups.LONG.tranches[0]?.leverage).toBe(5)
  })

  it('known failure P9: flat at the venue without any price: nothing is closed at 0', () => {
    const group = groupOf(replay(feed().buy('0.001', '50000').position('0', null, null).lines, AT_ONCE))
    const [tranche] = group.tranches
    for (const { price } of tranche?.reductions ?? []) expect(Number(price)).toBeGreaterThan(0)
    expect(tranche?.exitPrice).not.toBe('0')
  })

  it('known failure P14: a recovered tranche closes on its fill, with an order first', () => {
    const desk = new Desk({ options: { trancheAutoCloseIsolated: true } })
    const tranche = desk.open('LONG', '0.1', '50000')
    desk.mark('47000')
    desk.mark('50000')
    expect(desk.quantity()).toBe('0.1')
    const exit = desk.order('exit', tranche)
    desk.mark('50001')
    expect(desk.orders('exit')).toHaveLength(1)
    desk.answer(exit, 'acknowledged')
    expect(desk.quantity()).toBe('0.1')
    desk.fillOf(exit, '0.1', '50001')
    expect(desk.quantity()).toBe('0')
    expect(desk.eventsOf('TrancheClosed')).toHaveLength(1)
  })

  it('known failure P15: an isolated tranche goes on being valued', () => {
    const inputs = feed().buy('0.001', '50000').mark('47500')
    expect(groupOf(replay(inputs.lines)).tranches[0]?.unrealizedPnl).toBe('-2.5')
    expect(groupOf(replay(inputs.mark('46000').lines)).tranches[0]?.unrealizedPnl).toBe('-4')
  })

  it('known failure P16, 19, 49: the same fill twice, from whichever source, closes once', () => {
    const inputs = feed().buy('0.001', '50000').buy('0.001', '50000').sell('0.001', '51000')
    const again = [...inputs.lines, inputs.lines[2]!, inputs.lines[0]!]
    expect(groupOf(replay(again))).toMatchObject({ quantity: '0.001', realizedPnl: '1' })
  })

  it('known failure P17: closing a tranche twice sends one order and closes once', () => {
    const desk = new Desk()
    const tranche = desk.open('LONG', '0.1', '50000')
    desk.command('closeTranche', { tranche })
    desk.command('closeTranche', { tranche })
    const exits = desk.orders('exit')
    const asked = exits.reduce((sum, { quantity }) => sum + (quantity ?? 0n), 0n)
    expect(asked).toBe(10n ** 11n)
    desk.fillOf(exits[0]!, '0.1', '51000')
    desk.command('closeTranche', { tranche })
    expect(desk.eventsOf('TrancheClosed')).toHaveLength(1)
    expect(desk.orders('exit').filter(({ filled, quantity }) => filled !== quantity)).toEqual([])
  })

  it('known failure 6: totals follow a partial close at once', () => {
    const inputs = feed().buy('0.003', '50000').sell('0.001', '51000').buy('0.001', '50000').sell('0.003', '51000')
    expect(groupOf(replay(inputs.lines))).toMatchObject({ quantity: '0', realizedPnl: '4' })
  })

  it('known failure 7, code −4003: closing a quantity of 0 is refused, not taken for everything', () => {
    const desk = new Desk()
    const tranche = desk.open('LONG', '0.1', '50000')
    expect(() => desk.command('closeTranche', { tranche, quantity: '0' })).toThrow(/quantity above 0/)
    expect(desk.orders('exit')).toEqual([])
  })

  it('known failure 8, incident 9: own entry and average cost are kept apart, and agree at flat', () => {
    const inputs = feed().buy('0.001', '50000').buy('0.001', '50100').buy('0.001', '50200')
    const first = bookOf(replay(inputs.sell('0.001', '52000', { realizedPnl: '1.9' }).lines))
    // own entry 52 000 − 50 200 = 1 800, average cost 52 000 − 50 100 = 1 900
    expect(groupOf(replay(inputs.lines)).realizedPnl).toBe('1.8')
    expect(first.book.averageCost.LONG).toMatchObject({
      realizedPnl: 19n * 10n ** 23n,
      reportedPnl: 19n * 10n ** 23n,
    })
    const flat = bookOf(replay(inputs.sell('0.002', '52000', { realizedPnl: '3.8' }).lines))
    expect(flat.book.groups.LONG.realizedPnl).toBe(flat.book.averageCost.LONG.realizedPnl)
  })

  it('known failure 9: fees and funding are kept with their tranche', () => {
    const inputs = feed()
      .buy('0.01', '50000', { fee: '0.2', feeAsset: 'USDT' })
      .funding('-0.06', '1')
      .sell('0.005', '51000', { fee: '0.1', feeAsset: 'USDT' })
    expect(groupOf(replay(inputs.lines)).tranches[0]).toMatchObject({
      fees: '0.3',
      funding: '-0.06',
      reductions: [{ fee: '0.1', entryFee: '0.1', realizedPnl: '5' }],
    })
  })

  it('known failure 10, incident 10: what is not known is null, never 0', () => {
    const inputs = feed().buy('0.01', '50000').sell('0.01', '51000')
    expect(groupOf(replay(inputs.lines)).tranches[0]).toMatchObject({
      fees: null,
      reductions: [{ fee: null, entryFee: null }],
    })
    expect(bookOf(replay(inputs.lines)).book.averageCost.LONG.reportedPnl).toBeNull()
  })

  it('incident 10: funding that is not known, or cannot be priced, is unknown, never 0', () => {
    const { amount: _amount, ...without } = {
      type: 'funding',
      time: 3000,
      symbol: 'BTCUSDT',
      asset: 'USDT',
      id: '1',
      amount: '1',
    }
    const defaults = { account: 'main', positionMode: 'HEDGE', sequence: 1 } as const
    expect(() => parseInput(without, defaults)).toThrow(/amount is missing/)
    const inputs = feed()
      .buy('0.01', '50000', { fee: '0', feeAsset: 'USDT' })
      .funding('-0.001', '1', 'BNB')
      .mark('50000')
    const group = groupOf(replay(inputs.lines))
    expect(group).toMatchObject({ funding: null, netPnl: null, fees: '0' })
    expect(group.tranches[0]?.fundingByAsset).toEqual({ BNB: '-0.001' })
  })

  it('known failure 11: an isolated tranche may be released, and counts in unrealized totals', () => {
    const inputs = feed().buy('0.01', '50000').mark('47000')
    expect(groupOf(replay(inputs.lines)).unrealizedPnl).toBe('-30')
    const released = groupOf(replay(inputs.mark('50000').lines, { isolationReleasePercent: 0 }))
    expect(released.tranches[0]?.isolated).toBe(false)
  })

  it('known failure 12: two entries of one millisecond have an order', () => {
    const inputs = feed().buy('0.001', '50000').buy('0.001', '50100')
    const sameTime = inputs.lines.map((line) => ({ ...line, time: 1_714_000_000_000 }))
    const close = feed().wait(10_000).sell('0.001', '52000', { tradeId: '3' }).lines
    expect(groupOf(replay([...sameTime, ...close], { closingStrategy: 'LIFO' })).realizedPnl).toBe('1.9')
    expect(groupOf(replay([...sameTime, ...close], { closingStrategy: 'FIFO' })).realizedPnl).toBe('2')
  })

  it('known failure 13: closed tranches leave the live book, not the report', () => {
    const run = replay(feed().buy('0.001', '50000').sell('0.001', '51000').lines)
    expect(bookOf(run).book.groups.LONG.tranches).toEqual([])
    expect(groupOf(run).tranches).toHaveLength(1)
  })

  it('known failure 14: a one-way fill through zero closes and opens', () => {
    const run = replay(
      feed({ side: 'BOTH' }).buy('0.1', '50000').sell('0.3', '51000').lines,
      {},
      { positionMode: 'ONE_WAY' },
    )
    expect(groupOf(run, 'LONG')).toMatchObject({ quantity: '0', realizedPnl: '100' })
    expect(groupOf(run, 'SHORT')).toMatchObject({ quantity: '0.2', weightedAverageEntry: '51000' })
  })
})
