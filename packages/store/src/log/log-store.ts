import type {
  Anchor,
  AppendOptions,
  Appended,
  LogEvent,
  LogHead,
  NewEvent,
  StoredEvent,
  SubscribeOptions,
  VerifyOptions,
} from '../event-store.js'
import { assertOpen } from './assert-open.js'
import { type Decode, decodeRecord } from './decode-event.js'
import type { EventRecord } from './event-record.js'
import { serialiseAppend } from './serialise-append.js'
import type { SerialEvent } from './serialise-event.js'
import { subscribeTo } from './subscribe.js'
import { verifyLog } from './verify-log.js'
import type { VerifyReport } from './verify-report.js'
import { WakeUp } from './wake-up.js'

/** An append whose events can be stored, with their exact texts. */
export interface SerialAppend<Event extends LogEvent> {
  readonly stream: string
  readonly options: AppendOptions
  readonly events: readonly NewEvent<Event>[]
  readonly serial: readonly SerialEvent[]
}

/** What every store does alike, whatever keeps its events. */
export abstract class LogStore<Event extends LogEvent> {
  protected readonly decode: Decode<Event>
  protected readonly wakeUp = new WakeUp()
  protected isClosed = false

  constructor(decode: Decode<Event>) {
    this.decode = decode
  }

  /** Heads of the log and of all its streams, of one moment. */
  abstract takeAnchor(): Promise<Anchor>

  /** Which log this is and how far it goes. */
  abstract logHead(): Promise<LogHead>

  /** How often subscriptions look by themselves, ms. */
  protected abstract readonly pollMs: number
  protected abstract write(append: SerialAppend<Event>): Promise<Appended>
  protected abstract readBatch(after: number, limit: number): Promise<readonly StoredEvent<Event>[]>
  /** Exact records up to a position: of the log in its order, or of an account, each stream in its order. */
  protected abstract records(until: number, account: string | null): AsyncIterable<EventRecord>
  /** Whether a failure only means that what keeps the events is away for a while. */
  protected abstract isOutage(error: unknown): boolean
  /** Frees what the store holds. */
  protected abstract release(): Promise<void>

  async append(stream: string, events: readonly NewEvent<Event>[], options: AppendOptions): Promise<Appended> {
    assertOpen(this.isClosed)
    const appended = await this.write({ stream, options, events, serial: serialiseAppend(stream, events, options) })
    this.wakeUp.ring()
    return appended
  }

  subscribe(options: SubscribeOptions): AsyncGenerator<readonly StoredEvent<Event>[], void, undefined> {
    assertOpen(this.isClosed)
    const source = {
      wakeUp: this.wakeUp,
      pollMs: this.pollMs,
      isClosed: () => this.isClosed,
      logHead: async () => this.logHead(),
      readBatch: async (after: number, limit: number) => this.readBatch(after, limit),
      isOutage: (error: unknown) => this.isOutage(error),
    }
    return subscribeTo(source, options)
  }

  async verify({ account, anchor, advance }: VerifyOptions = {}): Promise<VerifyReport> {
    assertOpen(this.isClosed)
    const whose = account ?? null
    return verifyLog({
      account: whose,
      heads: async () => this.takeAnchor(),
      records: (until) => this.records(until, whose),
      decode: (record) => this.decoded(record),
      anchor,
      advance,
    })
  }

  async close(): Promise<void> {
    if (this.isClosed) return
    this.isClosed = true
    this.wakeUp.ring()
    await this.release()
  }

  protected decoded(record: EventRecord): StoredEvent<Event> {
    return decodeRecord(this.decode, record)
  }
}
