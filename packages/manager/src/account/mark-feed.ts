import type { MarketEvent, Venue, VenueStream } from '@tranchebook/adapters'
import type { BookLoop } from '../book/book-loop.js'
import type { HealthBoard } from '../report/health.js'
import type { Logger } from '../report/logger.js'
import { marksGap } from '../report/troubles.js'
import type { PriceWatch } from './price-watch.js'

/** Where prices come from and where they go. */
export interface MarkHost {
  readonly venue: Pick<Venue, 'streamMarks'>
  readonly health: HealthBoard
  readonly logger: Logger
  readonly prices: PriceWatch
  loopOf(symbol: string): BookLoop | undefined
}

/** Brings the venue's mark prices to their books. */
export class MarkFeed {
  private readonly host: MarkHost
  private stream: VenueStream | null = null

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
}
