import type { SymbolOptionsInput } from './option-table.js'

/** Options to start from, by trading style: lay one under `defaults` or a symbol and override what you like. */
export const PRESETS = {
  /** Fast in and out on liquid, volatile symbols: isolates early, keeps many slots open. */
  aggressiveScalping: {
    trancheIsolationThreshold: 3,
    maxTranches: 5,
    maxIsolatedTranches: 2,
    allowTrancheWhileIsolated: true,
  },
  /** Holds losing tranches for long while new ones trade: isolates rarely. */
  holdAndRecover: {
    trancheIsolationThreshold: 10,
    maxTranches: 3,
    maxIsolatedTranches: 2,
    allowTrancheWhileIsolated: true,
  },
  /** Between the two, for mixed markets. */
  balanced: {
    trancheIsolationThreshold: 5,
    maxTranches: 4,
    maxIsolatedTranches: 2,
    allowTrancheWhileIsolated: true,
  },
  /** Few tranches, and no new one while any is isolated. */
  conservative: {
    trancheIsolationThreshold: 7,
    maxTranches: 2,
    maxIsolatedTranches: 1,
    allowTrancheWhileIsolated: false,
  },
} as const satisfies Readonly<Record<string, SymbolOptionsInput>>

/** Name of a preset. */
export type PresetName = keyof typeof PRESETS
