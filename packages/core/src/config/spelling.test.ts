import { describe, expect, it } from 'vitest'
import { SYMBOL_OPTIONS } from './option-table.js'
import { closestName } from './spelling.js'

const NAMES = Object.keys(SYMBOL_OPTIONS)

describe('closestName', () => {
  it.each([
    ['maxTranche', 'maxTranches'],
    ['MaxTranches', 'maxTranches'],
    ['max_tranches', 'maxTranches'],
    ['max-tranches', 'maxTranches'],
    ['enable_scaled_take_profit', 'enableScaledTakeProfit'],
    ['scaled_tp_levels', 'scaledTpLevels'],
    ['tp_percent', 'tpPercent'],
    ['levrage', 'leverage'],
    ['isolationThreshold', 'trancheIsolationThreshold'],
    ['maxIsolated', 'maxIsolatedTranches'],
    ['closingStratgey', 'closingStrategy'],
    ['trailing', 'trailingStopPercent'],
  ])('takes %s for %s', (written, meant) => {
    expect(closestName(written, NAMES)).toBe(meant)
  })

  it.each(['', 'x', 'apiKey', 'telegram', 'зло'])('has no idea what %j should be', (written) => {
    expect(closestName(written, NAMES)).toBeNull()
  })

  it.each(NAMES)('finds %s without its last letter and in snake case', (name) => {
    const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

    expect(closestName(name.slice(0, -1), NAMES)).toBe(name)
    expect(closestName(snake, NAMES)).toBe(name)
  })

  it('prefers a slip of the keys, then a part of a name, then the same beginning', () => {
    const candidates = ['thresholdOfLoss', 'lossThreshold', 'thresholt']

    expect(closestName('threshold', candidates)).toBe('thresholt')
    expect(closestName('threshold', candidates.slice(0, 2))).toBe('lossThreshold')
  })
})
