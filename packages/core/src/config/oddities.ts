import { formatPercent } from '../money/percent.js'
import type { SymbolOptions } from './option-table.js'

interface Oddity {
  readonly option: keyof SymbolOptions
  readonly isFound: (options: SymbolOptions) => boolean
  readonly warning: string
}

function releasesBeforeRecovery(options: SymbolOptions): boolean {
  const { isolationReleasePercent, trancheRecoveryThreshold } = options
  if (isolationReleasePercent === null || !options.trancheAutoCloseIsolated) return false
  return isolationReleasePercent < trancheRecoveryThreshold
}

const ODDITIES: readonly Oddity[] = [
  {
    option: 'maxTranches',
    isFound: (options) => options.maxTranches === 0,
    warning: '0 lets no tranche open',
  },
  {
    option: 'maxIsolatedTranches',
    isFound: (options) => options.maxIsolatedTranches === 0,
    warning: '0 lets no tranche open, isolated or not; use 1, or allowTrancheWhileIsolated false, to stop at the first',
  },
  {
    option: 'slPercent',
    isFound: (options) => options.slPercent === null,
    warning: 'null opens tranches without a stop loss',
  },
  {
    option: 'whenFull',
    isFound: (options) => options.entryMode === 'NEW_TRANCHE' && options.whenFull !== 'BLOCK',
    warning: 'has an effect only with entryMode "AVERAGE_UNTIL_UNDERWATER"',
  },
  {
    option: 'slTpStrategy',
    isFound: (options) => options.protection === 'PER_TRANCHE' && options.slTpStrategy !== 'NEWEST',
    warning: 'has an effect only with protection "COMBINED"',
  },
  {
    option: 'combinedIncludesIsolated',
    isFound: (options) => options.protection === 'PER_TRANCHE' && options.combinedIncludesIsolated,
    warning: 'has an effect only with protection "COMBINED"',
  },
  {
    option: 'enableScaledTakeProfit',
    isFound: (options) => options.protection === 'COMBINED' && options.enableScaledTakeProfit,
    warning:
      'closes nothing in levels with protection "COMBINED", which has one take profit for the side: the levels only move the stops',
  },
  {
    option: 'trancheRecoveryThreshold',
    isFound: releasesBeforeRecovery,
    warning: 'is never reached by an isolated tranche: isolationReleasePercent makes it active again before',
  },
]

/** What is allowed and probably not meant, one sentence each. */
export function oddities(options: SymbolOptions): readonly string[] {
  return ODDITIES.filter(({ isFound }) => isFound(options)).map(({ option, warning }) => `${option}: ${warning}`)
}

/**
 * Where an isolation threshold was written that a tranche normally never comes to, because its stop closes it before. The default
 * threshold alone asks for nothing.
 */
export function lateIsolation(options: SymbolOptions, written: ReadonlySet<string>): readonly string[] {
  const { slPercent, trancheIsolationThreshold: threshold } = options
  if (slPercent === null || slPercent > threshold || !written.has('trancheIsolationThreshold')) return []
  const [loss, stop] = [formatPercent(threshold), formatPercent(slPercent)]
  return [
    `trancheIsolationThreshold: ${loss} % of loss normally never isolates: the stop of slPercent ${stop} % comes before; lower it, or raise slPercent`,
  ]
}
