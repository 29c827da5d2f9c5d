import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import type { Cell, Column, Table } from './table.js'
import { writeParquet } from './write-parquet.js'

const COLUMNS: readonly Column[] = [
  { name: 'position', type: 'count' },
  { name: 'price', type: 'decimal' },
  { name: 'time', type: 'time' },
  { name: 'maker', type: 'flag' },
]

const counted = { rows: 0 }

async function* rows(count: number): AsyncGenerator<readonly Cell[], void, undefined> {
  for (let row = 1; row <= count; row += 1) {
    counted.rows = row
    yield await Promise.resolve([row, `50000.${row}`, 1_700_000_000_000 + row, row % 3 === 0 ? null : row % 2 === 0])
  }
}

/** The writer makes no further row, however long it is let. */
async function untilItWaits(): Promise<void> {
  for (let before = -1; before !== counted.rows;) {
    before = counted.rows
    for (let turn = 0; turn < 50; turn += 1) await nextTurn()
  }
}

async function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

async function fileOf(table: Table): Promise<{ readonly file: ArrayBuffer; readonly pieces: number }> {
  const pieces: Uint8Array[] = []
  for await (const piece of writeParquet(table)) pieces.push(piece)
  const bytes = Buffer.concat(pieces)
  return { file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength), pieces: pieces.length }
}

describe('a Parquet file', () => {
  it('holds every row, exactly, in groups that came one after the other', async () => {
    const { file, pieces } = await fileOf({ columns: COLUMNS, rows: rows(45_000) })
    expect(parquetMetadata(file).row_groups.map(({ num_rows: count }) => Number(count))).toEqual([
      1000, 20_000, 20_000, 4000,
    ])
    expect(pieces).toBeGreaterThan(1)
    const read = await parquetReadObjects({ file })
    expect(read).toHaveLength(45_000)
    expect(read[44_999]).toEqual({
      position: 45_000n,
      price: '50000.45000',
      time: new Date(1_700_000_045_000),
      maker: null,
    })
  })

  it('is a file even without rows', async () => {
    const { file } = await fileOf({ columns: COLUMNS, rows: rows(0) })
    expect(await parquetReadObjects({ file })).toEqual([])
  })

  it('is written no further once nobody takes it', async () => {
    for await (const piece of writeParquet({ columns: COLUMNS, rows: rows(1_000_000) })) if (piece.length > 0) break
    expect(counted.rows).toBeLessThan(200_000)
  })

  it('ends when nobody takes it while it waits to be taken', async () => {
    for await (const piece of writeParquet({ columns: COLUMNS, rows: rows(1_000_000) })) {
      if (piece.length === 0) continue
      await untilItWaits()
      break
    }
    const written = counted.rows
    await untilItWaits()
    expect(counted.rows).toBe(written)
  })

  it('fails as its rows do', async () => {
    async function* broken(): AsyncGenerator<readonly Cell[], void, undefined> {
      yield [1, '1', 1, true]
      await Promise.resolve()
      throw new RangeError('the log broke')
    }
    await expect(fileOf({ columns: COLUMNS, rows: broken() })).rejects.toThrow('the log broke')
  })
})
