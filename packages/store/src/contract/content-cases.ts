import assert from 'node:assert/strict'
import { type ContractCase, assertRefused, collect, numbered, numbers } from './contract-case.js'

const TEXT = 'naïve – 日本 🜂 "quoted" back\\slash \\u0041 tab\t newline\n \u2028 end'

/** What goes in comes out, and what cannot is refused at the door. */
export const contentCases: readonly ContractCase[] = [
  {
    id: 'ES-20',
    title: 'text, key order and metadata come back as they were',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      const event = {
        type: 'Numbered',
        version: 2,
        time: 0,
        z: '0.10',
        number: 1,
        text: TEXT,
        a: [1, null, { b: false }],
      }
      const metadata = { z: TEXT, a: { nested: [1, 2, 3] } }
      await store.append(stream, [{ id: TEXT.replaceAll(/[\t\n]/g, ' '), event, metadata }], { expected: 0 })
      const [stored] = await collect(store.read(stream))
      assert.equal(JSON.stringify(stored?.event), JSON.stringify(event))
      assert.equal(JSON.stringify(stored?.metadata), JSON.stringify(metadata))
      assert.equal(stored?.id, TEXT.replaceAll(/[\t\n]/g, ' '))
      const [replayed] = await collect(store.replay(stream))
      assert.equal(JSON.stringify(replayed), JSON.stringify([event]))
    },
  },
  {
    id: 'ES-21',
    title: 'what a log cannot hold is refused before anything is sent',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      const withText = (text: string) => ({ ...numbered(1), event: { ...numbered(1).event, text } })
      const refusals = [
        store.append(stream, [numbered(1, '')], { expected: 0 }),
        store.append(stream, [numbered(1, 'line\nfeed')], { expected: 0 }),
        store.append(`${account}\n/X`, [numbered(1)], { expected: 0 }),
        store.append(stream, [withText('nul \0')], { expected: 0 }),
        store.append(stream, [withText('half \ud83d')], { expected: 0 }),
        store.append(stream, [], { expected: 0 }),
        store.append(stream, numbers(1, 10_001), { expected: 0 }),
        store.append(stream, [numbered(1), numbered(1)], { expected: 0 }),
        store.append(stream, [numbered(1)], { expected: -1 }),
        store.append(stream, [numbered(1)], { expected: 0.5 }),
        store.append(stream, [numbered(1)], { expected: 0, epoch: 0 }),
        store.append(stream, [{ id: 'a', event: { ...numbered(1).event, time: 1.5 } }], { expected: 0 }),
      ]
      for (const refusal of await Promise.allSettled(refusals)) assert.equal(refusal.status, 'rejected')
      await assertRefused(store.append(stream, [numbered(1, '')], { expected: 0 }), 'store.event.malformed')
      assert.equal(await store.streamHead(stream), null)
      await store.append(stream, [withText('backslash \\u0000 and \\ud83d are plain text')], { expected: 0 })
    },
  },
  {
    id: 'ES-22',
    title: 'old events are upcast on every way of reading',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      const old = { type: 'Counted', version: 1, time: 5, number: 8 }
      const { position } = await store.append(stream, [{ id: 'old', event: old }], { expected: 0 })
      const today = { type: 'Numbered', version: 2, time: 5, number: 8 }
      const until = { after: position - 1, until: position }
      const stop = new AbortController()
      const iterator = store.subscribe({ after: position - 1, signal: stop.signal })
      const { value: batch } = await iterator.next()
      stop.abort()
      assert.deepEqual(
        (await collect(store.read(stream))).map(({ event }) => event),
        [today],
      )
      assert.deepEqual(
        (await collect(store.readAll(until))).map(({ event }) => event),
        [today],
      )
      assert.deepEqual(await collect(store.replay(stream)), [[today]])
      assert.deepEqual(batch?.[0]?.event, today)
    },
  },
  {
    id: 'ES-23',
    title: 'what would come back from the log as something else is refused, and the place in the event named',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      const around: Record<string, unknown> = {}
      around['self'] = around
      const unfaithful: readonly [unknown, string][] = [
        [Number.NaN, 'Numbered.z: expected JSON, which comes back as it was, got NaN'],
        [[0, { a: -Infinity }], 'Numbered.z[1].a: expected JSON, which comes back as it was, got -Infinity'],
        [{ 'a b': 1n }, 'Numbered.z["a b"]: expected JSON, which comes back as it was, got a bigint'],
        [[undefined], 'Numbered.z[0]: expected JSON, which comes back as it was, got undefined'],
        [() => 1, 'Numbered.z: expected JSON, which comes back as it was, got a function'],
        [Symbol('s'), 'Numbered.z: expected JSON, which comes back as it was, got a symbol'],
        [new Date(0), 'Numbered.z: expected JSON, which comes back as it was, got an object of a class'],
        [new Map([[1, 2]]), 'Numbered.z: expected JSON, which comes back as it was, got an object of a class'],
        [around, 'got more than 100 levels'],
      ]
      for (const [z, message] of unfaithful) {
        const event = { ...numbered(1).event, z }
        await assert.rejects(store.append(stream, [{ id: 'z', event }], { expected: 0 }), (error: Error) => {
          assert.ok('code' in error && error.code === 'store.event.malformed', String(error))
          assert.ok(error.message.includes(message), error.message)
          return true
        })
      }
      const metadata = { price: Number.NaN }
      await assertRefused(
        store.append(stream, [{ ...numbered(1), metadata }], { expected: 0 }),
        'store.event.malformed',
      )
      assert.equal(await store.streamHead(stream), null)
      const event = { ...numbered(1).event, none: undefined, nothing: null, text: 'null' }
      await store.append(stream, [{ id: 'kept', event }], { expected: 0 })
      const [stored] = await collect(store.read(stream))
      assert.deepEqual(stored?.event, { ...numbered(1).event, nothing: null, text: 'null' })
    },
  },
]
