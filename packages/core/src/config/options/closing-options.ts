import type { OptionTable } from '../option.js'
import { ISOLATED_CLOSING } from '../symbol-config.js'

/** Which tranches a closing fill consumes when its order names none. */
export const CLOSING_OPTIONS = {
  closingStrategy: {
    kind: 'closingRule',
    default: 'LIFO',
    meaning: 'Rule by which closing fills that name no tranche are attributed; also the name of a rule of your own.',
  },
  isolatedClosing: {
    kind: 'choice',
    choices: ISOLATED_CLOSING,
    default: null,
    whenNull: 'as the rule says: last for `LIFO`, `FIFO` and `BEST_FIRST`, equal for the rest',
    meaning: 'Whether isolated tranches are closed after all others or like them.',
  },
} as const satisfies OptionTable
