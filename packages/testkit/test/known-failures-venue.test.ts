import { formatQuantity, parseMoney, parseQuantity } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { Desk } from './desk.js'
import { feed } from './feed.js'
import { groupOf, replay } from './replay.js'

const types = (events: readonly { readonly type: string }[]): readonly string[] => events.map(({ type }) => type)

describe('what the venue answers', () => {
  it('code −2011: "unknown order" on a cancel is no success, and a fill behind it counts', () => {
    const desk = new Desk()
    desk.mark('50000')
    desk.command('openTranche', { side: 'LONG', quantity: '0.1', price: '49000' })
    const entry = desk.order('entry')
    desk.answer(entry, 'acknowledged')
    desk.command('killSwitch')
    expect(types(desk.answer(entry, 'cancelRefused', { code: '-2011' }))).toContain('CancelRefused')
    expect(desk.orders('entry')).toHaveLength(1)
    desk.fillOf(entry, '0.1', '49000')
    expect(desk.quantity()).toBe('0.1')
  })

  it('code −2019: a refused entry leaves nothing behind, and its slot is free again', () => {
    const desk = new Desk({ options: { maxTranches: 1 } })
    desk.mark('50000')
    desk.command('openTranche', { side: 'LONG', quantity: '0.1' })
    desk.answer(desk.order('entry'), 'refused', { code: '-2019', isPermanent: true })
    expect([desk.quantity(), desk.orders('entry').length]).toEqual(['0', 0])
    expect(types(desk.command('openTranche', { side: 'LONG', quantity: '0.1' }))).toContain('OrderIntended')
  })

  it('code −2021, known failure 51: stops that are refused end in a close-position stop or a market exit, not in nothing', () => {
    const desk = new Desk()
    desk.open('LONG', '0.1', '50000')
    for (let round = 0; round < 10; round += 1) {
      desk.take({ type: 'review' })
      for (const order of desk.orders('stop'))
        if (order.state === 'intended') desk.answer(order, 'refused', { code: '-2021', isPermanent: true })
    }
    const stops = desk.eventsOf('OrderIntended').filter(({ purpose }) => purpose === 'stop')
    expect(stops.length).toBeLessThanOrEqual(4)
    expect([...desk.orders('failSafe'), ...desk.orders('exit')].length).toBeGreaterThan(0)
  })

  it('code −2022: a refused exit books nothing, and the tranche can be closed again', () => {
    const desk = new Desk()
    const tranche = desk.open('LONG', '0.1', '50000')
    desk.command('closeTranche', { tranche })
    desk.answer(desk.order('exit'), 'refused', { code: '-2022', isPermanent: true })
    expect(desk.quantity()).toBe('0.1')
    expect(types(desk.command('closeTranche', { tranche }))).toContain('OrderIntended')
  })

  it('code −4164, python #9: an entry below the smallest notional is refused before it is sent', () => {
    const desk = new Desk({ instrument: { minNotional: parseMoney('5') } })
    desk.mark('4134.9')
    // 0.001 × 4 134.9 = 4.1349
    const decided = desk.command('openTranche', { side: 'LONG', quantity: '0.001' })
    expect(decided.filter(({ type }) => type !== 'BookOpened' && type !== 'MarkObserved')).toMatchObject([
      { type: 'EntryRefused', message: expect.stringContaining('4.1349') as string },
    ])
  })
})

describe('what is not known', () => {
  it('known failure 5: without a price, or without leave to trade, an entry is refused, not let through', () => {
    const blind = new Desk()
    expect(types(blind.command('openTranche', { side: 'LONG', quantity: '0.1' }))).toContain('EntryRefused')
    const protecting = new Desk({ sending: 'protect' })
    protecting.mark('50000')
    expect(types(protecting.command('openTranche', { side: 'LONG', quantity: '0.1' }))).toContain('EntryRefused')
    expect(blind.orders('entry').length + protecting.orders('entry').length).toBe(0)
  })

  it('known failure 28: an entry whose answer was lost is not sent again; it holds its slot until it is looked up', () => {
    const desk = new Desk({ options: { maxTranches: 1 } })
    desk.mark('50000')
    desk.command('openTranche', { side: 'LONG', quantity: '0.1' })
    const entry = desk.order('entry')
    desk.answer(entry, 'unknown')
    desk.mark('50000')
    desk.protect()
    expect(types(desk.command('openTranche', { side: 'LONG', quantity: '0.1' }))).toContain('EntryRefused')
    desk.fillOf(entry, '0.1', '50000')
    expect([
      desk.quantity(),
      desk.eventsOf('OrderIntended').filter(({ purpose }) => purpose === 'entry').length,
    ]).toEqual(['0.1', 1])
  })

  it('incident 17: after everything was closed a stale price lets nothing open', () => {
    const desk = new Desk({ options: { maxPriceAgeMs: 5000 } })
    desk.open('LONG', '0.1', '50000')
    desk.command('flatten')
    desk.fillOf(desk.order('exit'), '0.1', '50000')
    desk.time += 10_000
    expect(types(desk.command('openTranche', { side: 'LONG', quantity: '0.1' }))).toContain('EntryRefused')
    desk.mark('50000')
    expect(types(desk.command('openTranche', { side: 'LONG', quantity: '0.1' }))).toContain('OrderIntended')
  })
})

