import type { Money } from '../money/money.js'
import type { Percent } from '../money/percent.js'
import type { Quantity } from '../money/quantity.js'

/** How the account holds positions: one per side, or one net position. */
export type PositionMode = 'HEDGE' | 'ONE_WAY'

/** Built-in closing rules; a custom one is registered by any other name. */
export const CLOSING_RULES = ['LIFO', 'FIFO', 'WORST_FIRST', 'BEST_FIRST', 'HIFO', 'LOFO', 'PRO_RATA'] as const
/** Name of a built-in closing rule. */
export type ClosingRuleName = (typeof CLOSING_RULES)[number]

/** Sides that may be entered. */
export const ENTRY_SIDES = ['BOTH', 'LONG', 'SHORT'] as const
/** How an entry fill finds its tranche. */
export const ENTRY_MODES = ['NEW_TRANCHE', 'AVERAGE_UNTIL_UNDERWATER'] as const
/** What an averaging entry does when all slots are taken. */
export const WHEN_FULL = ['BLOCK', 'MERGE_LEAST_LOSSY'] as const
/** What happens to a tranche when it is isolated. */
export const ISOLATION_ACTIONS = ['HOLD', 'REDUCE_LEVERAGE', 'PARTIAL_CLOSE'] as const
/** When isolated tranches take part in closing. */
export const ISOLATED_CLOSING = ['LAST', 'EQUAL'] as const
/** Protective orders of each tranche, or one pair for the group. */
export const PROTECTIONS = ['PER_TRANCHE', 'COMBINED'] as const
/** Which tranche a combined pair takes its targets from. */
export const SL_TP_STRATEGIES = ['NEWEST', 'OLDEST', 'BEST_ENTRY', 'AVERAGE'] as const
/** Rules that move a stop after a take-profit level. */
export const STOP_LADDERS = [
  'BREAKEVEN_THEN_PREVIOUS',
  'BREAKEVEN',
  'PREVIOUS_TARGET',
  'TWO_TARGETS_BACK',
  'PERCENT_BELOW_HIGHEST',
  'TRAIL_FROM_HERE',
  'NONE',
] as const
/** What a settled difference from the venue leads to. */
export const DRIFT_POLICIES = ['ADOPT', 'HALT', 'ALERT'] as const
/** The price that triggers stops. */
export const WORKING_TYPES = ['MARK_PRICE', 'CONTRACT_PRICE'] as const
/** How the size of a new tranche is advised. */
export const ALLOCATIONS = ['equal', 'dynamic'] as const
/** How sizes of successive tranches relate. */
export const SIZING_SHAPES = ['EQUAL', 'PYRAMID_UP', 'PYRAMID_DOWN', 'ADAPTIVE'] as const

/** See {@link ENTRY_SIDES}. */
export type EntrySides = (typeof ENTRY_SIDES)[number]
/** See {@link ENTRY_MODES}. */
export type EntryMode = (typeof ENTRY_MODES)[number]
/** See {@link WHEN_FULL}. */
export type WhenFull = (typeof WHEN_FULL)[number]
/** See {@link ISOLATION_ACTIONS}. */
export type IsolationAction = (typeof ISOLATION_ACTIONS)[number]
/** See {@link ISOLATED_CLOSING}. */
export type IsolatedClosing = (typeof ISOLATED_CLOSING)[number]
/** See {@link PROTECTIONS}. */
export type Protection = (typeof PROTECTIONS)[number]
/** See {@link SL_TP_STRATEGIES}. */
export type SlTpStrategy = (typeof SL_TP_STRATEGIES)[number]
/** See {@link STOP_LADDERS}. */
export type StopLadderName = (typeof STOP_LADDERS)[number]
/** See {@link DRIFT_POLICIES}. */
export type DriftPolicy = (typeof DRIFT_POLICIES)[number]
/** See {@link WORKING_TYPES}. */
export type WorkingType = (typeof WORKING_TYPES)[number]
/** See {@link ALLOCATIONS}. */
export type TrancheAllocation = (typeof ALLOCATIONS)[number]
/** See {@link SIZING_SHAPES}. */
export type SizingShape = (typeof SIZING_SHAPES)[number]

/** One step of scaled take profit: at this profit, close this share of the original quantity. */
export interface ScaledLevel {
  readonly profitPercent: Percent
  readonly closePercent: Percent
}

/** Every option of one symbol, validated, with defaults filled in. `null` = off or unlimited. */
export interface SymbolConfig {
  readonly enableTrancheManagement: boolean
  readonly entrySides: EntrySides

