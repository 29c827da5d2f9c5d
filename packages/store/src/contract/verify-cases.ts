import assert from 'node:assert/strict'
import { assertReaches } from '../assert-reaches.js'
import { type ContractCase, assertRefused, collect, numbers } from './contract-case.js'

/** What a log can prove of itself. */
export const verifyCases: readonly ContractCase[] = [
  {
    id: 'ES-60',
    title: 'an untouched log verifies, alone and against an anchor of its past',
    run: async ({ store, account }) => {
      await store.append(`${account}/BTCUSDT`, numbers(1, 20), { expected: 0 })
      const anchor = await store.takeAnchor()
      await store.append(`${account}/BTCUSDT`, numbers(21, 30), { expected: 20 })
      let told = 0
      const advance = (events: number): void => {
        told += events
      }
      const report = await store.verify({ anchor, advance })
      assert.deepEqual([report.problems, report.status, report.exitCode], [[], 'clean', 0])
      assert.equal(report.events, (await store.logHead()).position)
      assert.equal(told, report.events)
    },
  },
  {
    id: 'ES-61',
    title: 'a log that ends before its anchor, or is another one, is found out',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      await store.append(stream, numbers(1, 3), { expected: 0 })
      const anchor = await store.takeAnchor()
      const ahead = { ...anchor, position: anchor.position + 1 }
      const older = await store.verify({ anchor: ahead })
      assert.deepEqual([older.firstBad?.code, older.exitCode], ['older-than-anchor', 1])
      const other = await store.verify({ anchor: { ...anchor, logId: 'another' } })
      assert.equal(other.firstBad?.code, 'differs-from-anchor')
      const streams = anchor.streams.map((head) => (head.stream === stream ? { ...head, hash: '00'.repeat(32) } : head))
      const forged = await store.verify({ anchor: { ...anchor, streams } })
      assert.deepEqual([forged.firstBad?.code, forged.firstBad?.at.version], ['differs-from-anchor', 3])
    },
  },
  {
    id: 'ES-62',
    title: 'a start with an anchor finds an older log, another log, and a changed past at once',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      await store.append(stream, numbers(1, 3), { expected: 0 })
      const anchor = await store.takeAnchor()
      const own = anchor.streams.find((head) => head.stream === stream)
      assert.ok(own !== undefined)
      await store.append(stream, numbers(4, 4), { expected: 3 })
      await assertReaches(store, anchor)
      const later = { ...anchor, position: anchor.position + 9 }
      await assertRefused(assertReaches(store, later), 'store.log.older')
      await assertRefused(assertReaches(store, { ...anchor, streams: [{ ...own, version: 5 }] }), 'store.log.older')
      await assertRefused(assertReaches(store, { ...anchor, logId: 'another' }), 'store.log.different')
      const forged = { ...own, hash: '00'.repeat(32) }
      await assertRefused(assertReaches(store, { ...anchor, streams: [forged] }), 'store.log.different')
    },
  },
  {
    id: 'ES-63',
    title: 'an account verifies without the others, alone and against an anchor of its past',
    run: async ({ store, account }) => {
      const [one, other] = [`${account}-1`, `${account}-1-2`]
      await store.append(`${one}/BTCUSDT`, numbers(1, 3), { expected: 0 })
      await store.append(`${other}/BTCUSDT`, numbers(1, 7), { expected: 0 })
      await store.append(`${one}/ETHUSDT`, numbers(1, 2), { expected: 0 })
      const anchor = await store.takeAnchor()
      await store.append(`${one}/BTCUSDT`, numbers(4, 5), { expected: 3 })
      await store.append(`${one}0/BTCUSDT`, numbers(1, 7), { expected: 0 })
      await store.append(one, numbers(1, 1), { expected: 0 })
      let told = 0
      const advance = (events: number): void => {
        told += events
      }
      const report = await store.verify({ account: one, anchor, advance })
      assert.deepEqual([report.problems, report.status, report.events, report.streams], [[], 'clean', 8, 3])
      assert.equal(told, 8)
      const absent = await store.verify({ account: `${account}-absent` })
      assert.deepEqual([absent.status, absent.events, absent.streams], ['clean', 0, 0])
      const streams = anchor.streams.map((head) => ({ ...head, version: head.version + 3 }))
      const older = await store.verify({ account: one, anchor: { ...anchor, streams } })
      assert.deepEqual(
        older.problems.map(({ code, at }) => [code, at.stream]),
        [
          ['older-than-anchor', `${one}/BTCUSDT`],
          ['older-than-anchor', `${one}/ETHUSDT`],
        ],
      )
    },
  },
  {
    id: 'ES-99',
    title: 'a closed store refuses to go on, and its subscriptions end',
    run: async ({ store, account }) => {
      const { position: after } = await store.logHead()
      const next = store.subscribe({ after, signal: new AbortController().signal }).next()
      await store.streamHead(account)
      await store.close()
      assert.equal((await next).done, true)
      const stream = `${account}/BTCUSDT`
      const lease = { scope: account, holder: 'owner', epoch: 1, expiresTime: 0 }
      const snapshot = { stream, version: 1, schema: 's', state: '' }
      const asked: readonly (() => Promise<unknown>)[] = [
        async () => store.append(stream, numbers(1, 1), { expected: 0 }),
        async () => collect(store.read(stream)),
        async () => collect(store.readAll()),
        async () => collect(store.replay(stream)),
        async () => store.streamHead(stream),
        async () => store.logHead(),
        async () => store.takeAnchor(),
        async () => store.verify(),
        async () => store.verify({ account }),
        async () => store.saveSnapshot(snapshot),
        async () => store.loadSnapshot(stream, 's'),
        async () => store.acquireLease({ scope: account, holder: 'owner', ttlMs: 1000 }),
        async () => store.renewLease(lease, 1000),
        async () => store.releaseLease(lease),
        async () => store.loadCheckpoint(account),
        async () => store.saveCheckpoint({ name: account, position: 1 }, 0),
      ]
      for (const ask of asked) await assertRefused(ask(), 'store.closed')
    },
  },
]
