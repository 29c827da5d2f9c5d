import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { Lease } from './event-store.js'
import { awaitLease, keepLease } from './lease-keeper.js'
import { decodeAny } from './log/decode-event.js'
import { openMemoryStore } from './open-store.js'

const TTL_MS = 60

/** The database's clock runs so many times slower than ours, so that a busy machine does not look like a dead owner. */
const SLOWNESS = 10

async function grantedTo(holder: string, store = openMemoryStore({ decode: decodeAny })) {
  const answer = await store.acquireLease({ scope: 'main', holder, ttlMs: TTL_MS })
  return { store, lease: answer.lease }
}

describe('leases over time', () => {
  it('a standby gets the account of an owner that stopped renewing, within its time to live', async () => {
    const { store } = await grantedTo('dead')
    const started = performance.now()
    const signal = new AbortController().signal
    const lease = await awaitLease(store, { scope: 'main', holder: 'standby', ttlMs: TTL_MS }, signal)
    expect(lease).toMatchObject({ holder: 'standby', epoch: 2 })
    expect(performance.now() - started).toBeLessThan(TTL_MS + 500)
  })

  it('a kept lease outlives many times its time to live, and is free once released', async () => {
    const slow = openMemoryStore({ decode: decodeAny, now: () => performance.now() / SLOWNESS })
    const { store, lease } = await grantedTo('owner', slow)
    const kept = keepLease(store, lease, TTL_MS)
    const waiting = new AbortController()
    const standby = awaitLease(store, { scope: 'main', holder: 'standby', ttlMs: TTL_MS }, waiting.signal)
    const isOver = performance.now() + TTL_MS * SLOWNESS * 2
    while (performance.now() < isOver) {
      const { lease: held } = await store.acquireLease({ scope: 'main', holder: 'other', ttlMs: TTL_MS })
      expect(held.holder).toBe('owner')
      await new Promise(setImmediate)
    }
    expect(kept.lost.aborted).toBe(false)
    await kept.release()
    expect(await standby).toMatchObject({ holder: 'standby', epoch: 2 })
  })

  it('an owner whose lease was taken over hears of it', async () => {
    const { store, lease } = await grantedTo('paused')
    const other: Lease = (await takenOver(store)).lease
    const kept = keepLease(store, lease, TTL_MS)
    await once(kept.lost, 'abort')
    expect(kept.lost.reason).toMatchObject({ code: 'store.fenced' })
    expect(other.epoch).toBe(2)
  })

  it('a wait that is not wanted any more ends without a lease', async () => {
    const { store } = await grantedTo('owner')
    const stop = new AbortController()
    const waiting = awaitLease(store, { scope: 'main', holder: 'standby', ttlMs: TTL_MS }, stop.signal)
    stop.abort()
    expect(await waiting).toBeNull()
  })
})

async function takenOver(store: Awaited<ReturnType<typeof grantedTo>>['store']) {
  for (;;) {
    const answer = await store.acquireLease({ scope: 'main', holder: 'other', ttlMs: 60_000 })
    if (answer.type === 'granted') return answer
  }
}
