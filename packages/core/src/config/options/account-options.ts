import type { OptionTable } from '../option.js'

/** Limits over all books of an account. */
export const ACCOUNT_OPTIONS = {
  maxTranchesGlobal: {
    kind: 'whole',
    unit: 'tranches',
    bounds: { min: 0, max: 1_000_000 },
    default: null,
    whenNull: 'unlimited',
    meaning: 'Open tranches of the whole account.',
  },
  maxActivePositions: {
    kind: 'whole',
    unit: 'positions',
    bounds: { min: 0, max: 1_000_000 },
    default: null,
    whenNull: 'unlimited',
    meaning: 'Symbols with a position; adding to one that exists is not a new position.',
  },
  maxDailyTrades: {
    kind: 'whole',
    unit: 'trades',
    bounds: { min: 0, max: 1_000_000_000 },
    default: null,
    whenNull: 'unlimited',
    meaning: 'Entries and exits of one UTC day.',
  },
  maxMarginUsed: {
    kind: 'money',
    unit: 'quote',
    bounds: { min: 0 },
    default: null,
    whenNull: 'unlimited',
    meaning: 'Margin that all open tranches may use together.',
  },
  equityTolerance: {
    kind: 'money',
    unit: 'quote',
    bounds: { min: 0 },
    default: '0.01',
    meaning: 'Difference of the equity identity that, exceeded twice in a row, is an alarm.',
  },
} as const satisfies OptionTable
