import { describe, expect, it } from 'vitest'
import { DEFAULT_CONFIG, DEFAULT_FILE, DEFAULT_LIMITS } from './default-config.js'
import { formatConfig } from './format-config.js'
import { ACCOUNT_OPTIONS, FILE_OPTIONS, SYMBOL_OPTION_GROUPS, SYMBOL_OPTIONS } from './option-table.js'

describe('the option table', () => {
  it('has every option of a resolved configuration once, and a theme for each', () => {
    const { scaledTpDisabledReason, ...options } = DEFAULT_CONFIG
    const grouped = SYMBOL_OPTION_GROUPS.flatMap(({ options: group }) => Object.keys(group))

    expect(scaledTpDisabledReason).toBeNull()
    expect(Object.keys(SYMBOL_OPTIONS).sort()).toEqual(Object.keys(options).sort())
    expect([...grouped].sort()).toEqual(Object.keys(options).sort())
  })

  it.each(Object.entries({ ...FILE_OPTIONS, ...ACCOUNT_OPTIONS, ...SYMBOL_OPTIONS }))(
    '%s says in one sentence what it is',
    (_name, { meaning }) => {
      expect(meaning).toMatch(/^[A-Z][^\n]+\.$/)
    },
  )

  it('has the defaults of the rules', () => {
    expect(formatConfig(DEFAULT_CONFIG)).toEqual({
      enableTrancheManagement: true,
      entrySides: 'BOTH',
      entryMode: 'NEW_TRANCHE',
      trancheIncrementPercent: '5',
      whenFull: 'BLOCK',
      tpPercent: '5',
      slPercent: '2',
      leverage: 10,
      trancheAllocation: 'equal',
      sizingShape: 'EQUAL',
      maxTranches: 3,
      maxIsolatedTranches: 2,
      allowTrancheWhileIsolated: true,
      trancheCooldownMs: 0,
      minEntrySpacingPercent: '0',
      minTrancheSize: null,
      maxTrancheSize: null,
      maxPositionSize: null,
      minSignalStrength: null,
      maxPriceAgeMs: 5000,
      trancheIsolationThreshold: '5',
      isolationAction: 'HOLD',
      isolationLeverage: 5,
      isolationClosePercent: '50',
      isolatedTrancheMinMargin: null,
      isolationReleasePercent: null,
      trancheAutoCloseIsolated: false,
      trancheRecoveryThreshold: '0',
      maxPositionLoss: null,
      maxTrancheAgeMs: null,
      closingStrategy: 'LIFO',
      isolatedClosing: null,
      enableScaledTakeProfit: false,
      scaledTpLevels: [
        { profitPercent: '3', closePercent: '40' },
        { profitPercent: '5', closePercent: '30' },
        { profitPercent: '8', closePercent: '30' },
      ],
      scaledTpMinOrderSize: '0',
      scaledTpFallbackToSingle: true,
      stopLadder: 'BREAKEVEN_THEN_PREVIOUS',
      stopLadderPercent: '1',
      breakevenIncludesFees: false,
      takerFeePercent: '0.05',
      trailingStopPercent: null,
      trailingActivationPercent: null,
      protection: 'PER_TRANCHE',
      slTpStrategy: 'NEWEST',
      combinedIncludesIsolated: false,
      instantTakeProfit: true,
      workingType: 'MARK_PRICE',
      failSafeStop: true,
      driftPolicy: 'ADOPT',
      driftSettleMs: 3000,
      driftTolerancePercent: '1',
      reconcileIntervalMs: 10_000,
      reorderWindowMs: 250,
      absentConfirmMs: 2000,
      maxOrderAttempts: 3,
      breakerFailures: 5,
      buildingWindowMs: 60_000,
      markSampleMs: null,
    })
    expect(DEFAULT_FILE).toEqual({ positionMode: 'HEDGE', account: 'main' })
    expect(DEFAULT_LIMITS).toEqual({
      maxTranchesGlobal: null,
      maxActivePositions: null,
      maxDailyTrades: null,
      maxMarginUsed: null,
      equityTolerance: 10n ** 22n,
    })
  })
})
