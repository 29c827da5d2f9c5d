import {
  type BookEvent,
  type BookOrder,
  divide,
  formatMoney,
  formatPrice,
  formatQuantity,
  type Money,
  type Tranche,
  type TrancheBook,
} from '@tranchebook/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '../src/projections/change.js'
import { projectEvent } from '../src/projections/project-event.js'
import { runProjection } from '../src/sql/run-projection.js'
import { migrate } from '../src/schema/migrate.js'
import { DEFAULT_WRITER_LIMITS } from '../src/sql/append-writer.js'
import { SqlStore } from '../src/sql/sql-store.js'
import { type BookStory, tellOfEstimates, tellStory } from './book-story.js'
import { startEngines } from './engines.js'
import { printedSeed, Random, rounds } from './random.js'

const { engines, server } = await startEngines()

/** The log of these tests was written a moment ago by the same code: nothing to check or upcast. */
const decode = (json: unknown): BookEvent => json as BookEvent

afterAll(async () => {
  await server?.stop()
})

const nothing = async (): Promise<void> => Promise.resolve()

describe.each(engines)('projections on $name', (engine) => {
  let store: SqlStore<BookEvent>
  beforeAll(async () => {
    store = await engine.open({ decode, project: projectEvent })
  })
  afterAll(async () => {
    await store.close()
  })

  const record = async ({ stream, decisions }: BookStory): Promise<void> => {
    let version = 0
    for (const events of decisions) {
      const batch = events.map((event, index) => ({ id: `${version + index + 1}`, event }))
      await store.append(stream, batch, { expected: version })
      version += batch.length
    }
  }

  const rows = async (query: string): Promise<readonly Record<string, unknown>[]> =>
    (await sql.raw<Record<string, unknown>>(query).execute(store.db)).rows

  it('tranches and orders equal the folded book after every kind of event, and after a rebuild', async () => {
    const random = new Random(printedSeed('projections'))
    const stories = Array.from({ length: rounds('STORE_STORIES', 3) }, (_, index) =>
      tellStory(random, `a${index}`, 200),
    )
    for (const story of stories) await record(story)
    const seen = new Set(stories.flatMap(({ decisions }) => decisions.flat().map(({ type }) => type)))
    console.info(`kinds of events: ${[...seen].sort().join(' ')}`)
    expect(await store.projectionsStaleSince()).toBeNull()
    for (const { book } of stories) await expectEqual(book)
    const before = await everything()
    let told = 0
    const count = await store.rebuildProjections((events) => {
      told += events
    })
    expect(told).toBe(count)
    expect(count).toBe((await store.logHead()).position)
    expect(await everything()).toEqual(before)
    for (const table of ['tranches', 'tranche_orders', 'tranche_fills']) {
      const found = await rows(`SELECT count(*)::int AS n FROM ${table}`)
      expect(found[0]).not.toEqual({ n: 0 })
    }
  })

  const everything = async (): Promise<unknown> =>
    Promise.all(
      [
        'SELECT * FROM tranches ORDER BY account, symbol, id',
        'SELECT * FROM tranche_orders ORDER BY account, symbol, client_order_id',
        'SELECT * FROM tranche_fills ORDER BY account, symbol, trade_id',
        'SELECT * FROM tranche_costs ORDER BY account, symbol, tranche_id, kind, asset',
      ].map(async (query) => rows(query)),
    )

  const expectEqual = async (book: TrancheBook): Promise<void> => {
    const own = `account = '${book.account}' AND symbol = '${book.symbol}'`
    const tranches =
      await rows(`SELECT id, side, label, isolated, isolation_time, quantity, original_quantity, cost, entry_price, entry_time,
        tp_price, sl_price, realized_pnl, exit_quantity, exit_notional, price_estimated, notes
       FROM tranches WHERE ${own} AND status = 'active' ORDER BY substr(id, 2)::int`)
    expect(tranches.map(plainNumbers)).toEqual(openTranches(book).map(trancheRow))
    const costs = await rows(`SELECT c.tranche_id, kind, asset, amount FROM tranche_costs c JOIN tranches t
        ON t.account = c.account AND t.symbol = c.symbol AND t.id = c.tranche_id
        WHERE t.account = '${book.account}' AND status = 'active' AND amount <> 0
        ORDER BY c.tranche_id COLLATE "C", kind, asset`)
    expect(costs.map(plainNumbers)).toEqual(openTranches(book).flatMap(costRows).sort(byText))
    const orders =
      await rows(`SELECT client_order_id, purpose, status, ending, filled, venue_order_id, child_order_id, quantity FROM tranche_orders
        WHERE ${own} AND closed_time IS NULL ORDER BY intent, attempt, client_order_id`)
    expect(orders.map(plainNumbers).sort(byText)).toEqual([...book.orders.values()].map(orderRow).sort(byText))
  }

  it('estimates that fills prove leave the tables equal to the folded book', async () => {
    const story = tellOfEstimates('estimates')
    const proofs = story.decisions.flat().flatMap((event) => (event.type === 'EstimateReplaced' ? [event.kind] : []))
    expect(proofs).toEqual(['exit', 'entry', 'entry'])
    await record(story)
    await expectEqual(story.book)
    const before = await everything()
    await store.rebuildProjections()
    expect(await everything()).toEqual(before)
  })

  it('the documented queries answer', async () => {
    const story = tellStory(new Random(7), 'queries', 200)
    await record(story)
    const active = await rows(`SELECT * FROM tranches WHERE status = 'active' AND account = 'queries'`)
    expect(active).toHaveLength(openTranches(story.book).length)
    const isolated = await rows('SELECT * FROM tranches WHERE isolated = 1')
    expect(isolated.length).toBeGreaterThanOrEqual(openTranches(story.book).filter((each) => each.isolated).length)
    const newest = await rows('SELECT * FROM tranche_events ORDER BY event_time DESC LIMIT 20')
    expect(newest).toHaveLength(20)
    const times = newest.map((row) => Number(row['event_time']))
    expect(times).toEqual(times.toSorted((left, right) => right - left))
    expect(await rows(`SELECT * FROM tranches WHERE symbol = 'BTCUSDT' ORDER BY entry_time DESC`)).not.toEqual([])
  })

  it('an append that is refused or repeated leaves the projections as they were', async () => {
    const story = tellStory(new Random(11), 'again', 60)
    await record(story)
    const before = await everything()
    const [first = []] = story.decisions
    const again = first.map((event, index) => ({ id: `${index + 1}`, event }))
    expect(await store.append(story.stream, again, { expected: 0 })).toMatchObject({ isDuplicate: true })
    await expect(store.append(story.stream, again, { expected: 3 })).rejects.toMatchObject({ name: 'ConflictError' })
    expect(await everything()).toEqual(before)
  })

  it('an event is recorded although a projection cannot follow, and a rebuild mends the projection', async () => {
    const story = tellStory(new Random(17), 'broken', 60)
    await sql`ALTER TABLE tranche_fills ADD CONSTRAINT broken CHECK (false) NOT VALID`.execute(store.db)
    await record(story)
    expect(await store.streamHead(story.stream)).toMatchObject({ version: story.decisions.flat().length })
    expect(await store.projectionsStaleSince()).toBeGreaterThan(0)
    await sql`ALTER TABLE tranche_fills DROP CONSTRAINT broken`.execute(store.db)
    await store.rebuildProjections()
    expect(await store.projectionsStaleSince()).toBeNull()
    await expectEqual(story.book)
  })

  it('an event is recorded although the code of its projection throws', async () => {
    const throwing = await engine.open({
      decode,
      project: () => {
        throw new Error('made to fail')
      },
    })
    const story = tellStory(new Random(19), 'main', 5)
    const first = story.decisions[0]!.map((event, index) => ({ id: `${index}`, event }))
    expect(await throwing.append(story.stream, first, { expected: 0 })).toMatchObject({ firstVersion: 1 })
    expect(await throwing.projectionsStaleSince()).toBe(1)
    await throwing.close()
  })

  it.each([
    ['what no JSON can hold', { o: 'fill', a: 'main', y: 'X', k: '1', r: { quantity: 1n } }],
    ['something that is no change', {}],
    ['nothing', undefined],
  ])('an event is recorded although its projection makes %s', async (_, change) => {
    const unsendable = await engine.open({ decode, project: () => [change as Change] })
    const story = tellStory(new Random(19), 'main', 5)
    const batches = story.decisions.map((events) => events.map((event, index) => ({ id: `${index}`, event })))
    expect(await unsendable.append(story.stream, batches[0]!, { expected: 0 })).toMatchObject({ firstVersion: 1 })
    expect(await unsendable.projectionsStaleSince()).toBe(1)
    expect(await unsendable.append('main/OTHER', batches[0]!, { expected: 0 })).toMatchObject({ firstVersion: 1 })
    await unsendable.close()
  })

  it('tables are stale from the first append that leaves their projection out, until a rebuild, and from the first one after it', async () => {
    const database = await engine.openDatabase()
    await migrate(database.db)
    const parts = { engine: database, decode, limits: DEFAULT_WRITER_LIMITS }
    const following = new SqlStore({ ...parts, project: projectEvent })
    const without = new SqlStore({ ...parts, project: null })
    const events = tellStory(new Random(29), 'left-out', 60).decisions.flat()
    const append = async (to: SqlStore<BookEvent>, first: number, last: number): Promise<void> => {
      const batch = events.slice(first - 1, last).map((event, index) => ({ id: `${first + index}`, event }))
      await to.append('left-out/BTCUSDT', batch, { expected: first - 1 })
    }
    await append(following, 1, 5)
    expect(await following.projectionsStaleSince()).toBeNull()
    await append(without, 6, 7)
    await append(without, 8, 9)
    await append(following, 10, 12)
    expect(await following.projectionsStaleSince()).toBe(6)
    await following.rebuildProjections()
    expect(await following.projectionsStaleSince()).toBeNull()
    const again = events.slice(7, 9).map((event, index) => ({ id: `${8 + index}`, event }))
    expect(await without.append('left-out/BTCUSDT', again, { expected: 7 })).toMatchObject({ isDuplicate: true })
    await append(following, 13, 13)
    expect(await following.projectionsStaleSince()).toBeNull()
    await append(without, 14, 14)
    expect(await following.projectionsStaleSince()).toBe(14)
    await expect(without.rebuildProjections()).rejects.toMatchObject({ code: 'store.request.malformed' })
    expect(await following.projectionsStaleSince()).toBe(14)
    await following.rebuildProjections()
    const many = ['left-out/X', 'left-out/Y'].map(async (stream) =>
      without.append(stream, [{ id: '1', event: events[0]! }], { expected: 0 }),
    )
    const [first] = await Promise.all(many)
    expect(await following.projectionsStaleSince()).toBe(first?.firstPosition)
    await following.close()
  })

  it('a projection of one’s own may ask the store where it has connections for that, and is refused where not', async () => {
    const own = await engine.open({ decode })
    const story = tellStory(new Random(23), 'asking', 5)
    await own.append(story.stream, [{ id: '1', event: story.decisions[0]![0]! }], { expected: 0 })
    const asks = [
      async () => own.streamHead(story.stream),
      async () => own.append(story.stream, [{ id: '2', event: story.decisions[0]![0]! }], { expected: 1 }),
    ]
    for (const [version, ask] of asks.entries()) {
      const stop = new AbortController()
      const apply = async (): Promise<void> => {
        await ask()
        stop.abort()
      }
      const projection = { name: 'asking', version, reset: nothing, apply }
      const run = runProjection(own, projection, { signal: stop.signal })
      if (own.kind === 'postgres') await run
      else await expect(run).rejects.toMatchObject({ code: 'store.transaction.nested' })
    }
    expect(await own.streamHead(story.stream)).toMatchObject({ version: own.kind === 'postgres' ? 2 : 1 })
    await own.close()
  })

  it('a projection of one’s own takes every event in exactly once, although it fails and starts again', async () => {
    const story = tellStory(new Random(13), 'own', 120)
    let failures = 0
    const projection = (version: number, stop: AbortController, until: number) => ({
      name: 'events per type',
      version,
      reset: async (transaction: SqlStore<BookEvent>['db']): Promise<void> => {
        await sql`DROP TABLE IF EXISTS per_type`.execute(transaction)
        await sql`CREATE TABLE per_type (type text PRIMARY KEY, n integer NOT NULL)`.execute(transaction)
      },
      apply: async (
        transaction: SqlStore<BookEvent>['db'],
        events: readonly { event: BookEvent; position: number }[],
      ) => {
        for (const { event } of events) {
          await sql`INSERT INTO per_type VALUES (${event.type}, 1)
            ON CONFLICT (type) DO UPDATE SET n = per_type.n + 1`.execute(transaction)
        }
        failures += 1
        if (failures % 3 === 0) throw new Error('made to fail')
        if (events.some(({ position }) => position >= until)) stop.abort()
      },
    })
    const runUntil = async (version: number, until: number): Promise<void> => {
      const stop = new AbortController()
      while (!stop.signal.aborted) {
        const run = runProjection(store, projection(version, stop, until), { signal: stop.signal, batchSize: 7 })
        await run.catch((error: unknown) => {
          expect(error).toMatchObject({ message: 'made to fail' })
        })
      }
    }
    const half = Math.floor(story.decisions.length / 2)
    await record({ ...story, decisions: story.decisions.slice(0, half) })
    await runUntil(1, (await store.logHead()).position)
    let version = story.decisions.slice(0, half).flat().length
    for (const events of story.decisions.slice(half)) {
      const batch = events.map((event, index) => ({ id: `${version + index + 1}`, event }))
      await store.append(story.stream, batch, { expected: version })
      version += batch.length
    }
    const total = await rows('SELECT type, count(*)::int AS n FROM tranche_events GROUP BY type ORDER BY type')
    const end = (await store.logHead()).position
    await runUntil(1, end)
    expect(await rows('SELECT type, n FROM per_type ORDER BY type')).toEqual(total)
    await runUntil(2, end)
    expect(await rows('SELECT type, n FROM per_type ORDER BY type')).toEqual(total)
  })
})

