import {
  ACCOUNT_OPTIONS,
  FILE_OPTIONS,
  OPTION_ALIASES,
  SECTIONS,
  STRATEGY_OPTIONS,
  SYMBOL_OPTIONS,
  type SymbolOptions,
} from './option-table.js'
import type { OptionTable, StoredOptions, StoredValue } from './option.js'
import { parseOption } from './parse-option.js'
import { inside, type Place, refuse, shown } from './place.js'
import { isPlainObject } from './plain-object.js'
import { refuseKey, STRATEGY, SYMBOL_KEYS, TOP_KEYS } from './refuse-key.js'

/** What one part of a configuration says: the options given and understood, and the names of those refused. */
export interface ReadOptions<Options> {
  readonly given: Partial<Options>
  readonly refused: ReadonlySet<string>
}

interface Written {
  readonly name: string
  readonly value: unknown
  readonly place: Place
}

const ALIASES: ReadonlyMap<string, string> = new Map(Object.entries(OPTION_ALIASES))

/** An object as JSON knows it, or a problem. */
export function parseObject(value: unknown, place: Place): Readonly<Record<string, unknown>> | undefined {
  if (isPlainObject(value)) return value
  return refuse(
    place,
    'option.type',
    `expected an object { … }, got ${shown(value)}; write {} if there is nothing to say`,
  )
}

function writtenIn(object: Readonly<Record<string, unknown>>, place: Place): readonly Written[] {
  return Object.keys(object).map((name) => ({ name, value: object[name], place: inside(place, name) }))
}

function refuseSecond({ name, value, place }: Written): void {
  const found = `expected one value for "${name}", got ${shown(value)} here and another under another spelling`
  refuse(place, 'option.duplicate', `${found}; keep one of them`)
}

function parseWritten<Table extends OptionTable>(
  written: readonly Written[],
  table: Table,
  known: readonly string[],
): ReadOptions<StoredOptions<Table>> {
  const given = new Map<string, StoredValue>()
  const refused = new Set<string>()
  for (const one of written) {
    const option = Object.hasOwn(table, one.name) ? table[one.name] : undefined
    if (option === undefined) {
      refuseKey(one.name, known, one.place)
      continue
    }
    const value = parseOption(option, one.value, one.place)
    const earlier = given.get(one.name)
    const isSecond = value !== undefined && earlier !== undefined && earlier !== value
    if (isSecond) refuseSecond(one)
    if (value === undefined || isSecond) refused.add(one.name)
    else given.set(one.name, value)
  }
  return { given: Object.fromEntries(given) as Partial<StoredOptions<Table>>, refused }
}

/** The names of `trancheStrategy` and the other spellings, brought to the names of the table. */
function unfold(written: readonly Written[]): readonly Written[] {
  return written.flatMap(({ name, value, place }) => {
    if (name !== STRATEGY) return [{ name: ALIASES.get(name) ?? name, value, place }]
    const strategy = parseObject(value, place)
    if (strategy === undefined) return []
    const inner = writtenIn(strategy, place)
    const isKnown = (one: Written): boolean => Object.hasOwn(STRATEGY_OPTIONS, one.name)
    for (const stray of inner) if (!isKnown(stray)) refuseKey(stray.name, Object.keys(STRATEGY_OPTIONS), stray.place)
    return inner.filter(isKnown)
  })
}

function refuseSchema(value: unknown, place: Place): void {
  const expected = `expected the address of a JSON Schema as text, got ${shown(value)}; write it in quotes or leave it out`
  refuse(inside(place, '$schema'), 'option.type', expected)
}

/** Reads what stands at the top of a file; its sections are left to others. */
export function parseTopOptions(
  file: Readonly<Record<string, unknown>>,
  place: Place,
): ReadOptions<StoredOptions<typeof FILE_OPTIONS>> {
  if (Object.hasOwn(file, '$schema') && typeof file['$schema'] !== 'string') refuseSchema(file['$schema'], place)
  const isElsewhere = ({ name }: Written): boolean =>
    (SECTIONS as readonly string[]).includes(name) || name === '$schema'
  const written = writtenIn(file, place).filter((one) => !isElsewhere(one))
  return parseWritten(written, FILE_OPTIONS, TOP_KEYS)
}

/** Reads the options of `limits`. */
export function parseAccountOptions(value: unknown, place: Place): ReadOptions<StoredOptions<typeof ACCOUNT_OPTIONS>> {
  const written = writtenIn(parseObject(value, place) ?? {}, place)
  return parseWritten(written, ACCOUNT_OPTIONS, Object.keys(ACCOUNT_OPTIONS))
}

/** Reads the options of `defaults`, of a symbol or of a change, in every accepted spelling. */
export function parseSymbolOptions(value: unknown, place: Place): ReadOptions<SymbolOptions> {
  const written = unfold(writtenIn(parseObject(value, place) ?? {}, place))
  return parseWritten(written, SYMBOL_OPTIONS, SYMBOL_KEYS)
}
