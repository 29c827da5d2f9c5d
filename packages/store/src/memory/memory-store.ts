import type {
  Anchor,
  Appended,
  Checkpoint,
  EventStore,
  Lease,
  LeaseAnswer,
  LeaseRequest,
  LogEvent,
  LogHead,
  ReadOptions,
  Snapshot,
  StoredEvent,
  StreamHead,
} from '../event-store.js'
import { assertOpen } from '../log/assert-open.js'
import { assertLeaseRequest, assertTtl } from '../log/assert-request.js'
import { conflictOfCheckpoint, scopeOf } from '../log/conflicts.js'
import type { Decode } from '../log/decode-event.js'
import type { EventRecord } from '../log/event-record.js'
import { LogStore, type SerialAppend } from '../log/log-store.js'
import { sealSnapshot } from '../log/snapshot-seal.js'
import { MemoryLeases } from './memory-leases.js'
import { MemoryLog } from './memory-log.js'

/** Settings of a memory store. */
export interface MemoryStoreOptions<Event extends LogEvent> {
  readonly decode: Decode<Event>
  /** Epoch ms; the system's clock by default. */
  readonly now?: () => number
}

interface SealedSnapshot extends Snapshot {
  readonly seal: string
}

const BATCH = 1000
const POLL_MS = 60_000

async function* eachOf<Item>(items: readonly Item[]): AsyncGenerator<Item, void, undefined> {
  for (const item of items) yield await Promise.resolve(item)
}

/** A store that forgets everything when the process ends: for tests, backtests and demos. */
export class MemoryStore<Event extends LogEvent> extends LogStore<Event> implements EventStore<Event> {
  readonly kind = 'memory'
  protected readonly pollMs = POLL_MS
  private readonly log: MemoryLog
  private readonly leases: MemoryLeases
  private readonly snapshots = new Map<string, SealedSnapshot>()
  private readonly checkpoints = new Map<string, number>()

  constructor({ decode, now = Date.now }: MemoryStoreOptions<Event>) {
    super(decode)
    this.log = new MemoryLog(now)
    this.leases = new MemoryLeases(now)
  }

  async *read(
    stream: string,
    { after = 0, until }: ReadOptions = {},
  ): AsyncGenerator<StoredEvent<Event>, void, undefined> {
    assertOpen(this.isClosed)
    for await (const record of eachOf(this.log.recordsOf(stream).slice(after, until))) yield this.decoded(record)
  }

  async *readAll({ after = 0, until }: ReadOptions = {}): AsyncGenerator<StoredEvent<Event>, void, undefined> {
    assertOpen(this.isClosed)
    for await (const record of eachOf(this.log.records.slice(after, until))) yield this.decoded(record)
  }

  async *replay(stream: string, options: ReadOptions = {}): AsyncGenerator<readonly Event[], void, undefined> {
    let batch: Event[] = []
    for await (const { event } of this.read(stream, options)) {
      batch.push(event)
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
    if (batch.length > 0) yield batch
  }

  async streamHead(stream: string): Promise<StreamHead | null> {
    assertOpen(this.isClosed)
    return Promise.resolve(this.log.headOf(stream))
  }

  async logHead(): Promise<LogHead> {
    assertOpen(this.isClosed)
    return Promise.resolve({ logId: this.log.logId, position: this.log.records.length })
  }

  async takeAnchor(): Promise<Anchor> {
    assertOpen(this.isClosed)
    return Promise.resolve(this.log.anchor())
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    assertOpen(this.isClosed)
    const event = this.log.recordsOf(snapshot.stream)[snapshot.version - 1]
    const known = this.snapshots.get(snapshot.stream)
    const isOlder = known?.schema === snapshot.schema && known.version > snapshot.version
    if (event !== undefined && !isOlder) {
      this.snapshots.set(snapshot.stream, { ...snapshot, seal: sealSnapshot(snapshot, event.hash) })
    }
    await Promise.resolve()
  }

  async loadSnapshot(stream: string, schema: string): Promise<Snapshot | null> {
    assertOpen(this.isClosed)
    const found = this.snapshots.get(stream)
    const event = this.log.recordsOf(stream)[(found?.version ?? 0) - 1]
    const isFit = found?.schema === schema && event !== undefined && sealSnapshot(found, event.hash) === found.seal
    if (!isFit) return Promise.resolve(null)
    return Promise.resolve({ stream, version: found.version, schema, state: found.state })
  }

  async acquireLease(request: LeaseRequest): Promise<LeaseAnswer> {
    assertOpen(this.isClosed)
    assertLeaseRequest(request)
    return Promise.resolve(this.leases.acquire(request))
  }

  async renewLease(lease: Lease, ttlMs: number): Promise<Lease> {
    assertOpen(this.isClosed)
    assertTtl(ttlMs)
    return Promise.resolve(this.leases.renew(lease, ttlMs))
  }

  async releaseLease(lease: Lease): Promise<void> {
    assertOpen(this.isClosed)
    await Promise.resolve(this.leases.release(lease))
  }

  async loadCheckpoint(name: string): Promise<number> {
    assertOpen(this.isClosed)
    return Promise.resolve(this.checkpoints.get(name) ?? 0)
  }

  async saveCheckpoint({ name, position }: Checkpoint, from: number): Promise<void> {
    assertOpen(this.isClosed)
    const actual = await this.loadCheckpoint(name)
    if (actual !== from) throw conflictOfCheckpoint(name, from, actual)
    this.checkpoints.set(name, position)
  }

  /** There are no tables here. */
  async projectionsStaleSince(): Promise<null> {
    return Promise.resolve(null)
  }

  protected async write({ stream, options, serial }: SerialAppend<Event>): Promise<Appended> {
    this.leases.assertEpoch(scopeOf(stream), options.epoch ?? null)
    return Promise.resolve(this.log.append(stream, serial, options))
  }

  protected async readBatch(after: number, limit: number): Promise<readonly StoredEvent<Event>[]> {
    return Promise.resolve(this.log.records.slice(after, after + limit).map((record) => this.decoded(record)))
  }

  protected records(until: number, account: string | null): AsyncIterable<EventRecord> {
    const records = this.log.records.slice(0, until)
    return eachOf(account === null ? records : records.filter(({ stream }) => scopeOf(stream) === account))
  }

  protected isOutage(): boolean {
    return false
  }

  protected async release(): Promise<void> {
    await Promise.resolve()
  }
}
