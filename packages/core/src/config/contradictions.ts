import { formatMoney } from '../money/money.js'
import { formatPercent } from '../money/percent.js'
import type { OptionName, SymbolOptions } from './option-table.js'

/** Options that cannot hold together; the first one is where the problem is shown. */
interface Contradiction {
  readonly options: readonly [OptionName, ...OptionName[]]
  /** What was expected, what came, what to do; `null` = they agree. */
  readonly find: (options: SymbolOptions) => string | null
}

/** A contradiction that was found, and the option at which it is shown. */
export interface FoundContradiction {
  readonly option: OptionName
  readonly message: string
}

const CONTRADICTIONS: readonly Contradiction[] = [
  {
    options: ['minTrancheSize', 'maxTrancheSize'],
    find: ({ minTrancheSize: least, maxTrancheSize: most }) => {
      if (least === null || most === null || least <= most) return null
      const limit = formatMoney(most)
      return `expected at most maxTrancheSize ${limit}, got ${formatMoney(least)}; lower it or raise maxTrancheSize`
    },
  },
  {
    options: ['minTrancheSize', 'maxPositionSize'],
    find: ({ minTrancheSize: least, maxPositionSize: most }) => {
      if (least === null || most === null || least <= most) return null
      const limit = formatMoney(most)
      return `expected at most maxPositionSize ${limit}, got ${formatMoney(least)}; lower it or raise maxPositionSize`
    },
  },
  {
    options: ['isolationReleasePercent', 'trancheIsolationThreshold'],
    find: ({ isolationReleasePercent: release, trancheIsolationThreshold: threshold }) => {
      if (release === null || release > -threshold) return null
      const found = `expected more than -trancheIsolationThreshold, got ${formatPercent(release)} at a threshold of`
      return `${found} ${formatPercent(threshold)}; raise it, or a tranche is released as soon as it is isolated`
    },
  },
  {
    options: ['trancheRecoveryThreshold', 'trancheAutoCloseIsolated', 'trancheIsolationThreshold'],
    find: ({ trancheRecoveryThreshold: recovery, trancheIsolationThreshold: threshold, trancheAutoCloseIsolated }) => {
      if (!trancheAutoCloseIsolated || recovery >= -threshold) return null
      const found = `expected at least -trancheIsolationThreshold, got ${formatPercent(recovery)} at a threshold of`
      return `${found} ${formatPercent(threshold)}; raise it, or a tranche is closed as soon as it is isolated`
    },
  },
  {
    options: ['isolationLeverage', 'isolationAction', 'leverage'],
    find: ({ isolationAction, isolationLeverage, leverage }) => {
      if (isolationAction !== 'REDUCE_LEVERAGE' || isolationLeverage < leverage) return null
      const advice = 'lower it, or choose another isolationAction than "REDUCE_LEVERAGE"'
      return `expected less than leverage ${leverage}, got ${isolationLeverage}; ${advice}`
    },
  },
  {
    options: ['trailingActivationPercent', 'trailingStopPercent'],
    find: ({ trailingActivationPercent: activation, trailingStopPercent }) => {
      if (activation === null || trailingStopPercent !== null) return null
      const found = `expected null while trailingStopPercent is null, got ${formatPercent(activation)}`
      return `${found}; set trailingStopPercent too, or leave both out`
    },
  },
]

/** Every contradiction among options that were all understood. */
export function contradictionsIn(options: SymbolOptions, refused: ReadonlySet<string>): readonly FoundContradiction[] {
  return CONTRADICTIONS.flatMap(({ options: names, find }) => {
    if (names.some((name) => refused.has(name))) return []
    const message = find(options)
    return message === null ? [] : [{ option: names[0], message }]
  })
}
