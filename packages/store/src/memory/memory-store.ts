import type {
  Anchor,
  AppendOptions,
  Appended,
  Checkpoint,
  EventStore,
  Lease,
  LeaseAnswer,
  LeaseRequest,
  LogEvent,
  LogHead,
  NewEvent,
  ReadOptions,
  Snapshot,
  StoredEvent,
  StreamHead,
  SubscribeOptions,
  VerifyOptions,
} from '../event-store.js'
import { conflictOfCheckpoint, scopeOf } from '../log/conflicts.js'
import { type Decode, decodeRecord } from '../log/decode-event.js'
import type { EventRecord } from '../log/event-record.js'
import { serialiseAppend } from '../log/serialise-append.js'
import { sealSnapshot } from '../log/snapshot-seal.js'
import { subscribeTo } from '../log/subscribe.js'
import { verifyLog } from '../log/verify-log.js'
import type { VerifyReport } from '../log/verify-report.js'
import { WakeUp } from '../log/wake-up.js'
import { assertOpen } from '../log/assert-open.js'
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
export class MemoryStore<Event extends LogEvent> implements EventStore<Event> {
  readonly kind = 'memory'
  private readonly log: MemoryLog
  private readonly leases: MemoryLeases
  private readonly snapshots = new Map<string, SealedSnapshot>()
  private readonly checkpoints = new Map<string, number>()
  private readonly wakeUp = new WakeUp()
  private readonly decode: Decode<Event>
  private isClosed = false

  constructor({ decode, now = Date.now }: MemoryStoreOptions<Event>) {
    this.decode = decode
    this.log = new MemoryLog(now)
    this.leases = new MemoryLeases(now)
  }

  async append(stream: string, events: readonly NewEvent<Event>[], options: AppendOptions): Promise<Appended> {
    assertOpen(this.isClosed)
    const serial = serialiseAppend(stream, events, options)
    this.leases.assertEpoch(scopeOf(stream), options.epoch ?? null)
    const appended = this.log.append(stream, serial, options)
    this.wakeUp.ring()
    return Promise.resolve(appended)
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

  subscribe(options: SubscribeOptions): AsyncGenerator<readonly StoredEvent<Event>[], void, undefined> {
    assertOpen(this.isClosed)
    const readBatch = async (after: number, limit: number): Promise<readonly StoredEvent<Event>[]> =>
      Promise.resolve(this.log.records.slice(after, after + limit).map((record) => this.decoded(record)))
    const source = { wakeUp: this.wakeUp, pollMs: POLL_MS, isClosed: () => this.isClosed, readBatch }
    return subscribeTo(source, options)
  }

  async streamHead(stream: string): Promise<StreamHead | null> {
    return Promise.resolve(this.log.headOf(stream))
  }

  async logHead(): Promise<LogHead> {
    return Promise.resolve({ logId: this.log.logId, position: this.log.records.length })
  }

  async takeAnchor(): Promise<Anchor> {
    return Promise.resolve(this.log.anchor())
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    const event = this.log.recordsOf(snapshot.stream)[snapshot.version - 1]
    const known = this.snapshots.get(snapshot.stream)
    const isOlder = known?.schema === snapshot.schema && known.version > snapshot.version
    if (event !== undefined && !isOlder) {
      this.snapshots.set(snapshot.stream, { ...snapshot, seal: sealSnapshot(snapshot, event.hash) })
    }
    await Promise.resolve()
  }

  async loadSnapshot(stream: string, schema: string): Promise<Snapshot | null> {
    const found = this.snapshots.get(stream)
    const event = this.log.recordsOf(stream)[(found?.version ?? 0) - 1]
    const isFit = found?.schema === schema && event !== undefined && sealSnapshot(found, event.hash) === found.seal
    if (!isFit) return Promise.resolve(null)
    return Promise.resolve({ stream, version: found.version, schema, state: found.state })
  }

  async acquireLease(request: LeaseRequest): Promise<LeaseAnswer> {
    return Promise.resolve(this.leases.acquire(request))
  }

  async renewLease(lease: Lease, ttlMs: number): Promise<Lease> {
    return Promise.resolve(this.leases.renew(lease, ttlMs))
  }

  async releaseLease(lease: Lease): Promise<void> {
    await Promise.resolve(this.leases.release(lease))
  }

  async loadCheckpoint(name: string): Promise<number> {
    return Promise.resolve(this.checkpoints.get(name) ?? 0)
  }

  async saveCheckpoint({ name, position }: Checkpoint, from: number): Promise<void> {
    const actual = await this.loadCheckpoint(name)
    if (actual !== from) throw conflictOfCheckpoint(name, from, actual)
    this.checkpoints.set(name, position)
  }

  async verify({ anchor }: VerifyOptions = {}): Promise<VerifyReport> {
    return verifyLog({
      heads: async () => this.takeAnchor(),
      records: (until) => eachOf(this.log.records.slice(0, until)),
      decode: (record) => this.decoded(record),
      anchor,
    })
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.wakeUp.ring()
    await Promise.resolve()
  }

  private decoded(record: EventRecord): StoredEvent<Event> {
    return decodeRecord(this.decode, record)
  }
}
