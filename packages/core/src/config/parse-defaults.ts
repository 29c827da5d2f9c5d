import type { OptionTable, StoredOptions } from './option.js'
import { parseOption } from './parse-option.js'
import { inside, type Place } from './place.js'

/** The defaults of a table, parsed like anything a user writes. */
export function parseDefaults<Table extends OptionTable>(table: Table): StoredOptions<Table> {
  const place: Place = { path: 'default', problems: [], closingRules: [] }
  const values = Object.entries(table).map(([name, option]) => {
    const value = parseOption(option, option.default, inside(place, name))
    if (value === undefined) throw new RangeError(`${place.problems[0]?.path}: ${place.problems[0]?.message}`)
    return [name, value]
  })
  return Object.fromEntries(values) as StoredOptions<Table>
}
