import { type BookEvent, parseEvent, replay, stateHash } from '@tranchebook/core'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BTC, Stage } from './stage.js'

let stage: Stage
let fills: BookEvent[]

beforeAll(async () => {
  stage = await Stage.open()
  await stage.enter('0.1', '=cmd|"/C calc"!A0')
  await stage.move('51500')
  fills = []
  for await (const { event } of stage.store.readAll()) if (event.type === 'FillBooked') fills.push(event)
})
afterAll(async () => stage.close())

async function download(path: string): Promise<Response> {
  const { origin, token } = stage.dashboard
  return fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${token}` } })
}

async function text(path: string): Promise<string> {
  return (await download(path)).text()
}

describe('tables', () => {
  it('of tranches say the same in every format', async () => {
    const rows = JSON.parse(await text('/api/export/tranches.json')) as Record<string, unknown>[]
    expect(rows).toMatchObject([
      {
        account: 'main',
        symbol: 'BTCUSDT',
        id: 'T1',
        quantity: '0.06',
        originalQuantity: '0.1',
        realizedPnl: '60',
        exitTime: null,
      },
    ])
    const [header = '', line = ''] = (await text('/api/export/tranches.csv')).split('\n')
    const names = header.split(',')
    expect(names).toEqual(Object.keys(rows[0] ?? {}))
    expect(line.endsWith(',,,,')).toBe(true)

    const file = await (await download('/api/export/tranches.parquet')).arrayBuffer()
    const read = await parquetReadObjects({ file })
    const plain = read.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainOf(value)])),
    )
    expect(plain).toEqual(rows)
  })

  it('keep a spreadsheet from running what somebody typed', async () => {
    const csv = await text('/api/export/tranches.csv')
    expect(csv).toContain(`"'=cmd|""/C calc""!A0"`)
    const rows = JSON.parse(await text('/api/export/tranches.json')) as { label: string }[]
    expect(rows[0]?.label).toBe('=cmd|"/C calc"!A0')
  })

  it('of fills have every fill of the log, digits as they were', async () => {
    const rows = JSON.parse(await text('/api/export/fills.json')) as Record<string, unknown>[]
    expect(rows).toMatchObject(
      fills.map((fill) =>
        fill.type === 'FillBooked' ? { tradeId: fill.tradeId, price: fill.price, quantity: fill.quantity } : {},
      ),
    )
    const csv = (await text('/api/export/fills.csv')).trim().split('\n')
    expect(csv).toHaveLength(fills.length + 1)
  })

  it('of events are the log', async () => {
    const rows = JSON.parse(await text('/api/export/events.json?account=main&symbol=BTCUSDT')) as { event: string }[]
    const { version } = await stage.client.book(BTC)
    expect(
      rows.map(({ event }) => parseEvent(JSON.parse(event), { stream: 'main/BTCUSDT', version: 1 }).type),
    ).toHaveLength(version)
    const head = (await stage.store.logHead()).position
    const file = await (await download('/api/export/events.parquet')).arrayBuffer()
    expect(await parquetReadObjects({ file })).toHaveLength(head)
  })

  it('are files with a name, and nothing where there is no such book', async () => {
    const answer = await download('/api/export/fills.csv?symbol=BTCUSDT')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="tranchebook-BTCUSDT-fills.csv"')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect((await download('/api/export/fills.csv?symbol=NOSUCH')).status).toBe(404)
    expect((await download('/api/export/fills.xlsx')).status).toBe(404)
  })
})

describe('an incident file', () => {
  it('is the log of one book up to a version, and folds to the same state', async () => {
    const { newestVersion } = await stage.client.book(BTC)
    for (const until of [1, Math.floor(newestVersion / 2), newestVersion]) {
      const lines = (await text(`/api/books/main/BTCUSDT/incident.jsonl?until=${until}`)).trim().split('\n')
      const events = lines.map((line) => {
        const { stream, version, event } = JSON.parse(line) as { stream: string; version: number; event: unknown }
        return parseEvent(event, { stream, version })
      })
      const recorded: BookEvent[] = []
      for await (const { event } of stage.store.read('main/BTCUSDT', { until })) recorded.push(event)
      expect(stateHash(replay(events))).toBe(stateHash(replay(recorded)))
    }
  })
})

function plainOf(value: unknown): unknown {
  if (value instanceof Date) return value.getTime()
  return typeof value === 'bigint' ? Number(value) : value
}
