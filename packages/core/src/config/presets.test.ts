import { describe, expect, it } from 'vitest'
import { parsePercent } from '../money/percent.js'
import { DEFAULT_CONFIG } from './default-config.js'
import { parseConfig } from './parse-config.js'
import { PRESETS, type PresetName } from './presets.js'

describe('presets', () => {
  it.each<[PresetName, string, number, number, boolean]>([
    ['aggressiveScalping', '3', 5, 2, true],
    ['holdAndRecover', '10', 3, 2, true],
    ['balanced', '5', 4, 2, true],
    ['conservative', '7', 2, 1, false],
  ])('%s isolates at %s %%, %d active, %d isolated', (name, threshold, active, isolated, isAllowed) => {
    const { defaults, warnings } = parseConfig({ defaults: PRESETS[name] })

    // the default stop of 2 % comes before; a stop beyond the threshold ends the warning
    expect(warnings).toEqual([expect.stringContaining(`${threshold} % of loss normally never isolates`)])
    expect(parseConfig({ defaults: { ...PRESETS[name], slPercent: 15 } }).warnings).toEqual([])
    expect(defaults).toEqual({
      ...DEFAULT_CONFIG,
      trancheIsolationThreshold: parsePercent(threshold),
      maxTranches: active,
      maxIsolatedTranches: isolated,
      allowTrancheWhileIsolated: isAllowed,
    })
  })
})
