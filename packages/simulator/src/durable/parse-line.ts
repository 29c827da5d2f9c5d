import type { Row } from './rows.js'

interface WrittenBigint {
  readonly $integer: string
}

function writeBigint(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? ({ $integer: value.toString() } satisfies WrittenBigint) : value
}

function readBigint(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$integer' in value)) return value
  return BigInt(String(value.$integer))
}

/** A row as text that {@link parseLine} reads. */
export function formatRow(row: Row): string {
  return JSON.stringify(row, writeBigint)
}

/** One line holds all rows of one moment: either all of them count or, cut off by an end of the process, none. */
export function formatLine(rows: readonly string[]): string {
  return `[${rows.join(',')}]\n`
}

/** The rows of a line that this package wrote; `null` = it is not whole. */
export function parseLine(line: string): readonly Row[] | null {
  try {
    return JSON.parse(line, readBigint) as readonly Row[]
  } catch {
    return null
  }
}