describe('what users ask for', () => {
  it('theme 4, node #66: the move of the price and the return on margin are two figures, each with its base', () => {
    const inputs = feed({ symbol: 'BNBUSDT' }).buy('0.12', '1113.75').mark('1158.474')
    const [tranche] = groupOf(replay(inputs.lines, { leverage: 25, slPercent: null })).tranches
    // 0.12 × 44.724 = 5.36688; ÷ 133.65 = 4.0156 %; margin 133.65 ÷ 25 = 5.346; 5.36688 ÷ 5.346 = 100.39 %
    expect(tranche).toMatchObject({ unrealizedPnl: '5.36688', margin: '5.346' })
    expect(Number(tranche?.pnlPercent)).toBeCloseTo(4.016, 3)
    expect(Number(tranche?.roePercent)).toBeCloseTo(100.39, 2)
  })

  it.each(['pause', 'gracefulStop'])(
    'theme 5, LickHunterPRO #67: %s stops entries; stops and closes go on',
    (command) => {
      const desk = new Desk()
      const tranche = desk.open('LONG', '0.1', '50000')
      desk.command(command)
      expect(types(desk.command('openTranche', { side: 'LONG', quantity: '0.1' }))).toEqual(['EntryRefused'])
      desk.protect()
      expect(formatQuantity(desk.order('stop').quantity!)).toBe('0.1')
      expect(types(desk.command('closeTranche', { tranche }))).toContain('OrderIntended')
      desk.command('resume')
      desk.mark('50000')
      expect(types(desk.command('openTranche', { side: 'LONG', quantity: '0.1' }))).toContain('OrderIntended')
    },
  )

  it('theme 6, LickHunterPRO #69: entries keep their distance, isolated tranches included', () => {
    const desk = new Desk({ options: { minEntrySpacingPercent: 2, slPercent: null } })
    desk.open('LONG', '0.1', '50000')
    desk.mark('49500')
    expect(types(desk.command('openTranche', { side: 'LONG', quantity: '0.1' }))).toContain('EntryRefused')
    desk.mark('49000')
    expect(types(desk.command('openTranche', { side: 'LONG', quantity: '0.1' }))).toContain('OrderIntended')
  })

  it('Bybit-Lick-Hunter-v4 #67: adding to a tranche needs no free slot', () => {
    const desk = new Desk({ options: { maxTranches: 1 }, limits: { maxActivePositions: 1, maxTranchesGlobal: 1 } })
    const tranche = desk.open('LONG', '0.1', '50000')
    desk.mark('50600')
    expect(types(desk.command('openTranche', { side: 'LONG', quantity: '0.1' }))).toContain('EntryRefused')
    expect(types(desk.command('addToTranche', { tranche, quantity: '0.05' }))).toContain('OrderIntended')
    desk.fillOf(desk.order('entry'), '0.05', '50600')
    // (0.1 × 50 000 + 0.05 × 50 600) ÷ 0.15 = 50 200
    const [grown] = desk.book.groups.LONG.tranches
    expect(grown).toMatchObject({ id: tranche, quantity: parseQuantity('0.15') })
    expect(grown!.basisCost / grown!.basisQuantity).toBe(50_200n * 10n ** 12n)
  })

  it('LimitSwap #97, LickHunterPRO #75: a stop that trails moves up only', () => {
    const inputs = feed().buy('0.1', '50000').mark('51000')
    const stop = (): string | null | undefined =>
      groupOf(replay(inputs.lines, { trailingStopPercent: 1 })).tranches[0]?.stopLossPrice
    // 51 000 × 0.99
    expect(stop()).toBe('50490')
    inputs.mark('50600')
    expect(stop()).toBe('50490')
  })

  it('node #4: a tranche is closed by hand, all of it or a part', () => {
    const desk = new Desk()
    const tranche = desk.open('LONG', '0.1', '50000')
    desk.command('closeTranche', { tranche, quantity: '0.04' })
    desk.fillOf(desk.order('exit'), '0.04', '50100')
    expect(desk.quantity()).toBe('0.06')
    desk.command('closeTranche', { tranche })
    desk.fillOf(desk.orders('exit').at(-1)!, '0.06', '50100')
    expect(desk.eventsOf('TrancheClosed')).toMatchObject([{ tranche, realizedPnl: '10' }])
  })
})
