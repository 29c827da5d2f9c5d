import assert from 'node:assert/strict'
import { type ContractCase, assertRefused, numbers } from './contract-case.js'

/** What may be thrown away: snapshots and checkpoints. */
export const cacheCases: readonly ContractCase[] = [
  {
    id: 'ES-50',
    title: 'a snapshot comes back exactly, for the schema that wrote it only',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      await store.append(stream, numbers(1, 5), { expected: 0 })
      const snapshot = { stream, version: 4, schema: 'book/1', state: '{"quantity":"0.10","text":"日本 \\n"}' }
      assert.equal(await store.loadSnapshot(stream, 'book/1'), null)
      await store.saveSnapshot(snapshot)
      assert.deepEqual(await store.loadSnapshot(stream, 'book/1'), snapshot)
      assert.equal(await store.loadSnapshot(stream, 'book/2'), null)
      assert.equal(await store.loadSnapshot(`${account}/NONE`, 'book/1'), null)
    },
  },
  {
    id: 'ES-51',
    title: 'a newer snapshot replaces an older one, not the other way round; one of no event is not kept',
    run: async ({ store, account }) => {
      const stream = `${account}/BTCUSDT`
      await store.append(stream, numbers(1, 5), { expected: 0 })
      const at = (version: number, schema = 'book/1') => ({ stream, version, schema, state: `v${version}` })
      await store.saveSnapshot(at(6))
      assert.equal(await store.loadSnapshot(stream, 'book/1'), null)
      for (const version of [3, 5, 4]) await store.saveSnapshot(at(version))
      assert.deepEqual(await store.loadSnapshot(stream, 'book/1'), at(5))
      await store.saveSnapshot(at(2, 'book/2'))
      assert.deepEqual(await store.loadSnapshot(stream, 'book/2'), at(2, 'book/2'))
    },
  },
  {
    id: 'ES-52',
    title: 'a checkpoint moves only from where its reader left it',
    run: async ({ store, account: name }) => {
      assert.equal(await store.loadCheckpoint(name), 0)
      await store.saveCheckpoint({ name, position: 5 }, 0)
      await store.saveCheckpoint({ name, position: 9 }, 5)
      await assertRefused(store.saveCheckpoint({ name, position: 7 }, 5), 'store.conflict.checkpoint')
      await assertRefused(store.saveCheckpoint({ name, position: 7 }, 0), 'store.conflict.checkpoint')
      assert.equal(await store.loadCheckpoint(name), 9)
    },
  },
]
