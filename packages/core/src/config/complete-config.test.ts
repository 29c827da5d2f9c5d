import { describe, expect, it } from 'vitest'
import { formatPercent } from '../money/percent.js'
import { configFor, parseConfig } from './parse-config.js'
import type { SymbolConfig } from './symbol-config.js'

const scaled = (...rows: readonly (readonly [number, number])[]): object => ({
  enableScaledTakeProfit: true,
  scaledTpLevels: rows.map(([profitPercent, closePercent]) => ({ profitPercent, closePercent })),
})

const sharesOf = ({ scaledTpLevels }: SymbolConfig): readonly string[] =>
  scaledTpLevels.map(({ closePercent }) => formatPercent(closePercent))

describe('scaled take profit', () => {
  it('known failure 67: levels are not judged while it is off', () => {
    const levels = [{ profitPercent: 5, closePercent: 35 }, { profitPercent: 3, closePercent: 35 }] // prettier-ignore
    const { defaults, warnings } = parseConfig({ defaults: { scaledTpLevels: levels } })

    expect(warnings).toEqual([])
    expect(defaults).toMatchObject({ enableScaledTakeProfit: false, scaledTpDisabledReason: null })
  })

  it('known failure 67: a sum of 70 is normalized with a warning', () => {
    const { defaults, warnings } = parseConfig({ defaults: scaled([3, 35], [5, 35]) })

    expect(defaults).toMatchObject({ enableScaledTakeProfit: true, scaledTpDisabledReason: null })
    expect(sharesOf(defaults)).toEqual(['50', '50'])
    expect(warnings).toEqual([
      'defaults.scaledTpLevels: closePercent of the levels sums to 70, expected 100; normalized to 50 / 50',
    ])
  })

  it('known failure 67: levels that do not rise switch it off for that symbol, with the reason', () => {
    const config = parseConfig({
      defaults: scaled([3, 100]),
      symbols: { BTCUSDT: scaled([5, 50], [3, 50]), ETHUSDT: {} },
    })
    const reason = 'level 2 takes profit at 3 %, expected more than 5 % of the level before it'

    expect(configFor(config, 'BTCUSDT')).toMatchObject({
      enableScaledTakeProfit: false,
      scaledTpDisabledReason: reason,
    })
    expect(configFor(config, 'ETHUSDT')).toMatchObject({ enableScaledTakeProfit: true, scaledTpDisabledReason: null })
    expect(config.warnings).toEqual([
      `symbols.BTCUSDT.scaledTpLevels: scaled take profit is off because ${reason}; the single take profit of 5 % applies`,
    ])
  })

  it('says when there is no single take profit either', () => {
    const { warnings } = parseConfig({ defaults: { ...scaled([0, 100]), tpPercent: null } })
    expect(warnings[0]).toMatch(/; tpPercent is null, so there is no take profit at all$/)
  })

  it('is judged where a symbol switches it on over inherited levels', () => {
    const { scaledTpLevels } = scaled([3, 20], [5, 20]) as { readonly scaledTpLevels: unknown }
    const config = parseConfig({ defaults: { scaledTpLevels }, symbols: { BTCUSDT: { enableScaledTakeProfit: true } } })

    expect(sharesOf(config.defaults)).toEqual(['20', '20'])
    expect(sharesOf(configFor(config, 'BTCUSDT'))).toEqual(['50', '50'])
  })
})

describe('warnings', () => {
  it.each<[object, string]>([
    [{ maxTranches: 0 }, 'maxTranches: 0 lets no tranche open'],
    [
      { maxIsolatedTranches: 0 },
      'maxIsolatedTranches: 0 lets no tranche open, isolated or not; use 1, or allowTrancheWhileIsolated false, to stop at the first',
    ],
    [{ slPercent: null }, 'slPercent: null opens tranches without a stop loss'],
    [
      { protection: 'COMBINED', enableScaledTakeProfit: true },
      'enableScaledTakeProfit: closes nothing in levels with protection "COMBINED", which has one take profit for the side: the levels only move the stops',
    ],
    [{ whenFull: 'MERGE_LEAST_LOSSY' }, 'whenFull: has an effect only with entryMode "AVERAGE_UNTIL_UNDERWATER"'],
    [{ slTpStrategy: 'AVERAGE' }, 'slTpStrategy: has an effect only with protection "COMBINED"'],
    [{ combinedIncludesIsolated: true }, 'combinedIncludesIsolated: has an effect only with protection "COMBINED"'],
    [
      { trancheAutoCloseIsolated: true, isolationReleasePercent: -1 },
      'trancheRecoveryThreshold: is never reached by an isolated tranche: isolationReleasePercent makes it active again before',
    ],
  ])('%j is allowed and told', (options, warning) => {
    expect(parseConfig({ defaults: options }).warnings).toEqual([`defaults.${warning}`])
  })

  it('are told where they begin, not again for every symbol that inherits them', () => {
    const { warnings } = parseConfig({
      defaults: { slPercent: null },
      symbols: { A: {}, B: { maxTranches: 0 }, C: { slPercent: 2 } },
    })

    expect(warnings).toEqual([
      'defaults.slPercent: null opens tranches without a stop loss',
      'symbols.B.maxTranches: 0 lets no tranche open',
    ])
  })
})
