import { parse } from 'csv-parse/sync'
import { columnName, type ExportRow, type ExportTable, RowProblem } from './export-row.js'

interface ParsedRecord {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

const DELIMITERS = [',', ';', '\t'] as const

function delimiterOf(text: string): string {
  const head = text.slice(0, text.indexOf('\n') >>> 0)
  const count = (delimiter: string): number => head.split(delimiter).length
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
}

/** Rows of a CSV with one line of titles. @throws {RowProblem} naming the first line that breaks the quoting. */
export function parseCsv(text: string): ExportTable {
  const options = { bom: true, trim: true, info: true, skip_empty_lines: true, relax_column_count: true } as const
  let records: readonly ParsedRecord[]
  try {
    records = parse(text, { ...options, delimiter: delimiterOf(text) }) as unknown as readonly ParsedRecord[]
  } catch (error) {
    throw new RowProblem(error instanceof Error ? error.message : String(error), { cause: error })
  }
  const [head, ...body] = records
  const columns = (head?.record ?? []).map(columnName)
  const rows = body.map(({ record, info }): ExportRow => {
    const cells = columns.map((column, index) => [column, record[index] ?? ''] as const)
    return { line: info.lines, cells: new Map(cells) }
  })
  return { columns, rows }
}
