import type { OptionTable } from '../option.js'

/** What stands at the top of a configuration file, besides its sections. */
export const FILE_OPTIONS = {
  positionMode: {
    kind: 'choice',
    choices: ['HEDGE', 'ONE_WAY'],
    default: 'HEDGE',
    meaning: 'How the account holds positions at the venue: one per side, or one net position per symbol.',
  },
  account: {
    kind: 'name',
    pattern: '^[A-Za-z0-9_.-]{1,64}$',
    letters: '1 to 64 letters, digits, dots, dashes or underscores',
    default: 'main',
    meaning: 'Name of the account, the first half of every stream id.',
  },
} as const satisfies OptionTable

/** A symbol as venues write it: the key of its options, the second half of its stream id. */
export const SYMBOL_PATTERN = '^[^\\s\\u0000-\\u001f/a-z]{1,64}$'
