import type { Kysely } from 'kysely'
import type {
  Advance,
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
  SubscribeOptions,
} from '../event-store.js'
import { assertOpen } from '../log/assert-open.js'
import { assertLeaseRequest, assertProject, assertTtl } from '../log/assert-request.js'
import type { Decode } from '../log/decode-event.js'
import type { EventRecord } from '../log/event-record.js'
import { LogStore, type SerialAppend } from '../log/log-store.js'
import type { Change, Project } from '../projections/change.js'
import type { StoreTables } from '../schema/tables.js'
import { type ArchiveRequest, archiveStream } from './archive-stream.js'
import { AppendWriter, type WriterLimits } from './append-writer.js'
import { isOutage } from './is-outage.js'
import { loadCheckpoint, saveCheckpoint } from './keep-checkpoints.js'
import { acquireLease, inTime, releaseLease, renewLease } from './keep-leases.js'
import { loadSnapshot, saveSnapshot } from './keep-snapshots.js'
import { raiseEpochs } from './raise-epochs.js'
import { LogReader, readAnchor, readLogHead, readStreamHead } from './read-log.js'
import { rebuildProjections, staleSince } from './rebuild-projections.js'
import type { SqlEngine } from './sql-engine.js'
import { readUnsafeSettings } from './unsafe-settings.js'

/** A change as it is sent. Throws for what is none. */
function changeText(change: Change): string {
  const text = JSON.stringify(change)
  if (text.startsWith('{"')) return text
  throw new TypeError(`expected a change, got ${text}`)
}

/** A change that no projection knows: the database notes that the projections are stale, and records the event. */
function failedChange(why: string): string {
  return JSON.stringify({ o: 'failed', a: '', y: '', k: '', r: { why } } satisfies Change)
}

function changesOf<Event>(project: Project<Event>, stream: string, event: Event): readonly string[] {
  try {
    return project(stream, event).map(changeText)
  } catch (error) {
    return [failedChange(error instanceof Error ? error.message : 'unknown')]
  }
}

/** What a store on a database is made of. */
export interface SqlStoreParts<Event extends LogEvent> {
  readonly engine: SqlEngine
  readonly decode: Decode<Event>
  /** `null` = the projections do not follow what this store appends. */
  readonly project: Project<Event> | null
  readonly limits: WriterLimits
}

/** A store on Postgres or on its embedded twin: the same SQL on both. */
export class SqlStore<Event extends LogEvent> extends LogStore<Event> implements EventStore<Event> {
  readonly kind: SqlEngine['kind']
  /** For queries of one's own; the log refuses changes. */
  readonly db: Kysely<StoreTables>
  protected readonly pollMs: number
  private readonly engine: SqlEngine
  private readonly writer: AppendWriter
  private readonly reader: LogReader<Event>
  /** Reads for subscriptions, which a frozen connection must not hold up. */
  private readonly follower: LogReader<Event>
  private readonly project: Project<Event> | null
  private listening: Promise<void> | null = null

  constructor({ engine, decode, project, limits }: SqlStoreParts<Event>) {
    super(decode)
    this.kind = engine.kind
    this.db = engine.db
    this.pollMs = engine.pollMs
    this.engine = engine
    this.project = project
    this.writer = new AppendWriter(engine.channel, limits)
    this.reader = new LogReader(engine.db, decode)
    this.follower = new LogReader(engine.brief, decode)
  }

  read(stream: string, options: ReadOptions = {}): AsyncGenerator<StoredEvent<Event>, void, undefined> {
    assertOpen(this.isClosed)
    return this.reader.read(stream, options)
  }

  readAll(options: ReadOptions = {}): AsyncGenerator<StoredEvent<Event>, void, undefined> {
    assertOpen(this.isClosed)
    return this.reader.read(null, options)
  }

  replay(stream: string, options: ReadOptions = {}): AsyncGenerator<readonly Event[], void, undefined> {
    assertOpen(this.isClosed)
    return this.reader.replay(stream, options)
  }

