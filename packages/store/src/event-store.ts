import type { VerifyReport } from './log/verify-report.js'

/** Plain JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/** A plain JSON object. */
export type JsonObject = { readonly [key: string]: JsonValue }

/** What the log needs to know of an event; everything else in it is opaque. `tranche` may be present as a string. */
export interface LogEvent {
  readonly type: string
  /** Schema version of this type. */
  readonly version: number
  /** Epoch ms. */
  readonly time: number
}

/** An event to record. */
export interface NewEvent<Event extends LogEvent = LogEvent> {
  /** Unique in its stream: appending the same event again finds it by this id. */
  readonly id: string
  readonly event: Event
  /** About the recording, not the fact: the same event again with other metadata is the same, and the first metadata stays. */
  readonly metadata?: JsonObject
}

/** An event as the log keeps it. */
export interface StoredEvent<Event extends LogEvent = LogEvent> {
  /** Place in the whole log, from 1, in the order of commits. */
  readonly position: number
  readonly stream: string
  /** Place in its stream, from 1, without gaps. */
  readonly version: number
  readonly id: string
  readonly event: Event
  readonly metadata: JsonObject | null
  /** Clock of the database when it was recorded, epoch ms. */
  readonly recordedTime: number
  /** Epoch of the lease it was written under; `null` = no lease. */
  readonly epoch: number | null
  /** SHA-256 over this event and the hash before it, hex. */
  readonly hash: string
}

/** Version a stream must have for an append: exactly n, `none` = no event yet, `exists` = at least one, `any` = unchecked. */
export type ExpectedVersion = number | 'none' | 'exists' | 'any'

/** Under which conditions an append may happen. */
export interface AppendOptions {
  readonly expected: ExpectedVersion
  /** Epoch of the writer's lease. Required as soon as the account (the part of the stream before `/`) ever had a lease. */
  readonly epoch?: number
}

/** Where an append ended up. */
export interface Appended {
  readonly firstVersion: number
  readonly version: number
  readonly firstPosition: number
  readonly position: number
  /** True when the same events were there already. */
  readonly isDuplicate: boolean
}

/** Where a stream ends. */
export interface StreamHead {
  readonly stream: string
  readonly version: number
  readonly position: number
  readonly hash: string
}

/** Which log this is and how far it goes. */
export interface LogHead {
  readonly logId: string
  readonly position: number
}

/** Kept outside the database: proof of how far the log went, and with which content. */
export interface Anchor extends LogHead {
  readonly streams: readonly StreamHead[]
}

/** Which part to read: everything by default. */
export interface ReadOptions {
  /** Version (of a stream) or position (of the log) after which to read; 0 = from the start. */
  readonly after?: number
  /** Last version or position to read. */
  readonly until?: number
}

/** From where to follow, until when, in which portions. */
export interface SubscribeOptions {
  /** Position already seen; 0 = from the start. */
  readonly after: number
  /** Ends the subscription. */
  readonly signal: AbortSignal
  /** Largest batch handed over, from 1. */
  readonly batchSize?: number
  /** Told of every look that failed because the database was away. The subscription waits and looks again. */
  readonly onOutage?: (error: unknown) => void
}

/** A cached state of a stream. Never the truth: the log is. */
export interface Snapshot {
  readonly stream: string
  /** Version of the last event folded in. */
  readonly version: number
  /** Version of the code that folded it; another one discards the snapshot. */
  readonly schema: string
  /** Exact text. */
  readonly state: string
}

/** The right to write an account, until it expires or somebody takes it over under the next epoch. */
export interface Lease {
  readonly scope: string
  readonly holder: string
  readonly epoch: number
  /** Clock of the database, epoch ms. */
  readonly expiresTime: number
}

/** Who asks for which account, and for how long. */
export interface LeaseRequest {
  /** Account: the part of a stream's name before `/`. */
  readonly scope: string
  readonly holder: string
  readonly ttlMs: number
}

/** A lease that was granted, or who holds it. */
export type LeaseAnswer =
  | { readonly type: 'granted'; readonly lease: Lease }
  | { readonly type: 'held'; readonly lease: Lease; readonly remainingMs: number }

