import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { BasicType, ByteWriter, ColumnSource } from 'hyparquet-writer'
import type { Cell, Column, Table } from './table.js'

const TYPES: Readonly<Record<Column['type'], BasicType>> = {
  text: 'STRING',
  decimal: 'STRING',
  time: 'TIMESTAMP',
  count: 'INT64',
  flag: 'BOOLEAN',
}

/** Rows of a group; the first is small, so that the first bytes come soon. A group is all that is held in memory. */
const GROUPS = [1000, 20_000]

type Value = string | boolean | bigint | Date | null

function valueOf(cell: Cell, { type }: Column): Value {
  if (typeof cell !== 'number') return cell
  return type === 'time' ? new Date(cell) : BigInt(cell)
}

async function* objectsOf({ columns, rows }: Table): AsyncGenerator<Record<string, Value>, void, undefined> {
  for await (const row of rows)
    yield Object.fromEntries(columns.map((column, index) => [column.name, valueOf(row[index] ?? null, column)]))
}

function columnOf({ name, type }: Column): Omit<ColumnSource, 'data'> {
  return { name, type: TYPES[type], nullable: true }
}

/** Hands each finished group on, and waits until it was taken. */
function flushInto(out: PassThrough, writer: ByteWriter, signal: AbortSignal): () => Promise<void> {
  return async () => {
    const piece = writer.getBytes().slice()
    writer.index = 0
    if (!out.write(piece)) await once(out, 'drain', { signal })
  }
}

async function writeGroups(table: Table, out: PassThrough, signal: AbortSignal): Promise<void> {
  const { ByteWriter: Bytes, parquetWriteRows } = await import('hyparquet-writer')
  const bytes = new Bytes()
  const flush = flushInto(out, bytes, signal)
  const writer = Object.assign(bytes, { flush, finish: flush })
  await parquetWriteRows({ writer, rows: objectsOf(table), columns: table.columns.map(columnOf), rowGroupSize: GROUPS })
}

/** A table as Parquet, group by group. Decimals stay exact text; times are timestamps, counts 64-bit. */
export async function* writeParquet(table: Table): AsyncGenerator<Uint8Array, void, undefined> {
  const out = new PassThrough()
  const leaving = new AbortController()
  const written = writeGroups(table, out, leaving.signal).then(
    () => out.end(),
    (error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  try {
    for await (const piece of out as AsyncIterable<Uint8Array>) yield piece
  } finally {
    leaving.abort()
    await written
  }
}