  override async *subscribe(options: SubscribeOptions): AsyncGenerator<readonly StoredEvent<Event>[], void, undefined> {
    assertOpen(this.isClosed)
    this.listening ??= this.engine.listen(() => {
      this.wakeUp.ring()
    })
    await this.listening
    yield* super.subscribe(options)
  }

  async streamHead(stream: string): Promise<StreamHead | null> {
    assertOpen(this.isClosed)
    return readStreamHead(this.engine.brief, stream)
  }

  async logHead(): Promise<LogHead> {
    assertOpen(this.isClosed)
    return readLogHead(this.engine.brief)
  }

  async takeAnchor(): Promise<Anchor> {
    assertOpen(this.isClosed)
    return readAnchor(this.db)
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    assertOpen(this.isClosed)
    await saveSnapshot(this.db, snapshot)
  }

  async loadSnapshot(stream: string, schema: string): Promise<Snapshot | null> {
    assertOpen(this.isClosed)
    return loadSnapshot(this.db, stream, schema)
  }

  async acquireLease(request: LeaseRequest): Promise<LeaseAnswer> {
    assertOpen(this.isClosed)
    assertLeaseRequest(request)
    return inTime(this.engine, request.ttlMs, async (db) => acquireLease(db, request))
  }

  async renewLease(lease: Lease, ttlMs: number): Promise<Lease> {
    assertOpen(this.isClosed)
    assertTtl(ttlMs)
    return inTime(this.engine, ttlMs, async (db) => renewLease(db, lease, ttlMs))
  }

  async releaseLease(lease: Lease): Promise<void> {
    assertOpen(this.isClosed)
    await releaseLease(this.engine.brief, lease)
  }

  async loadCheckpoint(name: string): Promise<number> {
    assertOpen(this.isClosed)
    return loadCheckpoint(this.engine.brief, name)
  }

  async saveCheckpoint(checkpoint: Checkpoint, from: number): Promise<void> {
    assertOpen(this.isClosed)
    await saveCheckpoint(this.engine.brief, checkpoint, from)
  }

  /** Moves old events to the archive; readers go on seeing them. @throws {StoreError} `store.archive.refused` */
  async archive(request: ArchiveRequest): Promise<StreamHead> {
    assertOpen(this.isClosed)
    return archiveStream(this.db, request)
  }

  /**
   * After the restore of a backup: raises the epoch of an account, or of all that have a lease, so that an owner from before
   * cannot append beside a new one. Gives the number of accounts.
   */
  async raiseEpochs(account: string | null = null): Promise<number> {
    assertOpen(this.isClosed)
    return raiseEpochs(this.db, account)
  }

  /** Settings of the server that are off and without which a power cut may destroy it, for `assertFitForLive`. */
  async unsafeSettings(): Promise<readonly string[]> {
    assertOpen(this.isClosed)
    return readUnsafeSettings(this.engine.brief)
  }

  async projectionsStaleSince(): Promise<number | null> {
    assertOpen(this.isClosed)
    return staleSince(this.engine.brief)
  }

  /**
   * Empties the projections and writes them anew from the log; appends wait meanwhile. Gives the number of events read.
   *
   * @throws {InputError} `store.request.malformed` where the store was opened without `project`
   */
  async rebuildProjections(advance?: Advance): Promise<number> {
    assertOpen(this.isClosed)
    const { db, decode, project } = this
    assertProject(project)
    return rebuildProjections(db, { decode, project, advance })
  }

  protected async write({ stream, options, events, serial }: SerialAppend<Event>): Promise<Appended> {
    this.engine.assertFree?.()
    const { project } = this
    const changes = project === null ? null : events.map(({ event }) => changesOf(project, stream, event))
    return this.writer.append({ stream, options, events: serial, changes })
  }

  protected records(until: number, account: string | null): AsyncIterable<EventRecord> {
    return account === null ? this.reader.records(until) : this.reader.recordsOf(account, until)
  }

  protected async release(): Promise<void> {
    await this.writer.drained()
    await this.engine.close()
  }

  protected async readBatch(after: number, limit: number): Promise<readonly StoredEvent<Event>[]> {
    return this.isClosed ? [] : this.follower.readBatch(after, limit)
  }

  protected isOutage(error: unknown): boolean {
    return isOutage(error)
  }
}
