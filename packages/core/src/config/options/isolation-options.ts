import type { OptionTable } from '../option.js'
import { ISOLATION_ACTIONS } from '../symbol-config.js'
import { LONGEST_MS } from './longest.js'

/** When a tranche is set aside, what happens then, and which further losses are cut. */
export const ISOLATION_OPTIONS = {
  trancheIsolationThreshold: {
    kind: 'percent',
    unit: '%',
    bounds: { min: 0, max: 100 },
    default: '5',
    meaning: 'Loss of a tranche at which it is isolated, bound included, never multiplied by leverage.',
  },
  isolationAction: {
    kind: 'choice',
    choices: ISOLATION_ACTIONS,
    default: 'HOLD',
    meaning: 'What is done once when a tranche is isolated.',
  },
  isolationLeverage: {
    kind: 'whole',
    unit: 'times',
    bounds: { min: 1, max: 125 },
    default: 5,
    meaning: 'Leverage that `REDUCE_LEVERAGE` asks the venue for.',
  },
  isolationClosePercent: {
    kind: 'percent',
    unit: '%',
    bounds: { above: 0, max: 100 },
    default: '50',
    meaning: 'Share of the tranche that `PARTIAL_CLOSE` closes.',
  },
  isolatedTrancheMinMargin: {
    kind: 'money',
    unit: 'quote',
    bounds: { min: 0 },
    default: null,
    whenNull: 'no minimum',
    meaning: 'Margin that `PARTIAL_CLOSE` leaves in an isolated tranche.',
  },
  isolationReleasePercent: {
    kind: 'percent',
    unit: '%',
    bounds: { min: -100, max: 100 },
    default: null,
    whenNull: 'never released',
    meaning: 'P&L at which an isolated tranche becomes active again; negative while it still loses.',
  },
  trancheAutoCloseIsolated: {
    kind: 'switch',
    default: false,
    meaning: 'Whether an isolated tranche is closed once it has recovered.',
  },
  trancheRecoveryThreshold: {
    kind: 'percent',
    unit: '%',
    bounds: { min: -100, max: 100 },
    default: '0',
    meaning: 'P&L at which `trancheAutoCloseIsolated` sends the closing order; 0 is breakeven.',
  },
  maxPositionLoss: {
    kind: 'money',
    unit: 'quote',
    bounds: { above: 0 },
    default: null,
    whenNull: 'off',
    meaning: 'Unrealized loss of a side beyond which tranches are closed, worst first.',
  },
  maxTrancheAgeMs: {
    kind: 'whole',
    unit: 'ms',
    bounds: { min: 1, max: LONGEST_MS },
    default: null,
    whenNull: 'off',
    meaning: 'Age beyond which a losing tranche is closed.',
  },
} as const satisfies OptionTable
