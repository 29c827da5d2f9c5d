import { InputError } from '@tranchebook/core'

/** A JSON object as it came. */
export type WireRecord = Readonly<Record<string, unknown>>

const SHOWN_LENGTH = 80

function shown(value: unknown): string {
  return (JSON.stringify(value) as string | undefined)?.slice(0, SHOWN_LENGTH) ?? 'nothing'
}

/** Says what a payload should have been. @throws {InputError} `venue.payload.malformed` always. */
export function malformed(field: string, expected: string, value: unknown): never {
  throw new InputError('venue.payload.malformed', `expected ${field} to be ${expected}, got ${shown(value)}`, {
    details: { field, expected },
  })
}

/** The object itself. @throws {InputError} `venue.payload.malformed` */
export function recordOf(value: unknown, what: string): WireRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed(what, 'an object', value)
  return value as WireRecord
}

/** The elements. An error object is no empty list. @throws {InputError} `venue.payload.malformed` */
export function listOf(value: unknown, what: string): readonly unknown[] {
  return Array.isArray(value) ? value : malformed(what, 'a list', value)
}

/** Text that must be there. */
export function text(record: WireRecord, field: string): string {
  const value = record[field]
  return typeof value === 'string' ? value : malformed(field, 'text', value)
}

/** Text or `null`; empty text counts as nothing. */
export function optionalText(record: WireRecord, field: string): string | null {
  const value = record[field]
  if (value == null || value === '') return null
  return typeof value === 'string' ? value : malformed(field, 'text or nothing', value)
}

/** An id: text or a whole number, kept as text. */
export function id(record: WireRecord, field: string): string {
  const value = record[field]
  if (typeof value === 'string' && value !== '') return value
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : malformed(field, 'an id', value)
}

/** An id or `null`; empty text and 0 count as nothing. */
export function optionalId(record: WireRecord, field: string): string | null {
  const value = record[field]
  return value == null || value === '' || value === 0 || value === '0' ? null : id(record, field)
}

const EXPONENT = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,2})$/

/** `1.5E-7` as `0.00000015`; plain decimals as they are. */
function withoutExponent(written: string): string {
  const match = EXPONENT.exec(written)
  if (match === null) return written
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const shift = Number(exponent)
  const digits = whole + fraction
  const point = whole.length + shift
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** A decimal as text, however the venue wrote it; exponents are written out. */
export function decimal(record: WireRecord, field: string): string {
  const value = record[field]
  const written = typeof value === 'number' ? String(value) : value
  const plain = typeof written === 'string' ? withoutExponent(written) : ''
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : malformed(field, 'a plain decimal', value)
}

/** A decimal as text, or `null` where nothing or empty text stands. */
export function optionalDecimal(record: WireRecord, field: string): string | null {
  const value = record[field]
  return value == null || value === '' ? null : decimal(record, field)
}

/** A whole number that fits a JS number: times, counts, leverage. */
export function integer(record: WireRecord, field: string): number {
  const value = record[field]
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : malformed(field, 'a whole number', value)
}

/** A whole number or `null`. */
export function optionalInteger(record: WireRecord, field: string): number | null {
  const value = record[field]
  return value == null || value === '' ? null : integer(record, field)
}

/** True or false, also where they are written as text. */
export function flag(record: WireRecord, field: string): boolean {
  const value = record[field]
  if (typeof value === 'boolean') return value
  if (value === 'true' || value === 'TRUE') return true
  return value === 'false' || value === 'FALSE' ? false : malformed(field, 'true or false', value)
}

/** True or false; nothing counts as false. */
export function optionalFlag(record: WireRecord, field: string): boolean {
  return record[field] == null ? false : flag(record, field)
}
