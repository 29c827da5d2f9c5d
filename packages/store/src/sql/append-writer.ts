import type { Appended } from '../event-store.js'
import { conflictOfEvent, conflictOfVersion, fenced, scopeOf } from '../log/conflicts.js'
import { AppendError } from '../store-errors.js'
import { type AppendAnswer, parseAnswers } from './append-answer.js'
import { type AppendBatch, type AppendGroup, type BatchLimits, takeBatch } from './append-batch.js'
import { failureOf } from './append-failure.js'
import { statementOf } from './append-statement.js'
import { classifyFailure, type FailureKind } from './classify-failure.js'
import { type AppendRequest, type PendingAppend, pendingOf } from './pending-append.js'
import type { AppendChannel } from './sql-engine.js'

/** Settings of the writer. */
export interface WriterLimits {
  /** Events that may wait; further appends are turned away, so that memory stays bounded. */
  readonly maxQueuedEvents: number
  readonly batch: BatchLimits
  /** An append is tried again until this long after it was asked for, ms. */
  readonly timeoutMs: number
}

/** Limits that suit a bot. */
export const DEFAULT_WRITER_LIMITS: WriterLimits = {
  maxQueuedEvents: 20_000,
  batch: { events: 256, characters: 4_000_000 },
  timeoutMs: 15_000,
}

const nothing = (): void => undefined

const FIRST_PAUSE_MS = 10
const LONGEST_PAUSE_MS = 500

/**
 * Group commit: one statement is under way at a time, and whatever comes in meanwhile goes together with the next one. A
 * lost answer is never judged: the same batch is sent again, and the log says whether it has it.
 */
export class AppendWriter {
  private readonly channel: AppendChannel
  private readonly limits: WriterLimits
  private readonly queue: PendingAppend[] = []
  private queued = 0
  private draining: Promise<void> | null = null
  private pauseMs = FIRST_PAUSE_MS

  constructor(channel: AppendChannel, limits: WriterLimits) {
    this.channel = channel
    this.limits = limits
  }

  /** Resolves when the append is durable. @throws {AppendError} `store.append.overloaded` */
  async append(request: AppendRequest): Promise<Appended> {
    this.assertRoom(request)
    return new Promise<Appended>((resolve, reject) => {
      const deadline = Date.now() + this.limits.timeoutMs
      this.queue.push(pendingOf(request, { deadline, resolve, reject }))
      this.queued += request.events.length
      this.draining ??= this.drain()
    })
  }

  /** Waits for everything that was accepted. */
  async drained(): Promise<void> {
    await this.draining
  }

  private assertRoom({ stream, events }: AppendRequest): void {
    const { maxQueuedEvents } = this.limits
    if (this.queued + events.length <= maxQueuedEvents) return
    throw new AppendError(
      'store.append.overloaded',
      `${this.queued} events wait for the database, ${maxQueuedEvents} may: nothing was appended to ${stream}, slow down and try again`,
      { outcome: 'not-sent', details: { stream, queued: this.queued, maxQueuedEvents } },
    )
  }

  /** Sends the next batch before it tells the callers of the last one: their work and the database's go on side by side. */
  private async drain(): Promise<void> {
    await Promise.resolve()
    let tellCallers = nothing
    while (this.queue.length > 0) {
      const batch = takeBatch(this.queue, this.limits.batch)
      const answering = this.channel.run(statementOf(batch))
      tellCallers()
      tellCallers = await this.commit(batch, answering)
    }
    this.draining = null
    tellCallers()
  }

  private async commit(batch: AppendBatch, answering: Promise<string>): Promise<() => void> {
    try {
      const answers = parseAnswers(await answering, batch.groups.length)
      this.pauseMs = FIRST_PAUSE_MS
      const settled = batch.groups.map((group, index) => ({ group, answer: this.takeApart(group, answers[index]) }))
      return () => {
        for (const { group, answer } of settled) if (answer !== null) this.settle(group, answer)
      }
    } catch (error) {
      await this.failed(batch, error)
      return nothing
    }
  }

