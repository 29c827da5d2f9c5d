import type { OpenOrder } from '@tranchebook/adapters'
import { type BookOrder, type FillInput, intentOf, isOwnOrderId } from '@tranchebook/core'
import type { ActHost } from '../act/act-host.js'
import { refOf } from '../act/outcome-inputs.js'
import type { OutcomeResolver } from '../act/outcome-resolver.js'
import type { BookLoop } from '../book/book-loop.js'
import { isDiffering, isProtected } from '../book/book-standing.js'
import { areExplained, isNews, isUnreported, isUntraded } from './first-report.js'
import { byUse, type StrayStop } from './stray-use.js'
import { askForTrades, lastCertainTrade } from './known-history.js'
import { isListed, misplacedIn } from './listed-orders.js'
import { type OtherWriterHost, OtherWriterWatch } from './other-writer-watch.js'
import { type ListHost, unlessGone } from './unless-gone.js'

/** What a reconciliation needs. */
export interface ReconcileHost
  extends OtherWriterHost, ListHost, Pick<ActHost, 'venue' | 'clock' | 'logger' | 'metrics' | 'now' | 'maySend'> {
  readonly resolver: OutcomeResolver
  loops(): readonly BookLoop[]
  /** From when on trades of a book count, where it knows none, epoch ms. */
  beginningOf(symbol: string): number
}

/** What one comparison with the venue found. */
export interface ReconcileReport {
  readonly cause: string
  /** Local clock, epoch ms. */
  readonly time: number
  readonly symbols: readonly string[]
  readonly openOrders: number
  readonly lookedUp: number
  readonly straysCancelled: readonly string[]
  /** Symbols whose position differs from the book, settled or not. */
  readonly differing: readonly string[]
}

/** Above so many books one answer for all symbols is cheaper than one for each. */
const ALL_AT_ONCE = 20
const FILLS_AT_ONCE = 1000
/** At least so often trades are asked for although orders and positions give no reason to. */
const QUIET_TRADES_MS = 60_000

interface Found {
  readonly listed: readonly OpenOrder[]
  lookedUp: number
  readonly strays: string[]
}

/** Compares the books with the venue: orders first, so that trades find theirs; then trades; and positions last, as a check. */
export class Reconciler {
  private last: Promise<unknown> = Promise.resolve()
  private next: Promise<ReconcileReport> | null = null
  /** As of the last comparison: kept until the book agrees with the venue and its own stops rest. */
  private keptStops: readonly StrayStop[] = []
  private readonly tradesAsked = new Map<string, number>()
  private readonly host: ReconcileHost
  private readonly otherWriter: OtherWriterWatch

  constructor(host: ReconcileHost) {
    this.host = host
    this.otherWriter = new OtherWriterWatch(host)
  }

  /** One after the other; whoever asks while one waits shares it. @throws {VenueError} when the venue could not be asked */
  async run(cause: string): Promise<ReconcileReport> {
    if (this.next !== null) return this.next
    const turn = this.last.then(async () => {
      this.next = null
      return this.compare(cause)
    })
    this.next = turn
    this.last = turn.catch(() => null)
    return turn
  }

  /**
   * Cancels the least useful of the stops that a book does not know, so that one of its own has room. False = there is none. Where the
   * venue says that it is gone, there is room as well.
   */
  async makeRoom(loop: BookLoop): Promise<boolean> {
    const [least] = this.keptStops.filter((stray) => stray.loop === loop).toSorted(byUse)
    if (least === undefined || !this.giveUp(least)) return false
    await this.cancelStray(least.order, [])
    return true
  }

  /** False = it was given up already. */
  private giveUp(stray: StrayStop): boolean {
    const kept = this.keptStops.filter((other) => other !== stray)
    const isKept = kept.length < this.keptStops.length
    this.keptStops = kept
    return isKept
  }

  /** Fetches and books the trades a book does not know. @throws {VenueError} */
  async bookTrades(loop: BookLoop): Promise<void> {
    const { symbol } = loop
    this.tradesAsked.set(symbol, this.host.clock.now())
    const afterId = lastCertainTrade(loop.book)
    const since = afterId === null ? this.host.beginningOf(symbol) : null
    for await (const { fills, isComplete } of askForTrades(this.host.venue, { symbol, afterId, since })) {
      if (!isComplete) this.host.logger.warn({ symbol, afterId, since }, 'the venue no longer has all trades asked for')
      await bookFills(loop, fills)
    }
  }

