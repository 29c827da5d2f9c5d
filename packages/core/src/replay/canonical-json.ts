import type { TrancheBook } from '../book/book.js'

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function textOfList(list: Iterable<unknown>): string {
  let text = ''
  for (const entry of list) text += text === '' ? textOf(entry) : `,${textOf(entry)}`
  return `[${text}]`
}

/** Keys are written one by one: a built object would put asset names such as "1000" first, in numeric order. */
function textOfRecord(record: object): string {
  const fields: Readonly<Record<string, unknown>> = { ...record }
  let text = ''
  for (const key of Object.keys(fields).sort(byCodeUnit))
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${textOf(fields[key])}`
  return `{${text}}`
}

function textOf(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (value instanceof Map || Array.isArray(value)) return textOfList(value)
  return textOfRecord(value)
}

/**
 * One text per state: keys sorted by code unit, maps as lists of pairs in insertion order, exact numbers as their integer units.
 * Two equal books give equal texts on every machine.
 */
export function canonicalJson(book: TrancheBook): string {
  return textOf(book)
}