  /** A refused group of several appends goes back to the front of the queue, to be tried one by one: then `null`. */
  private takeApart(group: AppendGroup, answer: AppendAnswer | undefined): AppendAnswer | null {
    if (answer === undefined || answer.type === 'ok' || group.appends.length === 1) return answer ?? null
    for (const append of group.appends) append.isSolo = true
    this.queue.unshift(...group.appends)
    return null
  }

  private settle(group: AppendGroup, answer: AppendAnswer): void {
    const [only] = group.appends
    if (only === undefined) return
    if (answer.type === 'ok') this.accept(group, answer)
    else if (answer.type === 'same') {
      const { firstVersion, firstPosition, lastPosition } = answer
      const version = firstVersion + only.events.length - 1
      this.resolve(only, { firstVersion, firstPosition, version, position: lastPosition, isDuplicate: true })
    } else this.reject(only, refusalOf(only, answer))
  }

  private accept(
    { appends }: AppendGroup,
    answer: { readonly firstVersion: number; readonly firstPosition: number },
  ): void {
    let { firstVersion, firstPosition } = answer
    for (const append of appends) {
      const count = append.events.length
      const version = firstVersion + count - 1
      this.resolve(append, {
        firstVersion,
        firstPosition,
        version,
        position: firstPosition + count - 1,
        isDuplicate: false,
      })
      firstVersion += count
      firstPosition += count
    }
  }

  private async failed(batch: AppendBatch, error: unknown): Promise<void> {
    const kind = classifyFailure(error)
    if (kind === 'unknown') {
      this.channel.discard()
      for (const append of batch.appends) append.isDoubtful = true
    }
    const isFinal = kind === 'refused' || kind === 'taken' || kind === 'full'
    if (isFinal && batch.appends.length > 1 && kind !== 'full') {
      for (const append of batch.appends) append.isAlone = true
      this.queue.unshift(...batch.appends)
      return
    }
    this.retry(batch, { kind, error, isFinal })
    if (this.queue.length > 0 && !isFinal) await this.pause()
  }

  /** What was tried goes back to the front of the queue. Whoever has waited too long is told so, whether it was tried or not. */
  private retry(
    batch: AppendBatch,
    failure: { readonly kind: FailureKind; readonly error: unknown; readonly isFinal: boolean },
  ): void {
    const { kind, error, isFinal } = failure
    const now = Date.now()
    const tried = new Set(batch.appends)
    for (const append of [...batch.appends, ...this.queue.splice(0)]) {
      const isTried = tried.has(append)
      if ((isTried && isFinal) || append.deadline <= now)
        this.reject(append, failureOf(append, isTried ? kind : 'not-sent', error))
      else this.queue.push(append)
    }
  }

  private async pause(): Promise<void> {
    const pauseMs = this.pauseMs
    this.pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    await new Promise<void>((resolve) => {
      setTimeout(resolve, pauseMs)
    })
  }

  private resolve(append: PendingAppend, appended: Appended): void {
    this.queued -= append.events.length
    append.resolve(appended)
  }

  private reject(append: PendingAppend, error: Error): void {
    this.queued -= append.events.length
    append.reject(error)
  }
}

type Refusal = Exclude<AppendAnswer, { readonly type: 'ok' | 'same' }>

function refusalOf({ stream, expected, epoch, first, events, isDoubtful }: PendingAppend, answer: Refusal): Error {
  switch (answer.type) {
    case 'version':
      return conflictOfVersion(stream, expected, answer.actual)
    case 'event':
      return conflictOfEvent(stream, events.length === 1 ? first.id : null)
    case 'fenced':
      return fenced(scopeOf(stream), { own: epoch, current: answer.epoch, isDoubtful })
  }
}
