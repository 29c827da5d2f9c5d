import type { BookLoop } from '../book/book-loop.js'
import type { EngineOptions } from '../manager-options.js'
import type { EquityWatch } from '../read/equity-watch.js'
import type { FeedHost } from './account-feed.js'
import type { ModeWatch } from './mode-watch.js'
import type { VenueSync } from './venue-sync.js'

/** The parts that account events reach. */
export interface FeedParts extends Pick<FeedHost, 'clock' | 'logger' | 'notes'> {
  readonly options: EngineOptions
  readonly loops: ReadonlyMap<string, BookLoop>
  readonly equity: EquityWatch
  readonly mode: ModeWatch
  readonly sync: VenueSync
}

/** What the venue's account events reach of an account. */
export function feedHostOf(account: FeedParts): FeedHost {
  const { clock, logger, notes, options } = account
  return {
    venue: options.venue,
    clock,
    logger,
    notes,
    loopOf: (symbol) => account.loops.get(symbol),
    onResyncNeeded: (resync) => {
      account.sync.resync(resync)
    },
    onGap: (reason) => {
      account.equity.forget()
      account.sync.lose(reason)
    },
    onModeChanged: () => {
      account.mode.doubt()
    },
    onFunding: (symbol) => {
      for (const loop of account.loops.values())
        if (symbol === null || symbol === loop.symbol) void account.sync.bookFunding(loop)
    },
    onQuarantine: () => {
      account.sync.request('quarantine')
    },
  }
}
