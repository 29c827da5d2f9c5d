import type { OptionTable } from '../option.js'
import { ALLOCATIONS, ENTRY_MODES, ENTRY_SIDES, SIZING_SHAPES, WHEN_FULL } from '../symbol-config.js'

/** What an entry becomes, and what a tranche takes along from the configuration when it opens. */
export const ENTRY_OPTIONS = {
  enableTrancheManagement: {
    kind: 'switch',
    default: true,
    meaning: 'Whether new tranches may open on this symbol; what is open is managed and protected either way.',
  },
  entrySides: {
    kind: 'choice',
    choices: ENTRY_SIDES,
    default: 'BOTH',
    meaning: 'Sides on which entries are sent: `LONG` alone for what is bought and not borrowed, as on spot.',
  },
  entryMode: {
    kind: 'choice',
    choices: ENTRY_MODES,
    default: 'NEW_TRANCHE',
    meaning: 'Whether every entry order is its own tranche or joins the newest one until the group is under water.',
  },
  trancheIncrementPercent: {
    kind: 'percent',
    unit: '%',
    bounds: { min: 0, max: 100 },
    default: '5',
    meaning: 'Loss of the group at which `AVERAGE_UNTIL_UNDERWATER` opens a new tranche, bound included.',
  },
  whenFull: {
    kind: 'choice',
    choices: WHEN_FULL,
    default: 'BLOCK',
    meaning: 'What `AVERAGE_UNTIL_UNDERWATER` does at `maxTranches`: refuse, or merge the two best tranches first.',
  },
  tpPercent: {
    kind: 'percent',
    unit: '%',
    bounds: { above: 0, max: 1000 },
    default: '5',
    whenNull: 'no take profit',
    meaning: 'Take profit of a new tranche: price move from its entry, in its favour, never multiplied by leverage.',
  },
  slPercent: {
    kind: 'percent',
    unit: '%',
    bounds: { above: 0, below: 100 },
    default: '2',
    whenNull: 'no stop: the tranche is unprotected on purpose',
    meaning: 'Stop loss of a new tranche: price move from its entry, against it, never multiplied by leverage.',
  },
  leverage: {
    kind: 'whole',
    unit: 'times',
    bounds: { min: 1, max: 125 },
    default: 10,
    meaning: 'Leverage of a new tranche, from which its margin follows; 1 on spot.',
  },
  trancheAllocation: {
    kind: 'choice',
    choices: ALLOCATIONS,
    default: 'equal',
    meaning:
      'How `adviseSize` sizes an entry: the same share for each tranche, or what remains for the slots that remain.',
  },
  sizingShape: {
    kind: 'choice',
    choices: SIZING_SHAPES,
    default: 'EQUAL',
    meaning: 'How `dynamic` allocation grows or shrinks from one tranche to the next.',
  },
} as const satisfies OptionTable