function openTranches(book: TrancheBook): readonly Tranche[] {
  const all = [...book.groups.LONG.tranches, ...book.groups.SHORT.tranches]
  return all.sort((left, right) => Number(left.id.slice(1)) - Number(right.id.slice(1)))
}

function byText(left: unknown, right: unknown): number {
  const [a, b] = [JSON.stringify(left), JSON.stringify(right)]
  return a < b ? -1 : a > b ? 1 : 0
}

/** Decimals without trailing zeros, as the core writes them. */
function plainNumbers(row: Record<string, unknown>): Record<string, unknown> {
  const plain = (value: unknown): unknown =>
    typeof value === 'string' && /^-?\d+\.\d+$/.test(value) ? value.replace(/\.?0+$/, '') : value
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value)]))
}

function trancheRow(tranche: Tranche): Record<string, unknown> {
  const price = (value: Tranche['stopPrice']): string | null => (value === null ? null : formatPrice(value))
  return {
    id: tranche.id,
    side: tranche.side,
    label: tranche.label,
    isolated: tranche.isolated ? 1 : 0,
    isolation_time: tranche.isolatedTime === null ? null : String(tranche.isolatedTime),
    quantity: formatQuantity(tranche.quantity),
    original_quantity: formatQuantity(tranche.originalQuantity),
    cost: formatMoney(tranche.cost),
    entry_price: formatPrice(
      divide(tranche.basisCost, tranche.basisQuantity, 'down') as NonNullable<Tranche['stopPrice']>,
    ),
    entry_time: String(tranche.entryTime),
    tp_price: price(tranche.takeProfitPrice),
    sl_price: price(tranche.stopPrice),
    realized_pnl: formatMoney(tranche.realizedPnl),
    exit_quantity: formatQuantity(tranche.exitQuantity),
    exit_notional: formatMoney(tranche.exitNotional),
    price_estimated: tranche.priceEstimated ? 1 : 0,
    notes: tranche.notes,
  }
}

function costRows(tranche: Tranche): Record<string, unknown>[] {
  const fees = new Map<string, bigint>()
  for (const amounts of [tranche.openFees, tranche.realizedFees]) {
    for (const [asset, amount] of Object.entries(amounts)) fees.set(asset, (fees.get(asset) ?? 0n) + amount)
  }
  const row = (kind: string, asset: string, amount: bigint): Record<string, unknown> => ({
    tranche_id: tranche.id,
    kind,
    asset,
    amount: formatMoney(amount as Money),
  })
  const paid = [...fees].map(([asset, amount]) => row('fee', asset, amount))
  const funded = Object.entries(tranche.funding).map(([asset, amount]) => row('funding', asset, amount))
  return [...paid, ...funded].filter(({ amount }) => amount !== '0')
}

function orderRow(order: BookOrder): Record<string, unknown> {
  return {
    client_order_id: order.clientOrderId,
    purpose: order.purpose,
    status: order.state,
    ending: order.ending?.status ?? null,
    filled: formatQuantity(order.filled),
    venue_order_id: order.venueOrderId,
    child_order_id: order.childOrderId,
    quantity: order.quantity === null ? null : formatQuantity(order.quantity),
  }
}
