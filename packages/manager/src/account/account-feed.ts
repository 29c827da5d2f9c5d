import type { AccountEvent, Venue, VenueStream, Clock } from '@tranchebook/adapters'
import { type ArrivalWindow, createArrivalWindow, type Input, type PositionInput } from '@tranchebook/core'
import { stepsOf } from '../act/outcome-inputs.js'
import type { BookLoop } from '../book/book-loop.js'
import type { Cancel } from '../clock/pause.js'
import type { AccountNotes } from '../read/account-notes.js'
import type { Logger } from '../report/logger.js'

/** Who is told what a venue says about the account. */
export interface FeedHost {
  readonly venue: Venue
  readonly clock: Clock
  readonly logger: Logger
  readonly notes: AccountNotes
  loopOf(symbol: string): BookLoop | undefined
  onResyncNeeded(resync: number): void
  onGap(reason: string): void
  /** The venue says that positions are held in another way now: ask which. */
  onModeChanged(): void
  onFunding(symbol: string | null): void
  /** Something was said that was not understood: ask again. */
  onQuarantine(): void
}

interface Waiting {
  readonly window: ArrivalWindow
  readonly positions: Map<string, PositionInput>
  cancel: Cancel | null
}

/** Brings the venue's account events to their books, in the venue's order where its stream has none. */
export class AccountFeed {
  private readonly host: FeedHost
  private readonly waiting = new Map<string, Waiting>()
  private stream: VenueStream | null = null

  constructor(host: FeedHost) {
    this.host = host
  }

  async open(): Promise<void> {
    this.stream = this.host.venue.streamAccount((event) => {
      this.take(event)
    })
    await this.stream.opened
  }

  resume(resync: number): void {
    this.stream?.resume(resync)
  }

  async close(): Promise<void> {
    for (const { cancel } of this.waiting.values()) cancel?.()
    await this.stream?.close()
  }

  /**
   * Reports of positions that no fill has overtaken. They come before the fill that explains them, and are only a check: booked at
   * once they would show a drift after every trade.
   */
  passPositions(olderThan: number): void {
    for (const [symbol, { positions }] of this.waiting)
      for (const [side, position] of positions)
        if (position.time <= olderThan) {
          positions.delete(side)
          this.host.loopOf(symbol)?.post(position)
        }
  }

  private take(event: AccountEvent): void {
    this.host.notes.take(event, this.host.clock.now())
    switch (event.type) {
      case 'fill':
        return this.arrive(event)
      case 'order':
        for (const step of stepsOf(event)) this.arrive(step)
        return
      case 'position':
        this.waitingOf(event.symbol)?.positions.set(event.positionSide, event)
        return
      case 'resyncNeeded':
        return this.host.onResyncNeeded(event.resync)
      case 'gap':
        return this.host.onGap(event.reason)
      case 'fundingNoticed':
        return this.host.onFunding(event.symbol)
      case 'quarantined':
        this.host.logger.error({ reason: event.reason, raw: event.raw }, 'an account event was not understood')
        return this.host.onQuarantine()
      case 'positionModeChanged':
        return this.host.onModeChanged()
      case 'marginCalled':
      case 'leverageChanged':
        return this.host.logger.warn({ notice: event }, 'the account was changed or warned')
      case 'balanceChanged':
      case 'connected':
      case 'fillNoticed':
        return
    }
  }

  private arrive(input: Input): void {
    const waiting = this.waitingOf(input.symbol)
    if (waiting === null)
      return this.host.logger.warn({ symbol: input.symbol, input: input.id }, 'news of a symbol that is not managed')
    this.pass(input.symbol, waiting.window.push(input))
    waiting.cancel?.()
    const { reorderWindowMs } = this.host.loopOf(input.symbol)?.config ?? { reorderWindowMs: 0 }
    waiting.cancel = this.host.venue.capabilities.isStreamOrdered
      ? null
      : this.host.clock.schedule(reorderWindowMs, () => {
          this.pass(input.symbol, waiting.window.flush())
        })
  }

  private pass(symbol: string, arrivals: ReturnType<ArrivalWindow['flush']>): void {
    for (const { input, isLate } of arrivals) this.host.loopOf(symbol)?.post(input, isLate)
  }

  private waitingOf(symbol: string): Waiting | null {
    const loop = this.host.loopOf(symbol)
    if (loop === undefined) return null
    const known = this.waiting.get(symbol)
    if (known !== undefined) return known
    const windowMs = this.host.venue.capabilities.isStreamOrdered ? 0 : loop.config.reorderWindowMs
    const waiting = { window: createArrivalWindow(windowMs), positions: new Map<string, PositionInput>(), cancel: null }
    this.waiting.set(symbol, waiting)
    return waiting
  }
}
