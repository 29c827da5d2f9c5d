import type { Table } from './table.js'

/** A table as a JSON list of objects, one a line; decimals stay text. */
export async function* writeJson({ columns, rows }: Table): AsyncGenerator<string, void, undefined> {
  let separator = '[\n'
  for await (const row of rows) {
    const object = Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null]))
    yield `${separator}${JSON.stringify(object)}`
    separator = ',\n'
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}