/** Progress of a named reader. */
export interface Checkpoint {
  readonly name: string
  readonly position: number
}

/** Told while a long log is read: so many more events. */
export type Advance = (events: number) => void

/** What of a log to verify, against what besides the log itself, and who is told how far it is. */
export interface VerifyOptions {
  /**
   * Only the streams of this account, which is all that is read; the whole log by default. Found is what does not fit within a stream: a
   * changed byte, a missing event, one out of place, a cut tail, a wrong head. What only the whole log shows is not: a stream that is gone
   * together with its head, a tail cut together with the heads, positions that are missing between streams.
   */
  readonly account?: string | undefined
  /** An anchor kept outside, to compare with. */
  readonly anchor?: Anchor | undefined
  readonly advance?: Advance | undefined
}

/** An append-only log of books: the only truth of this system. */
export interface EventStore<Event extends LogEvent = LogEvent> {
  /**
   * Appends all events or none, durably. The same events again return their old places.
   *
   * @throws {ConflictError} `store.conflict.version`, `store.conflict.event`
   * @throws {FencedError} `store.fenced`
   * @throws {AppendError} `store.append.outcome-unknown` and others; `outcome` says what is known
   */
  append(stream: string, events: readonly NewEvent<Event>[], options: AppendOptions): Promise<Appended>
  /** Events of a stream in order. */
  read(stream: string, options?: ReadOptions): AsyncIterable<StoredEvent<Event>>
  /** Events of all streams in the order of commits. */
  readAll(options?: ReadOptions): AsyncIterable<StoredEvent<Event>>
  /** Events of a stream without their envelopes, in batches: the fastest way to fold. */
  replay(stream: string, options?: ReadOptions): AsyncIterable<readonly Event[]>
  /**
   * All events after a position, then new ones as they come, until the signal ends it. Pull-driven: a slow reader slows
   * nobody. It outlives outages of the database; any other failure of a read is thrown.
   *
   * @throws {StoreError} `store.log.older` where the log ends before `after`, at the start and after an outage;
   * `store.event.unreadable`
   * @throws {InputError} `store.request.malformed`
   */
  subscribe(options: SubscribeOptions): AsyncGenerator<readonly StoredEvent<Event>[], void, undefined>
  /** Where a stream ends, or `null` where it does not exist. */
  streamHead(stream: string): Promise<StreamHead | null>
  logHead(): Promise<LogHead>
  /** Heads of the log and of all its streams, of one moment. Keep it outside the database, and give it to `verify` later. */
  takeAnchor(): Promise<Anchor>
  /** Keeps a snapshot in place of an older one. */
  saveSnapshot(snapshot: Snapshot): Promise<void>
  /** The snapshot of a stream, or `null` where there is none that this code and this log can vouch for. */
  loadSnapshot(stream: string, schema: string): Promise<Snapshot | null>
  /**
   * Takes the lease where it is free, expired or held under the same name, under the next epoch: whoever had it is fenced.
   *
   * @throws {InputError} `store.request.malformed`
   */
  acquireLease(request: LeaseRequest): Promise<LeaseAnswer>
  /** Extends a lease. @throws {FencedError} `store.fenced` where it is somebody else's by now */
  renewLease(lease: Lease, ttlMs: number): Promise<Lease>
  /** Gives a lease back at once. The epoch stays used up. */
  releaseLease(lease: Lease): Promise<void>
  loadCheckpoint(name: string): Promise<number>
  /** Moves a checkpoint. @throws {ConflictError} `store.conflict.checkpoint` where it is not at `from` any more */
  saveCheckpoint(checkpoint: Checkpoint, from: number): Promise<void>
  /**
   * Position of the first event that the tables to query have not taken in, or `null` where they follow the log or there
   * are none. A rebuild mends it.
   */
  projectionsStaleSince(): Promise<number | null>
  /** Recomputes every hash and looks for gaps, in the whole log or in one account; names the first bad event. */
  verify(options?: VerifyOptions): Promise<VerifyReport>
  close(): Promise<void>
}
