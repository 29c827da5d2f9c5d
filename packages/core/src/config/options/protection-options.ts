import type { OptionTable } from '../option.js'
import { PROTECTIONS, SL_TP_STRATEGIES, WORKING_TYPES } from '../symbol-config.js'

/** Which protective orders rest at the venue. */
export const PROTECTION_OPTIONS = {
  protection: {
    kind: 'choice',
    choices: PROTECTIONS,
    default: 'PER_TRANCHE',
    meaning: 'Whether each tranche has its own stop and target or a side has one pair.',
  },
  slTpStrategy: {
    kind: 'choice',
    choices: SL_TP_STRATEGIES,
    default: 'NEWEST',
    meaning:
      'Tranche from which `COMBINED` protection takes its stop and target: of those with a stop, if any has one. `AVERAGE`: their weighted entry and mean percentages; a stop that was moved counts where it stands.',
  },
  combinedIncludesIsolated: {
    kind: 'switch',
    default: false,
    meaning: 'Whether the combined pair covers isolated tranches too instead of one further stop for them.',
  },
  instantTakeProfit: {
    kind: 'switch',
    default: true,
    meaning:
      'Whether a tranche is closed at market when a fresh mark is beyond its target and its order has not filled.',
  },
  workingType: {
    kind: 'choice',
    choices: WORKING_TYPES,
    default: 'MARK_PRICE',
    meaning: 'Price that triggers conditional orders at the venue.',
  },
  failSafeStop: {
    kind: 'switch',
    default: true,
    meaning:
      'Whether one close-position stop rests at the worst stop wherever finer stops are virtual, combined or degraded.',
  },
} as const satisfies OptionTable
