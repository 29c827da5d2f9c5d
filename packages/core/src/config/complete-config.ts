import { formatPercent } from '../money/percent.js'
import type { SymbolOptions } from './option-table.js'
import { oddities } from './oddities.js'
import { judgeLevels } from './scaled-levels.js'
import type { SymbolConfig } from './symbol-config.js'

/** A resolved configuration and what its author should know about it. */
export interface CompletedConfig {
  readonly config: SymbolConfig
  readonly warnings: readonly string[]
}

function singleTarget({ tpPercent }: SymbolOptions): string {
  return tpPercent === null
    ? 'tpPercent is null, so there is no take profit at all'
    : `the single take profit of ${formatPercent(tpPercent)} % applies`
}

function completeLevels(options: SymbolOptions): CompletedConfig {
  const asked = { ...options, scaledTpDisabledReason: null }
  if (!options.enableScaledTakeProfit) return { config: asked, warnings: [] }
  const judged = judgeLevels(options.scaledTpLevels)
  if (judged.type === 'usable') {
    const warnings = judged.warning === null ? [] : [`scaledTpLevels: ${judged.warning}`]
    return { config: { ...asked, scaledTpLevels: judged.levels }, warnings }
  }
  return {
    config: { ...asked, enableScaledTakeProfit: false, scaledTpDisabledReason: judged.reason },
    warnings: [`scaledTpLevels: scaled take profit is off because ${judged.reason}; ${singleTarget(options)}`],
  }
}

/** From what was asked for to what applies: judges the levels of scaled take profit. Levels are looked at only when it is on. */
export function completeConfig(options: SymbolOptions): CompletedConfig {
  const { config, warnings } = completeLevels(options)
  return { config, warnings: [...warnings, ...oddities(options)] }
}

/** What was asked for, from what applies: the way back. */
export function askedOptions(config: SymbolConfig): SymbolOptions {
  const { scaledTpDisabledReason, ...options } = config
  return { ...options, enableScaledTakeProfit: options.enableScaledTakeProfit || scaledTpDisabledReason !== null }
}
