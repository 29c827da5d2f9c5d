import type { ServerResponse } from 'node:http'
import type { BookEvent } from '@tranchebook/core'
import type { StoredEvent } from '@tranchebook/store'
import { RequestError } from '../request-error.js'
import { readAccount, readKnownAccount } from '../read/read-account.js'
import { lookAtKnown, type ReadContext } from '../read/read-context.js'
import { formatMessage, recordedMessage } from './event-messages.js'
import { PriceWatch } from './price-messages.js'
import { Viewer } from './viewer.js'

const TICK_MS = 250
const HEARTBEAT_TICKS = 40
const MOST_VIEWERS = 16
const BATCH = 200
/** Browsers wait so long before they come back, ms. */
const RETRY_MS = 1000

/** What a stream needs of the server. */
export interface StreamHost {
  onTrouble(error: unknown): void
  /** Runs something again and again; the answer ends it. */
  every(ms: number, run: () => void): () => void
}

/** Server-sent events: what is recorded, exactly once and in order; prices and the account as they change. */
export class EventStream {
  private readonly context: ReadContext
  private readonly host: StreamHost
  private readonly viewers = new Set<Viewer>()
  private stopTicking: (() => void) | null = null
  private prices = new PriceWatch()
  private account = ''
  private ticks = 0
  /** Newest event that a viewer was told: ticks read the log only where it is newer than what is folded. */
  private seen = 0
  private isTicking = false

  constructor(context: ReadContext, host: StreamHost) {
    this.context = context
    this.host = host
  }

  get count(): number {
    return this.viewers.size
  }

  /** @throws {RequestError} `dashboard.too-many-viewers` */
  assertRoom(): void {
    if (this.viewers.size < MOST_VIEWERS) return
    throw new RequestError(
      'dashboard.too-many-viewers',
      `expected at most ${MOST_VIEWERS} open streams, there are as many`,
      {
        status: 503,
        advice: 'close pages that nobody looks at',
      },
    )
  }

  /** Tells everything after a place of the log, then what comes, until the client leaves. `null` = from now on. */
  async run(response: ServerResponse, asked: number | null): Promise<void> {
    response.setHeader('content-type', 'text/event-stream; charset=utf-8')
    response.setHeader('x-accel-buffering', 'no')
    response.flushHeaders()
    const viewer = new Viewer(response)
    this.join(viewer)
    try {
      await this.tell(viewer, asked)
    } catch (error) {
      if (!viewer.signal.aborted) this.host.onTrouble(error)
    } finally {
      this.leave(viewer)
    }
  }

  close(): void {
    for (const viewer of this.viewers) this.leave(viewer)
  }

  private async tell(viewer: Viewer, asked: number | null): Promise<void> {
    const { store } = this.context.source
    const { logId, position } = await store.logHead()
    const isReset = asked !== null && asked > position
    const after = asked === null || isReset ? position : asked
    const hello = { position: String(after), logId, isReset }
    await viewer.send(`retry: ${RETRY_MS}\n${formatMessage('hello', hello)}`)
    await viewer.send(formatMessage('account', await readAccount(this.context)))
    const prices = new PriceWatch().changes(lookAtKnown(this.context))
    if (prices.length > 0) await viewer.send(formatMessage('prices', prices))
    for await (const batch of store.subscribe({ after, signal: viewer.signal, batchSize: BATCH })) {
      const pieces = batch.flatMap((stored) => this.pieceOf(stored))
      this.seen = Math.max(this.seen, batch.at(-1)?.position ?? 0)
      if (pieces.length > 0) await viewer.send(pieces.join(''))
    }
  }

  private pieceOf(stored: StoredEvent<BookEvent>): readonly string[] {
    const message = recordedMessage(this.context.source, stored)
    return this.context.source.shows(message.account) ? [formatMessage('event', message, String(stored.position))] : []
  }

  private join(viewer: Viewer): void {
    this.viewers.add(viewer)
    this.stopTicking ??= this.host.every(TICK_MS, () => {
      void this.tick()
    })
  }

  private leave(viewer: Viewer): void {
    viewer.end()
    this.viewers.delete(viewer)
    if (this.viewers.size > 0 || this.stopTicking === null) return
    this.stopTicking()
    this.stopTicking = null
    this.prices = new PriceWatch()
    this.account = ''
  }

  /** Prices and the account, where they changed; a sign of life now and then. */
  private async tick(): Promise<void> {
    this.ticks += 1
    if (this.ticks % HEARTBEAT_TICKS === 0) this.offer(': alive\n\n')
    if (this.isTicking || this.context.source.live === null) return
    this.isTicking = true
    try {
      if (this.seen > this.context.folds.position) await this.context.folds.catchUp()
      const prices = this.prices.changes(lookAtKnown(this.context))
      if (prices.length > 0) this.offer(formatMessage('prices', prices))
      await this.tellAccount()
    } catch (error) {
      this.host.onTrouble(error)
    } finally {
      this.isTicking = false
    }
  }

  /** The time and places in it move on their own: they alone are no news. */
  private async tellAccount(): Promise<void> {
    const account = await readKnownAccount(this.context)
    const { time: _time, position: _position, lastPriceTime, lastAccountTime, ...rest } = account
    const seconds = [lastPriceTime, lastAccountTime].map((time) => Math.floor((time ?? 0) / 1000))
    const saying = JSON.stringify([rest, seconds])
    if (saying === this.account) return
    this.account = saying
    this.offer(formatMessage('account', account))
  }

  private offer(piece: string): void {
    for (const viewer of this.viewers) viewer.offer(piece)
  }
}
