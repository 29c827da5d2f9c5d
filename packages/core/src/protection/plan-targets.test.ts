import { describe, expect, it } from 'vitest'
import { resting } from '../../test/builders/book-builder.js'
import { eventOf, levelText } from '../../test/builders/events-builder.js'
import { LONG, planOf, SCALED } from '../../test/builders/plan-builder.js'
import { planTexts } from '../../test/builders/plan-text.js'
import { parseQuantity } from '../money/quantity.js'

describe('scaled take profit', () => {
  it('rests one order per level, for row 10', () => {
    expect(planTexts(planOf([SCALED]))).toEqual([
      'SELL stop 0.1 at 49000 for T1 0.1',
      'SELL takeProfit 1 0.04 at 51500 for T1 0.04',
      'SELL takeProfit 2 0.03 at 52500 for T1 0.03',
      'SELL takeProfit 3 0.03 at 54000 for T1 0.03',
    ])
  })

  it.each([
    // After TP1: 0.06 left behind breakeven; after TP2: 0.03 behind TP1's target
    ['0.06', ['0.04', '0', '0'], '50000', ['2 0.03 at 52500', '3 0.03 at 54000']],
    ['0.03', ['0.04', '0.03', '0'], '51500', ['3 0.03 at 54000']],
    // TP1 filled in part: the rest of it stays
    ['0.09', ['0.01', '0', '0'], '49000', ['1 0.03 at 51500', '2 0.03 at 52500', '3 0.03 at 54000']],
    // 0.05 closed by hand: the nearest levels keep theirs, the last takes what remains
    ['0.05', ['0', '0', '0'], '49000', ['1 0.04 at 51500', '2 0.01 at 52500']],
    // closed by hand beyond all levels but the last
    ['0.08', ['0.04', '0.03', '0'], '51500', ['3 0.08 at 54000']],
  ])('with %s left and %s of the levels filled', (left, filled, stop, levels) => {
    const tranche = {
      ...SCALED,
      stop,
      quantity: left,
      levels: SCALED.levels?.map((level, index) => ({ ...level, filled: filled[index] ?? '0' })) ?? [],
    }
    expect(planTexts(planOf([tranche], { mark: '51600', config: { instantTakeProfit: false } }))).toEqual([
      `SELL stop ${left} at ${stop} for T1 ${left}`,
      ...levels.map((level) => `SELL takeProfit ${level} for T1 ${level.split(' ')[1]}`),
    ])
  })

  it('skips levels of quantity 0, for row 11', () => {
    const levels = [levelText('3', '51500', '0'), levelText('5', '52500', '0.1'), levelText('8', '54000', '0')]
    expect(planTexts(planOf([{ ...LONG, levels }])).slice(1)).toEqual(['SELL takeProfit 2 0.1 at 52500 for T1 0.1'])
  })

  it('rolls a level below the minimum of the venue into the next, and the last into the one before', () => {
    // 0.03 + 0.04 at TP2, then the last 0.03 joins them
    const levels = [levelText('3', '51500', '0.03'), levelText('5', '52500', '0.04'), levelText('8', '54000', '0.03')]
    const instrument = { minQuantity: parseQuantity('0.035') }
    expect(planTexts(planOf([{ ...LONG, levels }], { instrument })).slice(1)).toEqual([
      'SELL takeProfit 2 0.1 at 52500 for T1 0.1',
    ])
  })

  it('passes what a level has below the step on to the next', () => {
    const levels = [
      levelText('3', '51500', '0.0333'),
      levelText('5', '52500', '0.0333'),
      levelText('8', '54000', '0.0334'),
    ]
    // 0.0333 → 0.033; 0.0003 + 0.0333 → 0.033; 0.0006 + 0.0334 = 0.034
    expect(planTexts(planOf([{ ...LONG, levels }])).slice(1)).toEqual([
      'SELL takeProfit 1 0.033 at 51500 for T1 0.033',
      'SELL takeProfit 2 0.033 at 52500 for T1 0.033',
      'SELL takeProfit 3 0.034 at 54000 for T1 0.034',
    ])
  })
})

describe('instant take profit', () => {
  const past = { mark: '52600' }

  it('closes at market what a fresh mark has left behind', () => {
    expect(planTexts(planOf([LONG], past))).toEqual([
      'SELL stop 0.1 at 49000 for T1 0.1',
      'SELL exit 0.1 (takeProfit) for T1 0.1',
    ])
  })

  it('waits until the resting order is gone, and for its fills', () => {
    const events = resting({ clientOrderId: 't', purpose: 'takeProfit', quantity: '0.1' })
    expect(planTexts(planOf([LONG], { ...past, events }))).toEqual(['SELL stop 0.1 at 49000 for T1 0.1'])
    // the venue has ended it with 0.03 filled that are not booked yet: 0.07 are free
    const ending = eventOf('OrderEnding', 3, { clientOrderId: 't', status: 'cancelled', filledQuantity: '0.03' })
    expect(planTexts(planOf([LONG], { ...past, events: [...events, ending] })).slice(1)).toEqual([
      'SELL exit 0.07 (takeProfit) for T1 0.07',
    ])
  })

  it('closes every level that was passed, in ascending order', () => {
    expect(planTexts(planOf([SCALED], past))).toEqual([
      'SELL stop 0.1 at 49000 for T1 0.1',
      'SELL takeProfit 3 0.03 at 54000 for T1 0.03',
      'SELL exit 0.04 (takeProfit 1) for T1 0.04',
      'SELL exit 0.03 (takeProfit 2) for T1 0.03',
    ])
  })

  it('goes on with a level that was reached though the mark has come back', () => {
    const levels = SCALED.levels?.map((level, index) => (index === 0 ? { ...level, hitTime: 5 } : level)) ?? []
    expect(planTexts(planOf([{ ...SCALED, levels }])).at(-1)).toBe('SELL exit 0.04 (takeProfit 1) for T1 0.04')
  })

  it('passes what a reached level has below the step on to the next', () => {
    const levels = [
      { ...levelText('3', '51500', '0.0405'), filled: '0.04', hitTime: 5 },
      levelText('5', '52500', '0.0595'),
    ]
    // 0.0005 of TP1 and 0.0595 of TP2
    expect(planTexts(planOf([{ ...LONG, quantity: '0.06', levels }])).slice(1)).toEqual([
      'SELL takeProfit 2 0.06 at 52500 for T1 0.06',
    ])
  })

  it('leaves the order to rest when it is off', () => {
    expect(planTexts(planOf([LONG], { ...past, config: { instantTakeProfit: false } })).at(-1)).toBe(
      'SELL takeProfit 0.1 at 52500 for T1 0.1',
    )
  })
})
