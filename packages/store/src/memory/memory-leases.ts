import type { Lease, LeaseAnswer, LeaseRequest } from '../event-store.js'
import { fenced, leaseLost } from '../log/conflicts.js'

/** Leases of a memory store. */
export class MemoryLeases {
  private readonly leases = new Map<string, Lease>()
  private readonly now: () => number

  constructor(now: () => number) {
    this.now = now
  }

  assertEpoch(scope: string, epoch: number | null): void {
    const current = this.leases.get(scope)?.epoch ?? null
    if (current !== epoch) throw fenced(scope, { own: epoch, current, isDoubtful: false })
  }

  acquire({ scope, holder, ttlMs }: LeaseRequest): LeaseAnswer {
    const current = this.leases.get(scope)
    const now = this.now()
    if (current !== undefined && current.expiresTime > now && current.holder !== holder) {
      return { type: 'held', lease: current, remainingMs: current.expiresTime - now }
    }
    const lease = { scope, holder, epoch: (current?.epoch ?? 0) + 1, expiresTime: now + ttlMs }
    this.leases.set(scope, lease)
    return { type: 'granted', lease }
  }

  renew(lease: Lease, ttlMs: number): Lease {
    const current = this.leases.get(lease.scope)
    if (current?.epoch !== lease.epoch || current.holder !== lease.holder) throw leaseLost(lease)
    const renewed = { ...current, expiresTime: this.now() + ttlMs }
    this.leases.set(lease.scope, renewed)
    return renewed
  }

  release(lease: Lease): void {
    const current = this.leases.get(lease.scope)
    if (current?.epoch !== lease.epoch || current.holder !== lease.holder) return
    this.leases.set(lease.scope, { ...current, expiresTime: this.now() })
  }
}
