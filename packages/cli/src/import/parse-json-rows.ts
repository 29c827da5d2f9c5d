import { isObject, parseLosslessJson } from '../read/parse-json.js'
import { columnName, type ExportRow, type ExportTable, RowProblem } from './export-row.js'

function textOf(value: unknown): string {
  if (value == null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Rows of a JSON list of objects, numbered from 1; every number keeps the digits it was written with. @throws {RowProblem} */
export function parseJsonRows(text: string): ExportTable {
  let list: unknown
  try {
    list = parseLosslessJson(text)
  } catch (error) {
    throw new RowProblem(error instanceof Error ? error.message : String(error), { cause: error })
  }
  if (!Array.isArray(list)) throw new RowProblem('expected a list of trades, [{"id":1,…}]')
  const rows = list.map((value: unknown, index): ExportRow => {
    const entries = isObject(value) ? Object.entries(value) : []
    return { line: index + 1, cells: new Map(entries.map(([name, cell]) => [columnName(name), textOf(cell)])) }
  })
  return { columns: [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))], rows }
}
