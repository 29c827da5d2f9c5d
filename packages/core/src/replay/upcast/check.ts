import { isRecord } from '../shape/json.js'

/** Something that is not as it should be: where, what was expected, what stands there. */
export interface Finding {
  readonly field: string
  readonly expected: string
  readonly value: unknown
}

/** Whether a value read from JSON is a `T`: quickly, and slowly with the place of the first fault. */
export interface Check<T> {
  readonly holds: (value: unknown) => value is T
  readonly find: (value: unknown, field: string) => Finding | null
}

/** One check for every field. */
export type Checks<T> = { readonly [Name in keyof T]-?: Check<T[Name]> }

function simple<T>(expected: string, holds: (value: unknown) => value is T): Check<T> {
  return { holds, find: (value, field) => (holds(value) ? null : { field, expected, value }) }
}

const ZERO = 48
const NINE = 57
const DOT = 46
const MINUS = 45

/** Digits, perhaps a minus before them, perhaps a dot among them. */
function isPlainDecimal(value: unknown): value is string {
  if (typeof value !== 'string') return false
  const end = value.length
  const start = value.charCodeAt(0) === MINUS ? 1 : 0
  let dot = -1
  for (let index = start; index < end; index += 1) {
    const code = value.charCodeAt(index)
    if (code >= ZERO && code <= NINE) continue
    if (code !== DOT || dot >= 0) return false
    dot = index
  }
  return end > start && dot !== start && dot !== end - 1
}

function isAssetName(value: unknown): value is string {
  // Amounts are kept by asset in plain objects: a name that every object has would read what is not an amount.
  return typeof value === 'string' && value !== '' && !(value in Object.prototype)
}

/** A decimal as plain text. */
export const decimal = simple('a plain decimal as text such as "0.001"', isPlainDecimal)
/** Any text. */
export const text = simple('text', (value): value is string => typeof value === 'string')
/** Name of an asset. */
export const asset = simple('the name of an asset', isAssetName)
/** A count or a time: a whole number of at least 0 that JSON carries exactly. */
export const whole = simple(
  'a whole number of at least 0',
  (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0,
)
/** True or false. */
export const flag = simple('true or false', (value): value is boolean => typeof value === 'boolean')
/** An object of whatever. */
export const object = simple('an object', isRecord)

/** One of a few words. */
export function word<Word extends string>(...words: readonly Word[]): Check<Word> {
  const expected = words.map((known) => `"${known}"`).join(', ')
  const known = new Set<unknown>(words)
  return simple(expected, (value): value is Word => known.has(value))
}

/** Something, or null. */
export function nullable<T>(check: Check<T>): Check<T | null> {
  const { holds } = check
  return {
    holds: (value): value is T | null => value === null || holds(value),
    find(value, field) {
      const found = value === null ? null : check.find(value, field)
      return found?.field === field ? { ...found, expected: `${found.expected}, or null` } : found
    },
  }
}

/** A list of one kind. */
export function list<T>(check: Check<T>): Check<readonly T[]> {
  return {
    holds(value): value is readonly T[] {
      if (!Array.isArray(value)) return false
      for (const entry of value) if (!check.holds(entry)) return false
      return true
    },
    find(value, field) {
      if (!Array.isArray(value)) return { field, expected: 'a list', value }
      return firstOf(value.entries(), ([index, entry]) => check.find(entry, `${field}.${index}`))
    },
  }
}

/** Decimals by asset. */
export const amounts: Check<Readonly<Record<string, string>>> = {
  holds: (value): value is Readonly<Record<string, string>> =>
    isRecord(value) && Object.entries(value).every(([name, amount]) => isAssetName(name) && isPlainDecimal(amount)),
  find(value, field) {
    if (!isRecord(value)) return { field, expected: 'decimals by asset', value }
    return firstOf(
      Object.entries(value),
      ([name, amount]) => asset.find(name, field) ?? decimal.find(amount, `${field}.${name}`),
    )
  },
}

/** An object with these fields, and perhaps more. */
export function fields<T extends object>(checks: Checks<T>): Check<T> {
  const entries = Object.entries<Check<unknown>>(checks).map(([name, check]) => ({
    name,
    holds: check.holds,
    find: check.find,
  }))
  return {
    holds(value): value is T {
      if (!isRecord(value)) return false
      for (const { name, holds } of entries) if (!holds(value[name])) return false
      return true
    },
    find(value, field) {
      if (!isRecord(value)) return { field, expected: 'an object', value }
      return firstOf(entries, ({ name, find }) => find(value[name], field === '' ? name : `${field}.${name}`))
    },
  }
}

function firstOf<Entry>(entries: Iterable<Entry>, find: (entry: Entry) => Finding | null): Finding | null {
  for (const entry of entries) {
    const found = find(entry)
    if (found !== null) return found
  }
  return null
}
