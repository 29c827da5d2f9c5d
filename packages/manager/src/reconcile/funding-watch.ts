import type { FundingHistory, FundingRequest } from '@tranchebook/adapters'
import { FUNDING_WINDOW } from '@tranchebook/core'
import type { ActHost } from '../act/act-host.js'
import type { BookLoop } from '../book/book-loop.js'
import { isDiffering } from '../book/book-standing.js'
import { lastOpenTime } from './known-history.js'
import { type ListHost, unlessGone } from './unless-gone.js'

/** What asking for funding needs. */
export interface FundingHost extends ListHost, Pick<ActHost, 'venue' | 'now'> {
  loops(): readonly BookLoop[]
  /** From when on the past of a book counts, epoch ms. */
  beginningOf(symbol: string): number
  /** When the newest funding in the log of a book was paid, epoch ms; `null` = none was. */
  newestFunding(loop: BookLoop): Promise<number | null>
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Funding may show up so long after it was paid: this much of what is known is asked for each time. It costs a venue one page. */
const LATE_MS = 6 * DAY_MS
/** Where a book has forgotten ids of payments, it is not asked for older ones again: it could not tell them from new ones. */
const REMEMBERED_MS = 7 * DAY_MS

/** So long after a question the next one is due: a stream that stands may have swallowed the notice of a payment since. */
const AGAIN_MS = HOUR_MS

/** Asks for the funding that books do not know. Payments are told apart by the venue's ids, so that none counts twice. */
export class FundingWatch {
  private readonly host: FundingHost
  /** Until when the funding of a book was asked for, venue's time. */
  private readonly known = new WeakMap<BookLoop, number>()
  /** When the funding of a book was last asked for, answered or not, venue's time. */
  private readonly asked = new WeakMap<BookLoop, number>()
  /** Up to where the past of a book was gone through again, venue's time. */
  private readonly lookedBackTo = new WeakMap<BookLoop, number>()
  private turn = 0

  constructor(host: FundingHost) {
    this.host = host
  }

  /**
   * Fetches and books the funding a book does not know, from well before the newest that it knows on, however long ago that is; as
   * long as nothing was open there is none. @throws {VenueError}
   */
  async catchUp(loop: BookLoop): Promise<void> {
    const asked = this.host.now()
    this.asked.set(loop, asked)
    const beginning = this.host.beginningOf(loop.symbol)
    const known = this.known.get(loop) ?? (await this.host.newestFunding(loop)) ?? beginning
    const until = lastPayable(loop)
    if (until !== null && known > until) return
    await this.book(loop, { since: Math.max(beginning, known - LATE_MS), until })
    this.known.set(loop, asked)
  }

  /**
   * The book that was not asked for the longest, of those in which something was open since they were; `null` = all were asked for in
   * the last hour.
   */
  mostOverdue(): BookLoop | null {
    const askedOf = (loop: BookLoop): number => this.asked.get(loop) ?? -Infinity
    const due = this.host.loops().filter((loop) => !loop.isHalted && this.host.now() - askedOf(loop) >= AGAIN_MS)
    const wasOpen = (loop: BookLoop): boolean => (openUntil(loop) ?? Infinity) >= this.knownUntil(loop)
    return due.filter(wasOpen).toSorted((left, right) => askedOf(left) - askedOf(right))[0] ?? null
  }

  private knownUntil(loop: BookLoop): number {
    return this.known.get(loop) ?? this.host.beginningOf(loop.symbol)
  }

  /**
   * Goes through some days of the past of one book again, book by book and from its beginning on again and again: whatever the venue
   * tells later than {@link FundingWatch.catchUp} reckons with is found as long as the venue has it. One page of each kind. @throws {VenueError}
   */
  async lookBack(): Promise<void> {
    const loops = this.host.loops().filter(({ book, isHalted }) => !isHalted && book.lastFillTime > 0)
    const loop = loops[this.turn % Math.max(1, loops.length)]
    this.turn += 1
    if (loop === undefined) return
    const oldest = this.oldest(loop)
    const last = Math.min(this.host.now() - LATE_MS, lastPayable(loop) ?? Infinity)
    const lookedBackTo = this.lookedBackTo.get(loop) ?? oldest
    const since = lookedBackTo >= last ? oldest : Math.max(lookedBackTo, oldest)
    this.lookedBackTo.set(loop, since + LATE_MS)
    if (since < last) await this.book(loop, { since, until: since + LATE_MS })
  }

  /** From when on payments can be asked for and told from those that are booked, venue's time. */
  private oldest({ symbol, book }: BookLoop): number {
    const { host } = this
    const historyMs = host.venue.capabilities.historyMs ?? Infinity
    const rememberedMs = book.fundingIds.length < FUNDING_WINDOW ? Infinity : REMEMBERED_MS
    return Math.max(host.beginningOf(symbol), host.now() - Math.min(historyMs, rememberedMs))
  }

  private async book(loop: BookLoop, span: Required<Pick<FundingRequest, 'since' | 'until'>>): Promise<void> {
    const { symbol } = loop
    const ask = async (): Promise<FundingHistory> => this.host.venue.fetchFunding({ symbol, afterId: null, ...span })
    const without = { payments: [], isComplete: true }
    const { payments, isComplete } = await unlessGone(this.host, { symbol, without, ask })
    if (!isComplete)
      this.host.logger.warn({ symbol, since: span.since }, 'the venue no longer has all funding asked for')
    for (const payment of payments) loop.post(payment)
    await loop.idle()
  }
}

/** When something was last open, venue's time; `null` = something is, or may be. */
function openUntil(loop: BookLoop): number | null {
  return isDiffering(loop) ? null : lastOpenTime(loop.book)
}

/** Until when there may be funding of a book, and news of it, venue's time; `null` = something is open, or may be. */
function lastPayable(loop: BookLoop): number | null {
  const last = openUntil(loop)
  return last === null ? null : last + LATE_MS
}
