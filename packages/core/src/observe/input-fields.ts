import { InputError } from '../errors.js'
import { type Money, parseMoney } from '../money/money.js'
import { parsePrice, type Price } from '../money/price.js'
import { parseQuantity, type Quantity } from '../money/quantity.js'
import { storableText } from './storable-text.js'

/** An input line as JSON gives it. */
export type RawInput = Readonly<Record<string, unknown>>

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** Throws: what was expected of a field, what came. */
export function malformed(field: string, expected: string, value: unknown): never {
  throw new InputError(
    'input.malformed',
    value === undefined
      ? `${field} is missing: expected ${expected}`
      : `${field}: expected ${expected}, got ${show(value)}`,
    { details: { field, expected } },
  )
}

/** A field that must be text, and such as a log can hold. */
export function textOf(raw: RawInput, field: string): string {
  const value = raw[field]
  if (typeof value !== 'string' || value === '') return malformed(field, 'text', value)
  return storableText(value) === value
    ? value
    : malformed(field, 'text without NUL and without halves of surrogate pairs', value)
}

/** Words of a venue, whatever they hold, or absent or null. */
export function optionalWords(raw: RawInput, field: string): string | null {
  const value = raw[field] ?? null
  return value === null || typeof value === 'string' ? value : malformed(field, 'text', value)
}

/** A field that may be text, or absent or null. */
export function optionalText(raw: RawInput, field: string): string | null {
  return raw[field] == null ? null : textOf(raw, field)
}

/** An id: text, or an integer that JSON carries exactly. Larger ones must be written as text. */
export function idOf(raw: RawInput, field: string): string {
  const value = raw[field]
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) && value >= 0) return String(value)
    return malformed(field, 'an id as text, because JSON numbers above 2^53 lose digits', value)
  }
  return textOf(raw, field)
}

/** An id that may be absent or null. */
export function optionalId(raw: RawInput, field: string): string | null {
  return raw[field] == null ? null : idOf(raw, field)
}

/** The name of an asset, or absent. Amounts are kept by it, so the names every object has already are no assets. */
export function optionalAsset(raw: RawInput, field: string): string | null {
  const asset = optionalText(raw, field)
  return asset !== null && asset in Object.prototype
    ? malformed(field, 'the name of an asset such as "USDT"', asset)
    : asset
}

/** A time in epoch milliseconds. */
export function timeOf(raw: RawInput): number {
  const value = raw['time']
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    return malformed('time', 'epoch milliseconds as a whole number', value)
  return value
}

/** One of a few words. */
export function wordOf<Word extends string>(raw: RawInput, field: string, words: readonly Word[]): Word {
  const value = raw[field]
  return words.find((word) => word === value) ?? malformed(field, words.map((word) => `"${word}"`).join(', '), value)
}

/** True, false, or absent. */
export function optionalFlag(raw: RawInput, field: string): boolean | null {
  const value = raw[field]
  if (value == null) return null
  return typeof value === 'boolean' ? value : malformed(field, 'true or false', value)
}

function decimalText(raw: RawInput, field: string): string {
  const value = raw[field]
  if (typeof value === 'number')
    return malformed(field, `a decimal as text such as "${value}", because JSON numbers lose digits`, value)
  return typeof value === 'string' ? value : malformed(field, 'a decimal as text such as "0.001"', value)
}

function inField<T>(field: string, parse: (text: string) => T, text: string): T {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof InputError)
      throw new InputError('input.malformed', `${field}: ${error.message}`, {
        details: { ...error.details, field },
        cause: error,
      })
    throw error
  }
}

/** A quantity; any sign. */
export function signedQuantityOf(raw: RawInput, field: string): Quantity {
  return inField(field, parseQuantity, decimalText(raw, field))
}

/** A quantity above 0. */
export function quantityOf(raw: RawInput, field: string): Quantity {
  const quantity = signedQuantityOf(raw, field)
  return quantity > 0n ? quantity : malformed(field, 'a quantity above 0', raw[field])
}

/** A price above 0. */
export function priceOf(raw: RawInput, field: string): Price {
  const price = inField(field, parsePrice, decimalText(raw, field))
  return price > 0n ? price : malformed(field, 'a price above 0 (0 is not a price)', raw[field])
}

/** A price above 0 that a command may leave out; `without` says what it does then. 0 is refused: it never means "none". */
export function optionalPrice(raw: RawInput, field: string, without: string): Price | null {
  if (raw[field] == null) return null
  const price = inField(field, parsePrice, decimalText(raw, field))
  return price > 0n ? price : malformed(field, `a price above 0, or leave it out ${without}`, raw[field])
}

/** A price of a venue's that may be absent, null, or (as some venues write "none") 0. */
export function optionalVenuePrice(raw: RawInput, field: string): Price | null {
  if (raw[field] == null) return null
  const price = inField(field, parsePrice, decimalText(raw, field))
  if (price < 0n) return malformed(field, 'a price of at least 0', raw[field])
  return price === 0n ? null : price
}

/** A price of at least 0: some venues write 0 for "no price". */
export function priceOrZeroOf(raw: RawInput, field: string): Price {
  const price = inField(field, parsePrice, decimalText(raw, field))
  return price >= 0n ? price : malformed(field, 'a price of at least 0', raw[field])
}

/** An amount; any sign. */
export function moneyOf(raw: RawInput, field: string): Money {
  return inField(field, parseMoney, decimalText(raw, field))
}

/** An amount that may be absent or null (unknown). */
export function optionalMoney(raw: RawInput, field: string): Money | null {
  return raw[field] == null ? null : moneyOf(raw, field)
}
