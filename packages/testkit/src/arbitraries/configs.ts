import fc from 'fast-check'
import type { ConfigFile, OptionsFile } from '../lines/config-file.js'

const RULES = ['LIFO', 'FIFO', 'WORST_FIRST', 'BEST_FIRST', 'HIFO', 'LOFO', 'PRO_RATA'] as const
const LADDERS = [
  'BREAKEVEN_THEN_PREVIOUS',
  'BREAKEVEN',
  'PREVIOUS_TARGET',
  'TWO_TARGETS_BACK',
  'PERCENT_BELOW_HIGHEST',
  'TRAIL_FROM_HERE',
  'NONE',
] as const

/** Percentages as people write them, as text: `0.1` to `max`, and some that have no short binary form. */
const percent = (max: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.integer({ min: 1, max }).map(String),
    fc.integer({ min: 1, max: max * 10 - 1 }).map((tenths) => `${Math.floor(tenths / 10)}.${tenths % 10}`),
  )

/** Rising profits. Shares sum to 100, or to a sum that becomes 100 without a fraction being cut. */
export function scaledLevels(): fc.Arbitrary<
  readonly { readonly profitPercent: string; readonly closePercent: string }[]
> {
  const step = fc.record({ rise: fc.integer({ min: 1, max: 5 }), weight: fc.integer({ min: 1, max: 9 }) })
  const sums = fc.constantFrom(100, 100, 100, 80, 50, 125)
  return fc.tuple(fc.array(step, { minLength: 1, maxLength: 5 }), sums).map(([steps, sum]) => {
    const weights = steps.reduce((all, { weight }) => all + weight, 0)
    let profit = 0
    let given = 0
    return steps.map(({ rise, weight }, index) => {
      const share = index === steps.length - 1 ? sum - given : Math.floor((sum * weight) / weights)
      profit += rise
      given += share
      return { profitPercent: String(profit), closePercent: String(share) }
    })
  })
}

const entries = fc.record({
  entryMode: fc.constantFrom('NEW_TRANCHE', 'AVERAGE_UNTIL_UNDERWATER'),
  trancheIncrementPercent: percent(10),
  whenFull: fc.constantFrom('BLOCK', 'MERGE_LEAST_LOSSY'),
  tpPercent: fc.option(percent(20), { freq: 8 }),
  slPercent: fc.option(percent(20), { freq: 8 }),
  leverage: fc.constantFrom(1, 5, 10, 125),
})

const limits = fc.record({
  maxTranches: fc.integer({ min: 0, max: 6 }),
  maxIsolatedTranches: fc.option(fc.integer({ min: 0, max: 3 })),
  allowTrancheWhileIsolated: fc.boolean(),
  trancheCooldownMs: fc.constantFrom(0, 0, 1000),
})

const isolation = fc.record({
  trancheIsolationThreshold: percent(12),
  isolationReleasePercent: fc.option(fc.integer({ min: 0, max: 5 }).map(String), { freq: 3 }),
})

const closing = fc.record({
  closingStrategy: fc.constantFrom(...RULES),
  isolatedClosing: fc.option(fc.constantFrom('LAST', 'EQUAL'), { freq: 2 }),
})

const takeProfit = fc.record({
  enableScaledTakeProfit: fc.boolean(),
  scaledTpLevels: scaledLevels(),
  scaledTpMinOrderSize: fc.constantFrom('0', '0.002', '0.035', '5', '20000'),
  scaledTpFallbackToSingle: fc.boolean(),
  stopLadder: fc.constantFrom(...LADDERS),
  stopLadderPercent: percent(5),
  breakevenIncludesFees: fc.boolean(),
})

const trailing = fc.oneof(
  fc.constant({ trailingStopPercent: null, trailingActivationPercent: null }),
  fc.record({ trailingStopPercent: percent(10), trailingActivationPercent: fc.option(percent(10), { freq: 2 }) }),
)

const protection = fc.record({
  protection: fc.constantFrom('PER_TRANCHE', 'COMBINED'),
  slTpStrategy: fc.constantFrom('NEWEST', 'OLDEST', 'BEST_ENTRY', 'AVERAGE'),
  combinedIncludesIsolated: fc.boolean(),
  failSafeStop: fc.boolean(),
})

const reconciliation = fc.record({
  driftPolicy: fc.constantFrom('ADOPT', 'ADOPT', 'HALT', 'ALERT'),
  driftSettleMs: fc.constantFrom(0, 0, 3000),
  driftTolerancePercent: fc.constantFrom('0', '1', '5'),
})

/** What a generated configuration holds fixed. */
export interface ConfigsOptions {
  readonly positionMode?: 'HEDGE' | 'ONE_WAY'
  readonly fixed?: OptionsFile
}

/** Valid configurations of every option that decides something; as a file would hold them. */
export function configs(options: ConfigsOptions = {}): fc.Arbitrary<ConfigFile> {
  const modes = options.positionMode === undefined ? (['HEDGE', 'ONE_WAY'] as const) : [options.positionMode]
  return fc
    .tuple(
      fc.constantFrom(...modes),
      entries,
      limits,
      isolation,
      closing,
      takeProfit,
      trailing,
      protection,
      reconciliation,
    )
    .map(([positionMode, ...parts]) => ({
      positionMode,
      defaults: [...parts, options.fixed ?? {}].reduce<OptionsFile>((all, part) => ({ ...all, ...part }), {}),
    }))
}
