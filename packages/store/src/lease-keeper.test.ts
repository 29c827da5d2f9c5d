import { describe, expect, it } from 'vitest'
import type { Lease } from './event-store.js'
import { awaitLease, keepLease, type LeaseCircumstances, type LeaseClock, systemLeaseClock } from './lease-keeper.js'
import { decodeAny } from './log/decode-event.js'
import type { MemoryStore } from './memory/memory-store.js'
import { openMemoryStore } from './open-store.js'
import { StoreError } from './store-errors.js'

const TTL_MS = 60

type Store = MemoryStore<ReturnType<typeof decodeAny>>

/** Time that passes only when a test says so. */
class HandClock implements LeaseClock {
  private time = 1000
  private readonly due = new Map<() => void, number>()

  now(): number {
    return this.time
  }

  schedule(delayMs: number, run: () => void): () => void {
    const once = (): void => {
      this.due.delete(once)
      run()
    }
    this.due.set(once, this.time + delayMs)
    return () => this.due.delete(once)
  }

  /** Lets time pass step by step, and lets everything that became due come to its end. */
  async pass(ms: number): Promise<void> {
    for (const end = this.time + ms; this.time < end; this.time += 1) {
      for (const [run, at] of this.due) if (at <= this.time) run()
      await new Promise(setImmediate)
    }
  }
}

interface Stage extends LeaseCircumstances {
  readonly store: Store
  readonly clock: HandClock
  readonly stop: AbortController
}

function stage(): Stage {
  const clock = new HandClock()
  const stop = new AbortController()
  return { clock, stop, signal: stop.signal, store: openMemoryStore({ decode: decodeAny, now: () => clock.now() }) }
}

async function asked({ store }: Stage, holder: string): Promise<Lease> {
  return (await store.acquireLease({ scope: 'main', holder, ttlMs: TTL_MS })).lease
}

describe('leases over time', () => {
  it('a standby gets the account of an owner that stopped renewing, within its time to live', async () => {
    const around = stage()
    await asked(around, 'dead')
    const waiting = awaitLease({ scope: 'main', holder: 'standby', ttlMs: TTL_MS }, around)
    await around.clock.pass(TTL_MS + 1)
    expect(await waiting).toMatchObject({ holder: 'standby', epoch: 2 })
  })

  it('a kept lease outlives many times its time to live, and runs out once nobody keeps it', async () => {
    const around = stage()
    const lost: unknown[] = []
    const stop = keepLease(await asked(around, 'owner'), { ttlMs: TTL_MS, onLost: (why) => lost.push(why) }, around)
    for (let turn = 0; turn < 20; turn += 1) {
      await around.clock.pass(TTL_MS / 4)
      expect(await asked(around, 'other')).toMatchObject({ holder: 'owner', epoch: 1 })
    }
    stop()
    await around.clock.pass(TTL_MS)
    expect(await asked(around, 'other')).toMatchObject({ holder: 'other', epoch: 2 })
    expect(lost).toEqual([])
  })

  it('an owner whose lease was taken over hears of it, once', async () => {
    const around = stage()
    const lease = await asked(around, 'bot')
    const lost: unknown[] = []
    keepLease(lease, { ttlMs: TTL_MS, onLost: (why) => lost.push(why) }, around)
    await asked(around, 'bot')
    await around.clock.pass(TTL_MS * 3)
    expect(lost).toEqual([expect.objectContaining({ code: 'store.fenced' })])
  })

  it.each([
    ['fails', async (): Promise<Lease> => Promise.reject(new Error('out of reach'))],
    ['does not answer', async (): Promise<Lease> => Promise.race<Lease>([])],
  ])('a store that %s costs the lease after one time to live, not before', async (_, renewLease) => {
    const around = stage()
    const lease = await asked(around, 'owner')
    around.store.renewLease = renewLease
    const lost: unknown[] = []
    keepLease(lease, { ttlMs: TTL_MS, onLost: (why) => lost.push(why) }, around)
    await around.clock.pass(TTL_MS - 1)
    expect(lost).toEqual([])
    await around.clock.pass(2)
    expect(lost).toEqual([expect.any(Error)])
  })

  it('a renewal that does not answer leaves time for another one', async () => {
    const around = stage()
    const lease = await asked(around, 'owner')
    const { store } = around
    const renew = store.renewLease.bind(store)
    let asks = 0
    store.renewLease = async (...request): Promise<Lease> => {
      asks += 1
      return asks % 2 === 1 ? Promise.race<Lease>([]) : renew(...request)
    }
    const lost: unknown[] = []
    keepLease(lease, { ttlMs: TTL_MS, onLost: (why) => lost.push(why) }, around)
    await around.clock.pass(TTL_MS * 5)
    expect(lost).toEqual([])
    expect(await asked(around, 'other')).toMatchObject({ holder: 'owner', epoch: 1 })
  })

  it('a standby waits out an outage of the database, at most as long as it is wanted', async () => {
    const around = stage()
    await asked(around, 'dead')
    const acquire = around.store.acquireLease.bind(around.store)
    around.store.acquireLease = async () => Promise.reject(new Error('Connection terminated unexpectedly'))
    const waiting = awaitLease({ scope: 'main', holder: 'standby', ttlMs: TTL_MS }, around)
    await around.clock.pass(TTL_MS * 3)
    around.store.acquireLease = acquire
    await around.clock.pass(TTL_MS)
    expect(await waiting).toMatchObject({ holder: 'standby', epoch: 2 })
  })

  it.each(['store.access.refused', 'store.closed'])('%s ends the wait of a standby', async (code) => {
    const around = stage()
    around.store.acquireLease = async () => Promise.reject(new StoreError(code, 'no'))
    await expect(awaitLease({ scope: 'main', holder: 'standby', ttlMs: TTL_MS }, around)).rejects.toMatchObject({
      code,
    })
  })

  it('a wait that is not wanted any more ends without a lease', async () => {
    const around = stage()
    await asked(around, 'owner')
    const waiting = awaitLease({ scope: 'main', holder: 'standby', ttlMs: TTL_MS }, around)
    around.stop.abort()
    expect(await waiting).toBeNull()
  })

  it('a signal that is given ends the renewing', async () => {
    const around = stage()
    keepLease(await asked(around, 'owner'), { ttlMs: TTL_MS, onLost: () => undefined }, around)
    around.stop.abort()
    await around.clock.pass(TTL_MS + 1)
    expect(await asked(around, 'other')).toMatchObject({ holder: 'other', epoch: 2 })
  })

  it('the clock of the process calls off what is not wanted any more', async () => {
    const rung: string[] = []
    await new Promise<void>((resolve) => {
      const cancel = systemLeaseClock.schedule(1, () => rung.push('called off'))
      cancel()
      systemLeaseClock.schedule(2, resolve)
    })
    expect(rung).toEqual([])
    expect(systemLeaseClock.now()).toBeGreaterThan(0)
  })
})
