import type { OptionTable } from '../option.js'
import { LONGEST_MS } from './longest.js'

/** Patience with orders and fills, and what is recorded besides decisions. */
export const ORDER_OPTIONS = {
  reorderWindowMs: {
    kind: 'whole',
    unit: 'ms',
    bounds: { min: 0, max: 60_000 },
    default: 250,
    meaning: 'Time fills wait so that they are booked in the order of the venue.',
  },
  absentConfirmMs: {
    kind: 'whole',
    unit: 'ms',
    bounds: { min: 0, max: LONGEST_MS },
    default: 2000,
    meaning: 'Least time between the two answers that prove an order of unknown outcome absent.',
  },
  maxOrderAttempts: {
    kind: 'whole',
    unit: 'attempts',
    bounds: { min: 1, max: 20 },
    default: 3,
    meaning: 'Times one intent is tried before it gives up.',
  },
  breakerFailures: {
    kind: 'whole',
    unit: 'failures',
    bounds: { min: 1, max: 1000 },
    default: 5,
    meaning: 'Failures in a row that open the circuit breaker of one kind of action.',
  },
  buildingWindowMs: {
    kind: 'whole',
    unit: 'ms',
    bounds: { min: 0, max: LONGEST_MS },
    default: 60_000,
    meaning: 'Time after the last entry during which a side counts as `BUILDING`.',
  },
  markSampleMs: {
    kind: 'whole',
    unit: 'ms',
    bounds: { min: 0, max: LONGEST_MS },
    default: null,
    whenNull: 'only marks that decide something',
    meaning: 'A mark price is recorded at least this often even if it decides nothing; 0 records every one.',
  },
} as const satisfies OptionTable
