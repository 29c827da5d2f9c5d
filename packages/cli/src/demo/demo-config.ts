import { parseConfig, type PositionMode, type TranchebookConfig } from '@tranchebook/core'

export const DEMO_ACCOUNT = 'demo'

/** Near levels, so that a price which only wanders shows all that can become of a tranche. */
export function demoConfig(symbols: readonly string[], positionMode: PositionMode): TranchebookConfig {
  return parseConfig({
    account: DEMO_ACCOUNT,
    positionMode,
    defaults: {
      maxTranches: 3,
      maxIsolatedTranches: 3,
      trancheCooldownMs: 3_000,
      minEntrySpacingPercent: '0.3',
      slPercent: 4,
      trancheIsolationThreshold: '1.2',
      trancheAutoCloseIsolated: true,
      enableScaledTakeProfit: true,
      scaledTpLevels: [
        { profitPercent: '0.6', closePercent: 40 },
        { profitPercent: '1.2', closePercent: 30 },
        { profitPercent: '2', closePercent: 30 },
      ],
      stopLadder: 'BREAKEVEN_THEN_PREVIOUS',
      breakevenIncludesFees: true,
    },
    symbols: Object.fromEntries(symbols.map((symbol) => [symbol, {}])),
  })
}
