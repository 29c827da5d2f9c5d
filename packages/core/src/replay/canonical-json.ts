import type { TrancheBook } from '../book/book.js'

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function writeList(list: Iterable<unknown>, pieces: string[]): void {
  let separator = '['
  for (const entry of list) {
    pieces.push(separator)
    write(entry, pieces)
    separator = ','
  }
  pieces.push(separator === '[' ? '[]' : ']')
}

/** Keys are written one by one: a built object would put asset names such as "1000" first, in numeric order. */
function writeRecord(record: Readonly<Record<string, unknown>>, pieces: string[]): void {
  let separator = '{'
  for (const key of Object.keys(record).sort(byCodeUnit)) {
    pieces.push(separator, JSON.stringify(key), ':')
    write(record[key], pieces)
    separator = ','
  }
  pieces.push(separator === '{' ? '{}' : '}')
}

function isRecord(value: object): value is Readonly<Record<string, unknown>> {
  return !(value instanceof Map) && !Array.isArray(value)
}

function write(value: unknown, pieces: string[]): void {
  if (typeof value === 'bigint') pieces.push('"', value.toString(), '"')
  else if (typeof value !== 'object' || value === null) pieces.push(JSON.stringify(value))
  else if (isRecord(value)) writeRecord(value, pieces)
  else if (value instanceof Map || Array.isArray(value)) writeList(value, pieces)
}

/**
 * One text per state: keys sorted by code unit, maps as lists of pairs in insertion order, exact numbers as their integer units.
 * Two equal books give equal texts on every machine.
 */
export function canonicalJson(book: TrancheBook): string {
  const pieces: string[] = []
  write(book, pieces)
  return pieces.join('')
}
