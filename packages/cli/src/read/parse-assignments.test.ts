import { describe, expect, it } from 'vitest'
import { parseAssignments } from './parse-assignments.js'

describe('options on the command line', () => {
  it('are JSON where they are JSON, and texts otherwise', () => {
    const words = [
      'tpPercent=2.5',
      'failSafeStop=true',
      'maxPositionLoss=null',
      'driftPolicy=ALERT',
      'note=a=b',
      'empty=',
      'maxTranches=1e1',
      'slPercent=0.1234567890123456789',
    ]
    expect(parseAssignments([...words, 'scaledTpLevels=[{"profitPercent":3,"closePercent":100}]'])).toEqual({
      tpPercent: 2.5,
      failSafeStop: true,
      maxPositionLoss: null,
      driftPolicy: 'ALERT',
      note: 'a=b',
      empty: '',
      maxTranches: '1e1',
      slPercent: '0.1234567890123456789',
      scaledTpLevels: [{ profitPercent: 3, closePercent: 100 }],
    })
  })

  it.each([
    [['tpPercent'], 'tpPercent is not an option with a value'],
    [['=5'], '=5 is not an option with a value'],
    [['a=1', 'a=2'], 'a is given twice'],
  ])('%j are refused', (words, what) => {
    expect(() => parseAssignments(words)).toThrow(what)
  })
})
