import assert from 'node:assert/strict'
import type { StoredEvent } from '../event-store.js'
import {
  type ContractBench,
  type ContractCase,
  type ContractEvent,
  assertRefused,
  collect,
  numbered,
  numbers,
  range,
} from './contract-case.js'

type Batches = AsyncGenerator<readonly StoredEvent<ContractEvent>[], void, undefined>

/** Numbers of this account that a subscription hands over, until there are `count`. */
async function nextNumbers(batches: Batches, account: string, count: number): Promise<number[]> {
  const found: number[] = []
  while (found.length < count) {
    const { value, done } = await batches.next()
    if (done === true) break
    for (const { stream, event } of value) if (stream.startsWith(account)) found.push(event.number)
  }
  return found
}

async function endOf({ store }: ContractBench): Promise<number> {
  return (await store.logHead()).position
}

/** Reading once, reading all, following. */
export const readCases: readonly ContractCase[] = [
  {
    id: 'ES-30',
    title: 'a stream reads from and up to any version; an unknown one is empty',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      await store.append(stream, numbers(1, 10), { expected: 0 })
      const read = async (options: { after?: number; until?: number }): Promise<number[]> =>
        (await collect(store.read(stream, options))).map(({ version }) => version)
      assert.deepEqual(await read({ after: 7 }), [8, 9, 10])
      assert.deepEqual(await read({ until: 2 }), [1, 2])
      assert.deepEqual(await read({ after: 3, until: 5 }), [4, 5])
      assert.deepEqual(await read({ after: 10 }), [])
      assert.deepEqual(await collect(store.read(`${account}/NONE`)), [])
      assert.deepEqual(await collect(store.replay(`${account}/NONE`)), [])
    },
  },
  {
    id: 'ES-31',
    title: 'the whole log reads in the order of positions, without gaps and without repeats',
    run: async (bench) => {
      const { store, account } = bench
      await Promise.all(
        range(1, 8).map((index) => store.append(`${account}/S${index}`, numbers(1, 5), { expected: 0 })),
      )
      const positions = (await collect(store.readAll())).map(({ position }) => position)
      assert.deepEqual(positions, range(1, await endOf(bench)))
    },
  },
  {
    id: 'ES-32',
    title: 'replay gives the same events as reading, over any number of batches',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      for (const turn of range(0, 10)) {
        await store.append(stream, numbers(turn * 500 + 1, turn * 500 + 500), { expected: turn * 500 })
      }
      const replayed = (await collect(store.replay(stream))).flat().map(({ number }) => number)
      assert.deepEqual(replayed, range(1, 5500))
      const read = (await collect(store.read(stream))).map(({ event }) => event.number)
      assert.deepEqual(read, range(1, 5500))
      const tail = (await collect(store.replay(stream, { after: 5490, until: 5495 }))).flat()
      assert.deepEqual(
        tail.map(({ number }) => number),
        range(5491, 5495),
      )
    },
  },
  {
    id: 'ES-33',
    title: 'a subscription catches up, then follows, and ends when told to',
    run: async (bench) => {
      const { store, account } = bench
      const stream = `${account}/BTCUSDT`
      const after = await endOf(bench)
      await store.append(stream, numbers(1, 20), { expected: 0 })
      const stop = new AbortController()
      const batches = store.subscribe({ after, signal: stop.signal, batchSize: 7 })
      assert.deepEqual(await nextNumbers(batches, account, 20), range(1, 20))
      const following = nextNumbers(batches, account, 10)
      for (const number of range(21, 30)) await store.append(stream, [numbered(number)], { expected: number - 1 })
      assert.deepEqual(await following, range(21, 30))
      const last = batches.next()
      stop.abort()
      assert.equal((await last).done, true)
    },
  },
  {
    id: 'ES-34',
    title: 'a reader that does not read holds no writer back, and misses nothing',
    run: async (bench) => {
      const { store, account } = bench
      const stream = `${account}/BTCUSDT`
      const after = await endOf(bench)
      const stop = new AbortController()
      const batches = store.subscribe({ after, signal: stop.signal, batchSize: 3 })
      await store.append(stream, numbers(1, 3), { expected: 0 })
      assert.deepEqual(await nextNumbers(batches, account, 3), [1, 2, 3])
      for (const turn of range(1, 10)) {
        await store.append(stream, numbers(turn * 10, turn * 10 + 9), { expected: 3 + (turn - 1) * 10 })
      }
      const { value } = await batches.next()
      assert.equal(value?.length, 3)
      assert.deepEqual(await nextNumbers(batches, account, 97), range(13, 109))
      stop.abort()
    },
  },
  {
    id: 'ES-35',
    title: 'a subscription after a position that the log does not reach is refused, not silent',
    run: async (bench) => {
      const { store, account } = bench
      await store.append(`${account}/BTCUSDT`, numbers(1, 1), { expected: 0 })
      const end = await endOf(bench)
      const { signal } = new AbortController()
      await assertRefused(store.subscribe({ after: end + 1, signal }).next(), 'store.log.older')
      const following = store.subscribe({ after: end, signal })
      const next = following.next()
      await store.append(`${account}/BTCUSDT`, numbers(2, 2), { expected: 1 })
      assert.equal((await next).value?.[0]?.position, end + 1)
      await following.return()
    },
  },
  {
    id: 'ES-36',
    title: 'a subscription without a usable batch size or position is refused',
    run: async ({ store }) => {
      const { signal } = new AbortController()
      for (const batchSize of [0, -1, 0.5, Number.NaN, Infinity]) {
        await assertRefused(store.subscribe({ after: 0, signal, batchSize }).next(), 'store.request.malformed')
      }
      for (const after of [-1, 0.5, Number.NaN]) {
        await assertRefused(store.subscribe({ after, signal }).next(), 'store.request.malformed')
      }
    },
  },
]
