/** What a cell of a table of comma-separated values can hold. */
export type CsvValue = string | number | null

/** A text that a spreadsheet takes for a formula stands behind an apostrophe; figures, negative ones too, stay as they are. */
function cellOf(value: CsvValue): string {
  if (value === null) return ''
  const text = String(value)
  const isFigure = /^[-+]?\d+(\.\d+)?$/.test(text)
  const safe = !isFigure && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows of values under their names, as RFC 4180 writes them; unknown is empty. */
export function csvText(names: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [names, ...rows].map((row) => `${row.map(cellOf).join(',')}\n`).join('')
}
