import assert from 'node:assert/strict'
import type { EventStore, Lease, LeaseRequest } from '../event-store.js'
import { type ContractCase, type ContractEvent, assertRefused, numbered, numbersIn } from './contract-case.js'

type Store = EventStore<ContractEvent>

const LONG_MS = 600_000

async function granted(store: Store, request: LeaseRequest): Promise<Lease> {
  const answer = await store.acquireLease(request)
  assert.equal(answer.type, 'granted')
  return answer.lease
}

/** Asks until the lease of somebody else has run out. */
async function takenOver(store: Store, request: LeaseRequest): Promise<Lease> {
  for (;;) {
    const answer = await store.acquireLease(request)
    if (answer.type === 'granted') return answer.lease
  }
}

/** Who may write an account. */
export const leaseCases: readonly ContractCase[] = [
  {
    id: 'ES-40',
    title: 'a lease has one holder, who renews it under the same epoch',
    run: async ({ store, account: scope }) => {
      const lease = await granted(store, { scope, holder: 'a', ttlMs: LONG_MS })
      assert.equal(lease.epoch, 1)
      const other = await store.acquireLease({ scope, holder: 'b', ttlMs: LONG_MS })
      assert.equal(other.type, 'held')
      assert.equal(other.lease.holder, 'a')
      const renewed = await store.renewLease(lease, LONG_MS)
      assert.equal(renewed.epoch, 1)
      assert.ok(renewed.expiresTime >= lease.expiresTime)
    },
  },
  {
    id: 'ES-41',
    title: 'a lease given back is free at once, under the next epoch',
    run: async ({ store, account: scope }) => {
      const lease = await granted(store, { scope, holder: 'a', ttlMs: LONG_MS })
      await store.releaseLease(lease)
      assert.equal((await granted(store, { scope, holder: 'b', ttlMs: LONG_MS })).epoch, 2)
    },
  },
  {
    id: 'ES-42',
    title: 'a lease that ran out is taken over, and its old owner can neither append nor renew',
    run: async ({ store, account: scope }) => {
      const stream = `${scope}/BTCUSDT`
      const old = await granted(store, { scope, holder: 'paused', ttlMs: 30 })
      await store.append(stream, [numbered(1)], { expected: 0, epoch: old.epoch })
      const lease = await takenOver(store, { scope, holder: 'standby', ttlMs: LONG_MS })
      assert.equal(lease.epoch, old.epoch + 1)
      await assertRefused(store.append(stream, [numbered(2)], { expected: 1, epoch: old.epoch }), 'store.fenced')
      await assertRefused(store.append(stream, [numbered(2)], { expected: 'any', epoch: old.epoch }), 'store.fenced')
      await assertRefused(store.renewLease(old, LONG_MS), 'store.fenced')
      await store.releaseLease(old)
      await store.append(stream, [numbered(3)], { expected: 1, epoch: lease.epoch })
      assert.deepEqual(await numbersIn(store, stream), [1, 3])
    },
  },
  {
    id: 'ES-43',
    title: 'an account that has a lease is not written without its epoch, or with a made-up one',
    run: async ({ store, account: scope }) => {
      const stream = `${scope}/BTCUSDT`
      await assertRefused(store.append(stream, [numbered(1)], { expected: 0, epoch: 1 }), 'store.fenced')
      await granted(store, { scope, holder: 'a', ttlMs: LONG_MS })
      await assertRefused(store.append(stream, [numbered(1)], { expected: 0 }), 'store.fenced')
      await assertRefused(store.append(stream, [numbered(1)], { expected: 0, epoch: 2 }), 'store.fenced')
      assert.equal(await store.streamHead(stream), null)
      await store.append(`${scope}-other/BTCUSDT`, [numbered(1)], { expected: 0 })
    },
  },
  {
    id: 'ES-44',
    title: 'a second process of the same name takes over under the next epoch, and the first one is fenced',
    run: async ({ store, account: scope }) => {
      const stream = `${scope}/BTCUSDT`
      const first = await granted(store, { scope, holder: 'bot', ttlMs: LONG_MS })
      await store.append(stream, [numbered(1)], { expected: 0, epoch: first.epoch })
      const second = await granted(store, { scope, holder: 'bot', ttlMs: LONG_MS })
      assert.equal(second.epoch, first.epoch + 1)
      await assertRefused(store.append(stream, [numbered(2)], { expected: 1, epoch: first.epoch }), 'store.fenced')
      await assertRefused(store.renewLease(first, LONG_MS), 'store.fenced')
      await store.releaseLease(first)
      await store.append(stream, [numbered(3)], { expected: 1, epoch: second.epoch })
      assert.deepEqual(await numbersIn(store, stream), [1, 3])
    },
  },
  {
    id: 'ES-45',
    title: 'a lease of no time, of no account or of nobody is refused',
    run: async ({ store, account: scope }) => {
      const lease = await granted(store, { scope, holder: 'a', ttlMs: LONG_MS })
      for (const ttlMs of [0, -5, 0.5, Number.NaN, Infinity]) {
        await assertRefused(store.acquireLease({ scope, holder: 'a', ttlMs }), 'store.request.malformed')
        await assertRefused(store.renewLease(lease, ttlMs), 'store.request.malformed')
      }
      for (const name of ['', `${scope}/BTCUSDT`, 'line\nfeed']) {
        await assertRefused(store.acquireLease({ scope: name, holder: 'a', ttlMs: LONG_MS }), 'store.request.malformed')
      }
      await assertRefused(store.acquireLease({ scope, holder: '', ttlMs: LONG_MS }), 'store.request.malformed')
      assert.equal((await store.renewLease(lease, LONG_MS)).epoch, lease.epoch)
    },
  },
]