  private async bookTradesUnlessGone(loop: BookLoop): Promise<void> {
    await unlessGone(this.host, { symbol: loop.symbol, without: undefined, ask: async () => this.bookTrades(loop) })
  }

  private async compare(cause: string): Promise<ReconcileReport> {
    const { clock, metrics } = this.host
    metrics.reconciliations += 1
    const loops = this.host.loops().filter((loop) => !loop.isHalted)
    const symbols = loops.map((loop) => loop.symbol)
    const unreported = loops.filter(isUnreported)
    await this.begin(unreported.filter(isUntraded))
    await this.comparePositions(unreported.filter((loop) => isOneWay(loop) && !isUntraded(loop)))
    const known = new Map(loops.map((loop) => [loop.symbol, [...loop.book.orders.values()]]))
    const found: Found = { listed: await this.fetchOpenOrders(symbols), lookedUp: 0, strays: [] }
    this.otherWriter.beginLook(found.listed)
    const quiet: BookLoop[] = []
    const strayStops: StrayStop[] = []
    for (const loop of loops)
      await unlessGone(this.host, {
        symbol: loop.symbol,
        without: undefined,
        ask: async () => {
          const lookedUp = found.lookedUp
          for (const order of await this.compareOrders(loop, known.get(loop.symbol) ?? [], found))
            if (order.isConditional) strayStops.push({ loop, order })
            else await this.cancelStray(order, found.strays)
          const isQuiet = cause === 'interval' && found.lookedUp === lookedUp && this.areTradesQuiet(loop)
          if (isQuiet) quiet.push(loop)
          else await this.bookTrades(loop)
        },
      })
    this.otherWriter.endLook()
    this.keptStops = strayStops
    await this.comparePositions(loops)
    const suspects = quiet.filter(isDiffering)
    for (const loop of suspects) await this.bookTradesUnlessGone(loop)
    if (suspects.length > 0) await this.comparePositions(suspects)
    // Until the book agrees with the venue and its own stops rest, a stop that it does not know may be all that protects a position.
    for (const stray of strayStops)
      if (!isDiffering(stray.loop) && isProtected(stray.loop) && this.giveUp(stray))
        await this.cancelStray(stray.order, found.strays)
    return {
      cause,
      time: clock.now(),
      symbols,
      openOrders: found.listed.length,
      lookedUp: found.lookedUp,
      straysCancelled: found.strays,
      differing: loops.filter(isDiffering).map((loop) => loop.symbol),
    }
  }

  /**
   * Begins books that know nothing yet. Where the trades since their beginning are all that a position is made of, they count; else it
   * began before them, and those that its report has seen are in it.
   */
  private async begin(loops: readonly BookLoop[]): Promise<void> {
    if (loops.length === 0) return
    const { venue } = this.host
    const reports = await venue.fetchPositions(loops.map(({ symbol }) => symbol))
    for (const loop of loops) {
      const { symbol } = loop
      const own = reports.filter((report) => report.symbol === symbol)
      const since = this.host.beginningOf(symbol)
      const ask = async (): Promise<boolean> => areExplained(own, askForTrades(venue, { symbol, afterId: null, since }))
      if (await unlessGone(this.host, { symbol, without: true, ask })) continue
      loop.tradesFrom = Math.max(...own.map(({ time }) => time)) + 1
      for (const report of own) loop.post(report)
      await loop.idle()
    }
  }

  private async comparePositions(loops: readonly BookLoop[]): Promise<void> {
    if (loops.length === 0) return
    const symbols = loops.map((loop) => loop.symbol)
    for (const position of await this.host.venue.fetchPositions(symbols)) {
      const loop = loops.find(({ symbol }) => symbol === position.symbol)
      // A report that is ahead of first trades tells of none of them whether it opened or closed: they are booked before.
      if (loop !== undefined && isUntraded(loop) && isNews(loop, position)) await this.bookTradesUnlessGone(loop)
      loop?.post(position)
    }
    await Promise.all(loops.map(async (loop) => loop.idle()))
  }

  /** Whether a regular comparison may leave the trades out: all that we know agrees, and they were asked for not long ago. */
  private areTradesQuiet(loop: BookLoop): boolean {
    const asked = this.tradesAsked.get(loop.symbol)
    if (asked === undefined || this.host.clock.now() - asked >= QUIET_TRADES_MS) return false
    return (
      !isDiffering(loop) &&
      [...loop.book.orders.values()].every(({ state, ending }) => state === 'working' && ending === null)
    )
  }

