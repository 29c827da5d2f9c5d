import type { OptionTable } from '../option.js'
import { DRIFT_POLICIES } from '../symbol-config.js'
import { LONGEST_MS } from './longest.js'

/** How the book is held against what the venue says. */
export const RECONCILIATION_OPTIONS = {
  driftPolicy: {
    kind: 'choice',
    choices: DRIFT_POLICIES,
    default: 'ADOPT',
    meaning: 'What follows a settled difference: take over what the venue has, stop entries, or only tell.',
  },
  driftSettleMs: {
    kind: 'whole',
    unit: 'ms',
    bounds: { min: 0, max: LONGEST_MS },
    default: 3000,
    meaning: 'Time a difference must last, and survive a second look; 0 acts on the first.',
  },
  driftTolerancePercent: {
    kind: 'percent',
    unit: '%',
    bounds: { min: 0, max: 100 },
    default: '1',
    meaning:
      'Difference, in percent of the quantity at the venue, that still counts as equal: what the venue holds beyond the book then has no stop, until `adopt` takes it over. A part of a step always counts as equal.',
  },
  reconcileIntervalMs: {
    kind: 'whole',
    unit: 'ms',
    bounds: { min: 100, max: LONGEST_MS },
    default: 10_000,
    meaning: 'Time between two full comparisons with the venue.',
  },
} as const satisfies OptionTable
