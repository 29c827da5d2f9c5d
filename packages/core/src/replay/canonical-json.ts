import type { TrancheBook } from '../book/book.js'

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Map) return [...value].map(([key, entry]) => [key, plain(entry)])
  if (Array.isArray(value)) return value.map(plain)
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
  return Object.fromEntries(entries.map(([key, entry]) => [key, plain(entry)]))
}

/**
 * One text per state: keys sorted, maps as lists in insertion order, exact numbers as their integer units. Two equal books give
 * equal texts on every machine.
 */
export function canonicalJson(book: TrancheBook): string {
  return JSON.stringify(plain(book))
}