  readonly entryMode: EntryMode
  /** AVERAGE_UNTIL_UNDERWATER opens a new tranche once the group's loss reaches this. */
  readonly trancheIncrementPercent: Percent
  readonly whenFull: WhenFull
  /** Take profit copied to a tranche when it opens; `null` = none. */
  readonly tpPercent: Percent | null
  /** Stop loss copied to a tranche when it opens; `null` = none, which leaves it unprotected on purpose. */
  readonly slPercent: Percent | null
  readonly leverage: number

  readonly maxTranches: number
  readonly maxIsolatedTranches: number | null
  readonly allowTrancheWhileIsolated: boolean
  readonly trancheCooldownMs: number
  readonly minEntrySpacingPercent: Percent
  /** Quote. */
  readonly minTrancheSize: Money | null
  /** Quote. */
  readonly maxTrancheSize: Money | null
  /** Quote, the whole group after the entry. */
  readonly maxPositionSize: Money | null
  readonly minSignalStrength: number | null
  /** A mark price older than this is not a price. */
  readonly maxPriceAgeMs: number

  readonly trancheAllocation: TrancheAllocation
  readonly sizingShape: SizingShape

  readonly trancheIsolationThreshold: Percent
  readonly isolationAction: IsolationAction
  readonly isolationLeverage: number
  readonly isolationClosePercent: Percent
  /** Quote margin that a partial close leaves in an isolated tranche. */
  readonly isolatedTrancheMinMargin: Money | null
  readonly isolationReleasePercent: Percent | null
  readonly trancheAutoCloseIsolated: boolean
  readonly trancheRecoveryThreshold: Percent
  readonly maxPositionLoss: Money | null
  readonly maxTrancheAgeMs: number | null

  /** A built-in name or one registered in the decision's context. */
  readonly closingStrategy: string
  /** `null` = as the rule says: last for LIFO, FIFO, BEST_FIRST; equal for the rest. */
  readonly isolatedClosing: IsolatedClosing | null

  readonly enableScaledTakeProfit: boolean
  /** Why scaled take profit is off although it was asked for; `null` when it was not, or is on. */
  readonly scaledTpDisabledReason: string | null
  readonly scaledTpLevels: readonly ScaledLevel[]
  readonly scaledTpMinOrderSize: Quantity
  readonly scaledTpFallbackToSingle: boolean
  readonly stopLadder: StopLadderName
  /** PERCENT_BELOW_HIGHEST: distance from the highest target hit. */
  readonly stopLadderPercent: Percent
  readonly breakevenIncludesFees: boolean
  /** Fee of one fill, for breakeven: percent of its notional. */
  readonly takerFeePercent: Percent
  readonly trailingStopPercent: Percent | null
  readonly trailingActivationPercent: Percent | null

  readonly protection: Protection
  readonly slTpStrategy: SlTpStrategy
  readonly combinedIncludesIsolated: boolean
  readonly instantTakeProfit: boolean
  readonly workingType: WorkingType
  readonly failSafeStop: boolean

  readonly driftPolicy: DriftPolicy
  /** A difference must last this long and survive a second look; 0 acts on the first. */
  readonly driftSettleMs: number
  readonly driftTolerancePercent: Percent
  readonly reconcileIntervalMs: number
  readonly reorderWindowMs: number
  readonly absentConfirmMs: number
  /** Tries of one intent before it gives up. */
  readonly maxOrderAttempts: number
  /** Failures in a row that open the circuit breaker of one action kind. */
  readonly breakerFailures: number
  readonly buildingWindowMs: number
  /** Record a mark at least this often even if it decides nothing; `null` = never. */
  readonly markSampleMs: number | null
}

/** Limits over all books of an account; `null` = unlimited. */
export interface AccountLimits {
  readonly maxTranchesGlobal: number | null
  /** Adding to a position that exists is not a new position. */
  readonly maxActivePositions: number | null
  /** Entries and exits of one UTC day. */
  readonly maxDailyTrades: number | null
  /** Quote. */
  readonly maxMarginUsed: Money | null
  /** Quote; a larger difference of the equity identity, twice in a row, is an alarm. */
  readonly equityTolerance: Money
}

/** A whole configuration file, validated. */
export interface TranchebookConfig {
  readonly positionMode: PositionMode
  readonly account: string
  readonly limits: AccountLimits
  readonly defaults: SymbolConfig
  readonly symbols: Readonly<Record<string, SymbolConfig>>
  /** Findings that do not stop the configuration: what was changed or switched off, and why. */
  readonly warnings: readonly string[]
}
