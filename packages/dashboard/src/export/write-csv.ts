import type { Cell, Column, Table } from './table.js'

const ROWS_AT_ONCE = 500
/** Spreadsheets take text that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/

function field(cell: Cell, { type }: Column): string {
  if (cell === null) return ''
  const text = String(cell)
  const safe = type === 'text' && FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A table as CSV (RFC 4180, UTF-8, header line); unknown is empty. Typed text that a spreadsheet would run gets a `'` before it. */
export async function* writeCsv({ columns, rows }: Table): AsyncGenerator<string, void, undefined> {
  let lines = [columns.map(({ name }) => name).join(',')]
  for await (const row of rows) {
    lines.push(columns.map((column, index) => field(row[index] ?? null, column)).join(','))
    if (lines.length < ROWS_AT_ONCE) continue
    yield `${lines.join('\n')}\n`
    lines = []
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`
}
