import type { OptionTable } from '../option.js'
import { STOP_LADDERS } from '../symbol-config.js'

/** Scaled take profit, the stop that climbs with it, and trailing. */
export const TAKE_PROFIT_OPTIONS = {
  enableScaledTakeProfit: {
    kind: 'switch',
    default: false,
    meaning: 'Whether tranches close in levels instead of at one target.',
  },
  scaledTpLevels: {
    kind: 'levels',
    unit: '%',
    maxLevels: 20,
    default: [
      { profitPercent: '3', closePercent: '40' },
      { profitPercent: '5', closePercent: '30' },
      { profitPercent: '8', closePercent: '30' },
    ],
    meaning:
      'Profit of each level (rising, above 0, at most 100) and the share of the original quantity it closes (above 0, together 100).',
  },
  scaledTpMinOrderSize: {
    kind: 'quantity',
    unit: 'base',
    bounds: { min: 0 },
    default: '0',
    meaning: 'Smallest quantity a level may close; smaller shares roll into the next level.',
  },
  scaledTpFallbackToSingle: {
    kind: 'switch',
    default: true,
    meaning: 'Whether the single take profit applies when every level by itself is too small.',
  },
  stopLadder: {
    kind: 'choice',
    choices: STOP_LADDERS,
    default: 'BREAKEVEN_THEN_PREVIOUS',
    meaning: 'Where the stop moves after each level.',
  },
  stopLadderPercent: {
    kind: 'percent',
    unit: '%',
    bounds: { above: 0, below: 100 },
    default: '1',
    meaning:
      'Distance of the stop from the highest target reached: `PERCENT_BELOW_HIGHEST`, and `TRAIL_FROM_HERE` without `trailingStopPercent`.',
  },
  breakevenIncludesFees: {
    kind: 'switch',
    default: false,
    meaning: 'Whether breakeven covers the fees of entry and exit.',
  },
  takerFeePercent: {
    kind: 'percent',
    unit: '%',
    bounds: { min: 0, max: 10 },
    default: '0.05',
    meaning: 'Fee of one fill in percent of its notional, for breakeven.',
  },
  trailingStopPercent: {
    kind: 'percent',
    unit: '%',
    bounds: { above: 0, below: 100 },
    default: null,
    whenNull: 'no trailing',
    meaning: 'Distance at which the stop follows the best mark since trailing became active.',
  },
  trailingActivationPercent: {
    kind: 'percent',
    unit: '%',
    bounds: { min: 0, max: 1000 },
    default: null,
    whenNull: 'active from the entry on',
    meaning: 'Profit at which trailing becomes active.',
  },
} as const satisfies OptionTable
