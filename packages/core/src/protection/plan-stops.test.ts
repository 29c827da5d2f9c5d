import { describe, expect, it } from 'vitest'
import { LONG, planOf } from '../../test/builders/plan-builder.js'
import { planTexts, uncoveredTexts } from '../../test/builders/plan-text.js'
import { parseQuantity } from '../money/quantity.js'

describe('stops below the minimum of the venue', () => {
  const instrument = { minQuantity: parseQuantity('0.1') }

  it('go with the nearest other stop, at the more protective trigger', () => {
    const three = [
      { ...LONG, quantity: '0.05', stop: '48100', takeProfit: null },
      { ...LONG, id: 'T2', quantity: '0.2', stop: '49000', takeProfit: null },
      { ...LONG, id: 'T3', quantity: '0.2', stop: '48000', takeProfit: null },
    ]
    const small = planOf(three, { instrument, config: { failSafeStop: false } })
    expect(planTexts(small)).toEqual([
      'SELL stop 0.2 at 49000 for T2 0.2',
      'SELL stop 0.25 at 48100 for T1 0.05 + T3 0.2',
    ])
    expect(small.degradation).toEqual({
      step: 'combineStops',
      sides: ['LONG'],
      reason: 'stops below the minimum quantity of the venue cannot rest alone',
    })
  })

  it('become a close-position stop where there is no other, whatever the option says', () => {
    const lone = planOf([{ ...LONG, quantity: '0.05' }], { instrument, config: { failSafeStop: false } })
    expect(planTexts(lone)).toEqual(['SELL failSafe all at 49000'])
    expect(uncoveredTexts(lone)).toEqual(['stop T1 0.05 belowMinimum', 'takeProfit T1 0.05 belowMinimum'])
  })
})
