import type { BasicType, ColumnSource } from 'hyparquet-writer'
import type { Cell, Column, Table } from './table.js'

const TYPES: Readonly<Record<Column['type'], BasicType>> = {
  text: 'STRING',
  decimal: 'STRING',
  time: 'TIMESTAMP',
  count: 'INT64',
  flag: 'BOOLEAN',
}

function valueOf(cell: Cell, { type }: Column): string | boolean | bigint | Date | null {
  if (typeof cell !== 'number') return cell
  return type === 'time' ? new Date(cell) : BigInt(cell)
}

async function columnsOf({ columns, rows }: Table): Promise<ColumnSource[]> {
  const data = columns.map((): ReturnType<typeof valueOf>[] => [])
  for await (const row of rows)
    for (const [index, column] of columns.entries()) data[index]?.push(valueOf(row[index] ?? null, column))
  return columns.map(({ name, type }, index) => ({
    name,
    type: TYPES[type],
    nullable: true,
    data: data[index] ?? [],
  }))
}

/** A table as Parquet. Decimals stay exact text; times are timestamps, counts 64-bit. It is put together in memory. */
export async function* writeParquet(table: Table): AsyncGenerator<Uint8Array, void, undefined> {
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  yield new Uint8Array(parquetWriteBuffer({ columnData: await columnsOf(table) }))
}
