import { describe, expect, it } from 'vitest'
import { problemsOf } from '../../test/config-problems.js'
import { containing } from '../../test/containing.js'
import { parsePercent } from '../money/percent.js'
import { changeConfig } from './change-config.js'
import { DEFAULT_CONFIG } from './default-config.js'

const LEVELS = [{ profitPercent: 2, closePercent: 50 }, { profitPercent: 4, closePercent: 50 }] // prettier-ignore
const FALLING = LEVELS.toReversed()

describe('changeConfig', () => {
  it('changes what is mentioned and nothing else', () => {
    const changed = changeConfig(DEFAULT_CONFIG, {
      maxTranches: 0,
      takeProfitPercent: '7.5',
      maxIsolatedTranches: null,
    })

    expect(changed).toEqual({
      ...DEFAULT_CONFIG,
      maxTranches: 0,
      tpPercent: parsePercent('7.5'),
      maxIsolatedTranches: null,
    })
    expect(changeConfig(changed, {})).toEqual(changed)
  })

  it('keeps the reason why scaled take profit is off until the levels are good', () => {
    const off = changeConfig(DEFAULT_CONFIG, { enableScaledTakeProfit: true, scaledTpLevels: FALLING })
    expect(off).toMatchObject({
      enableScaledTakeProfit: false,
      scaledTpDisabledReason: containing('level 2'),
    })

    expect(changeConfig(off, { maxTranches: 4 })).toEqual({ ...off, maxTranches: 4 })
    expect(changeConfig(off, { scaledTpLevels: LEVELS })).toMatchObject({
      enableScaledTakeProfit: true,
      scaledTpDisabledReason: null,
    })
    expect(changeConfig(off, { enableScaledTakeProfit: false })).toMatchObject({
      enableScaledTakeProfit: false,
      scaledTpDisabledReason: null,
    })
  })

  it('keeps a closing rule of your own that was accepted before', () => {
    const mine = changeConfig(DEFAULT_CONFIG, { closingStrategy: 'MINE' }, { closingRules: ['MINE'] })
    expect(changeConfig(mine, { maxTranches: 4 }).closingStrategy).toBe('MINE')
  })

  it.each<[unknown, string, string]>([
    [{ maxTranche: 3 }, 'maxTranche', 'did you mean "maxTranches"?'],
    [{ leverage: 0 }, 'leverage', 'expected a whole number from 1 to 125'],
    [{ closingStrategy: 'MINE' }, 'closingStrategy', 'register a rule of your own'],
    [{ trailingActivationPercent: 1 }, 'trailingActivationPercent', 'set trailingStopPercent too'],
    [{ maxDailyTrades: 1 }, 'maxDailyTrades', 'write it in "limits"'],
    [{ scaledTpDisabledReason: 'no' }, 'scaledTpDisabledReason', 'unknown option'],
    ['maxTranches=3', '', 'expected an object'],
  ])('refuses %j', (options, path, part) => {
    const problems = problemsOf(() => changeConfig(DEFAULT_CONFIG, options))
    expect(problems).toMatchObject([{ path, message: containing(part) }])
  })
})
