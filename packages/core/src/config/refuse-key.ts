import { DOCS_URL } from '../errors.js'
import { ACCOUNT_OPTIONS, FILE_OPTIONS, OPTION_ALIASES, SECTIONS, SYMBOL_OPTIONS } from './option-table.js'
import { type Place, refuse } from './place.js'
import { closestName } from './spelling.js'

/** The nested object that the closing, stop and isolation strategies may stand in. */
export const STRATEGY = 'trancheStrategy'

/** Keys at the top of a file. */
export const TOP_KEYS: readonly string[] = ['$schema', ...Object.keys(FILE_OPTIONS), ...SECTIONS]

/** Keys of a symbol's options, in every accepted spelling. */
export const SYMBOL_KEYS: readonly string[] = [...Object.keys(SYMBOL_OPTIONS), ...Object.keys(OPTION_ALIASES), STRATEGY]

const EVERY_KEY: readonly string[] = [...SYMBOL_KEYS, ...Object.keys(ACCOUNT_OPTIONS), ...TOP_KEYS]

/** Where a known name belongs when it stands in the wrong place. */
function rightPlaceOf(name: string): string | null {
  if (TOP_KEYS.includes(name)) return 'at the top of the file'
  if (Object.hasOwn(ACCOUNT_OPTIONS, name)) return 'in "limits"'
  return SYMBOL_KEYS.includes(name) ? 'in "defaults" or in a symbol of "symbols"' : null
}

/** Refuses a key that has no meaning at its place, with what was probably meant. */
export function refuseKey(name: string, known: readonly string[], place: Place): undefined {
  const right = rightPlaceOf(name)
  if (right !== null) return refuse(place, 'option.misplaced', `this option does not belong here; write it ${right}`)
  const near = closestName(name, known)
  if (near !== null) return refuse(place, 'option.unknown', `unknown option; did you mean "${near}"?`)
  const far = closestName(name, EVERY_KEY)
  if (far === null)
    return refuse(place, 'option.unknown', `unknown option; remove it, ${DOCS_URL}/configuration.md lists all`)
  return refuse(
    place,
    'option.unknown',
    `unknown option; did you mean "${far}"? Write it ${rightPlaceOf(far) ?? 'there'}`,
  )
}
