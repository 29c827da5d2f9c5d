import type { OptionTable } from '../option.js'
import { LONGEST_MS } from './longest.js'

/** May a new tranche open? The limits of one symbol and side. */
export const LIMIT_OPTIONS = {
  maxTranches: {
    kind: 'whole',
    unit: 'tranches',
    bounds: { min: 0, max: 1000 },
    default: 3,
    meaning: 'Active tranches a side may have, entries in flight included; 0 lets none open.',
  },
  maxIsolatedTranches: {
    kind: 'whole',
    unit: 'tranches',
    bounds: { min: 0, max: 1000 },
    default: 2,
    whenNull: 'unlimited',
    meaning: 'Isolated tranches at which no new tranche opens; 0 lets none open at all.',
  },
  allowTrancheWhileIsolated: {
    kind: 'switch',
    default: true,
    meaning: 'Whether a new tranche may open while any tranche of the side is isolated.',
  },
  trancheCooldownMs: {
    kind: 'whole',
    unit: 'ms',
    bounds: { min: 0, max: LONGEST_MS },
    default: 0,
    meaning: 'Pause after the last entry fill before another tranche may open.',
  },
  minEntrySpacingPercent: {
    kind: 'percent',
    unit: '%',
    bounds: { min: 0, max: 100 },
    default: '0',
    meaning: 'Least distance of a new entry from the nearest entry of an open tranche.',
  },
  minTrancheSize: {
    kind: 'money',
    unit: 'quote',
    bounds: { min: 0 },
    default: null,
    whenNull: 'no minimum beyond that of the venue',
    meaning: 'Smallest notional a new tranche may have.',
  },
  maxTrancheSize: {
    kind: 'money',
    unit: 'quote',
    bounds: { min: 0 },
    default: null,
    whenNull: 'unlimited',
    meaning: 'Largest notional a new tranche may have.',
  },
  maxPositionSize: {
    kind: 'money',
    unit: 'quote',
    bounds: { min: 0 },
    default: null,
    whenNull: 'unlimited',
    meaning: 'Largest notional the whole side may have after the entry.',
  },
  minSignalStrength: {
    kind: 'ratio',
    unit: 'your scale',
    bounds: { min: 0, max: 100 },
    default: null,
    whenNull: 'any strength',
    meaning: 'Weakest signal that may open a tranche, where the caller gives a strength.',
  },
  maxPriceAgeMs: {
    kind: 'whole',
    unit: 'ms',
    bounds: { min: 0, max: LONGEST_MS },
    default: 5000,
    meaning: 'A mark price older than this is not a price.',
  },
} as const satisfies OptionTable
