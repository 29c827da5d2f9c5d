import { describe, expect, it } from 'vitest'
import { Desk } from './desk.js'
import { feed } from './feed.js'
import { groupOf, replay } from './replay.js'

const TARGET = { enableScaledTakeProfit: true }

describe('take profit and ladder', () => {
  it('known failure 61: a scaled tranche has its stop, and the ladder moves that stop', () => {
    const desk = new Desk({ options: TARGET })
    const tranche = desk.open('LONG', '0.1', '50000')
    desk.protect()
    expect(desk.order('stop', tranche).triggerPrice).toBe(49_000n * 10n ** 12n)
    desk.mark('51500')
    expect(desk.book.groups.LONG.tranches[0]?.stopPrice).toBe(50_000n * 10n ** 12n)
  })

  it('known failure 62: the ladder never lowers a stop', () => {
    const inputs = feed().buy('0.1', '50000').command('moveStop', { tranche: 'T1', price: '50800' }).mark('51500')
    expect(groupOf(replay(inputs.lines, TARGET)).tranches[0]?.stopLossPrice).toBe('50800')
  })

  it('known failure 63: a level is closed when its quantity was, not when a part was', () => {
    const desk = new Desk({ options: { ...TARGET, instantTakeProfit: false } })
    const tranche = desk.open('LONG', '1', '50000')
    desk.protect()
    const target = desk.orders('takeProfit').find(({ level }) => level === 1)!
    desk.fillOf(target, '0.1', '51500')
    const [level] = desk.book.groups.LONG.tranches[0]!.levels
    expect(level).toMatchObject({ filled: 10n ** 11n, quantity: 4n * 10n ** 11n })
    desk.protect()
    const stillAsked = desk.orders('takeProfit').find(({ level: of }) => of === 1)!
    expect((stillAsked.quantity ?? 0n) - stillAsked.filled).toBe(3n * 10n ** 11n)
    expect(tranche).toBe('T1')
  })

  it('known failure 64: levels never ask for more than remains', () => {
    const desk = new Desk({ options: { ...TARGET, instantTakeProfit: false } })
    desk.open('LONG', '1', '50000')
    desk.fill('SELL', '0.8', '50500')
    desk.settle()
    const asked = desk.orders('takeProfit').reduce((sum, { quantity, filled }) => sum + (quantity ?? 0n) - filled, 0n)
    expect(asked).toBe(2n * 10n ** 11n)
  })

  it.each([
    { quantity: '1', minimum: '0.35', expected: ['0.4', '0', '0.6'] },
    { quantity: '0.4', minimum: '0.15', expected: ['0.16', '0', '0.24'] },
    { quantity: '0.1', minimum: '0.035', expected: ['0.04', '0', '0.06'] },
  ])('known failure 65: $quantity with a minimum of $minimum strands nothing', ({ quantity, minimum, expected }) => {
    const { levels } = replay(feed().buy(quantity, '50000').lines, { ...TARGET, scaledTpMinOrderSize: minimum })
    expect(levels('LONG', 0).map((level) => level.quantity)).toEqual(expected)
  })

  it('known failure 66: a tranche wholly closed at its first level is closed', () => {
    const inputs = feed().buy('0.1', '50000').mark('51500').sell('0.1', '51500')
    expect(
      groupOf(replay(inputs.lines, { ...TARGET, scaledTpMinOrderSize: '0.07', scaledTpFallbackToSingle: false })),
    ).toMatchObject({
      quantity: '0',
      tranches: [{ status: 'closed' }],
    })
  })

  it('known failure 68: long and short of one symbol climb their own ladders', () => {
    const long = feed().buy('0.1', '50000').lines
    const short = feed({ side: 'SHORT' }).wait(3000).sell('0.1', '50000', { tradeId: '2' }).mark('51500').lines
    const run = replay([...long, ...short], TARGET)
    expect(groupOf(run, 'LONG').tranches[0]?.stopLossPrice).toBe('50000')
    expect(groupOf(run, 'SHORT').tranches[0]?.stopLossPrice).toBe('51000')
  })

  it('known failure 69: level sizes and targets carry no dust', () => {
    const tenth = replay(feed().buy('0.1', '50000').lines, TARGET).levels('LONG', 0)
    expect(tenth.map(({ quantity }) => quantity)).toEqual(['0.04', '0.03', '0.03'])
    const dear = replay(feed().buy('1', '0.07').lines, TARGET).levels('LONG', 0)
    expect(dear[0]?.price).toBe('0.0721')
  })

  it('known failure 70: breakeven may include both fees', () => {
    const inputs = feed().buy('0.1', '50000').mark('51500')
    const options = { ...TARGET, breakevenIncludesFees: true, takerFeePercent: '0.05' }
    expect(Number(groupOf(replay(inputs.lines, options)).tranches[0]?.stopLossPrice)).toBeCloseTo(50_050.025, 3)
  })

  it('known failure 71: a trade that closed in parts reports all of them, and its whole result', () => {
    const inputs = feed().buy('0.1', '50000').sell('0.04', '51500').sell('0.03', '52500').sell('0.03', '52000')
    const [tranche] = groupOf(replay(inputs.lines, TARGET)).tranches
    // 0.04 × 1 500 + 0.03 × 2 500 + 0.03 × 2 000
    expect(tranche).toMatchObject({ status: 'closed', realizedPnl: '195', originalQuantity: '0.1' })
    expect(tranche?.reductions.map(({ realizedPnl }) => realizedPnl)).toEqual(['60', '75', '60'])
  })

  it('known failure 72: a gap triggers every level it passes, in order', () => {
    const run = replay(feed().buy('0.1', '50000').mark('54000').lines, TARGET)
    expect(run.events.flatMap((event) => (event.type === 'TakeProfitReached' ? [event.level] : []))).toEqual([1, 2, 3])
    expect(groupOf(run).tranches[0]?.stopLossPrice).toBe('52500')
  })
})
