import type { MarketEvent, Venue, VenueStream } from '@tranchebook/adapters'
import type { BookLoop } from '../book/book-loop.js'
import type { HealthBoard } from '../report/health.js'
import type { Logger } from '../report/logger.js'
import type { ManagerMetrics } from '../report/metrics.js'
import { marksGap } from '../report/troubles.js'
import type { PriceWatch } from './price-watch.js'

/** So far a mark may be ahead of the venue's clock as we know it, ms. */
const AHEAD_MS = 5000

/** Where prices come from and where they go. */
export interface MarkHost {
  readonly venue: Pick<Venue, 'streamMarks'>
  readonly health: HealthBoard
  readonly logger: Logger
  readonly prices: PriceWatch
  readonly metrics: ManagerMetrics
  loopOf(symbol: string): BookLoop | undefined
  /** The venue's time, epoch ms. */
  now(): number
  /** Marks say that the venue's clock is another than we know. */
  doubtClock(): void
}

/** Brings the venue's mark prices to their books. */
export class MarkFeed {
  private readonly host: MarkHost
  private stream: VenueStream | null = null
  /** Symbols whose marks are ahead: said once each time it begins. */
  private readonly ahead = new Set<string>()

  constructor(host: MarkHost) {
    this.host = host
  }

  /** Listens to these symbols from now on; the stream before it ends once the new one was asked for. */
  async open(symbols: readonly string[]): Promise<void> {
    const before = this.stream
    this.stream = this.host.venue.streamMarks(symbols, (event) => {
      this.take(event)
    })
    await before?.close()
  }

  async close(): Promise<void> {
    await this.stream?.close()
  }

  private take(event: MarketEvent): void {
    const { health, logger, prices } = this.host
    switch (event.type) {
      case 'mark':
        if (this.isAhead(event)) return
        this.host.loopOf(event.symbol)?.post(event)
        return prices.note(event.symbol)
      case 'gap':
        return health.report(marksGap(event.reason))
      case 'connected':
        return health.clear('marksGap')
      case 'quarantined':
        return logger.warn({ reason: event.reason, raw: event.raw }, 'a market event was not understood')
    }
  }

  /** A price of the future is none: every later one would be older than it, and it would look fresh until then. */
  private isAhead({ symbol, time }: Extract<MarketEvent, { readonly type: 'mark' }>): boolean {
    const { metrics, logger } = this.host
    const aheadMs = time - this.host.now()
    if (aheadMs <= AHEAD_MS) {
      this.ahead.delete(symbol)
      return false
    }
    metrics.marksAhead += 1
    if (!this.ahead.has(symbol)) logger.warn({ symbol, aheadMs }, "a mark price is ahead of the venue's clock: dropped")
    this.ahead.add(symbol)
    this.host.doubtClock()
    return true
  }
}