  private async fetchOpenOrders(symbols: readonly string[]): Promise<readonly OpenOrder[]> {
    const { venue } = this.host
    if (symbols.length > ALL_AT_ONCE) return venue.fetchOpenOrders(null)
    const ofSymbol = async (symbol: string): Promise<readonly OpenOrder[]> =>
      unlessGone(this.host, { symbol, without: [], ask: async () => venue.fetchOpenOrders(symbol) })
    return (await Promise.all(symbols.map(ofSymbol))).flat()
  }

  /** Gives orders of ours that the book does not know. */
  private async compareOrders(
    loop: BookLoop,
    known: readonly BookOrder[],
    found: Found,
  ): Promise<readonly OpenOrder[]> {
    const listed = found.listed.filter((order) => order.symbol === loop.symbol)
    for (const { clientOrderId } of known) {
      const order = loop.book.orders.get(clientOrderId)
      if (order === undefined || !this.isInQuestion(order, listed)) continue
      found.lookedUp += 1
      await this.lookUp(loop, order)
    }
    await loop.idle()
    if (!this.host.maySend()) return []
    for (const order of misplacedIn(loop.book, listed)) await this.withdraw(loop, order)
    const strays: OpenOrder[] = []
    for (const order of listed)
      if (isOwnOrderId(order.clientOrderId, loop.stream) && !isKnown(loop, known, order))
        if (!(await this.otherWriter.isOfAnother(loop, order))) strays.push(order)
    for (const { clientOrderId } of strays) loop.skipIntent(intentOf(clientOrderId) ?? 0)
    return strays
  }

  /** Orders that should rest and are not listed, and those nobody knows about. One that is being sent right now is neither. */
  private isInQuestion(order: BookOrder, listed: readonly OpenOrder[]): boolean {
    if (order.ending !== null || order.state === 'intended') return false
    return order.state === 'unknown' || !isListed(order, listed)
  }

  private async lookUp(loop: BookLoop, order: BookOrder): Promise<void> {
    const { resolver } = this.host
    const lookup = await resolver.look(loop, order)
    if (order.state === 'unknown')
      return lookup.type === 'found' ? undefined : resolver.watch(loop, order.clientOrderId, 'placed')
    if (order.state === 'cancelling') return resolver.watch(loop, order.clientOrderId, 'cancelled')
    if (lookup.type === 'notFound') resolver.watch(loop, order.clientOrderId, 'vanished')
  }

  /** What could not be withdrawn when it was placed is withdrawn now; the book then protects anew. */
  private async withdraw(loop: BookLoop, order: BookOrder): Promise<void> {
    const result = await this.host.venue.cancel(refOf(loop.symbol, order))
    const { symbol } = loop
    const facts = { symbol, order: order.clientOrderId, outcome: result.outcome }
    this.host.logger.error(facts, 'the venue has another trigger price for it than was asked for')
    if (result.outcome === 'acknowledged' && result.report !== null) loop.post(result.report)
    await loop.idle()
  }

  /** An order of ours that the book does not know may fill at any time. One of another writer is its own. */
  private async cancelStray(order: OpenOrder, strays: string[]): Promise<void> {
    const { venue, logger, metrics } = this.host
    if (!this.host.maySend()) return
    const { symbol, clientOrderId, venueOrderId, childOrderId, isConditional } = order
    const orderType = order.orderType ?? (isConditional ? 'STOP_MARKET' : 'LIMIT')
    const result = await venue.cancel({
      symbol,
      clientOrderId,
      orderType,
      isProtection: false,
      venueOrderId,
      childOrderId,
    })
    logger.warn(
      { symbol, order: clientOrderId, outcome: result.outcome },
      'an order of ours that the book does not know',
    )
    if (result.outcome !== 'acknowledged') return
    metrics.strayOrdersCancelled += 1
    strays.push(clientOrderId)
  }
}

/** Known when the list was asked for, or since. */
function isKnown(loop: BookLoop, known: readonly BookOrder[], { clientOrderId }: OpenOrder): boolean {
  return loop.book.orders.has(clientOrderId) || known.some((order) => order.clientOrderId === clientOrderId)
}

/** Posts fills, no more at a time than its mailbox takes beside other news. */
async function bookFills(loop: BookLoop, fills: readonly FillInput[]): Promise<void> {
  for (let start = 0; start < fills.length; start += FILLS_AT_ONCE) {
    for (const fill of fills.slice(start, start + FILLS_AT_ONCE)) loop.post(fill, fill.time < loop.book.lastFillTime)
    await loop.idle()
  }
}

function isOneWay({ book }: BookLoop): boolean {
  return book.positionMode === 'ONE_WAY'
}
