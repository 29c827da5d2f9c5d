import type { Clock, Venue } from '@tranchebook/adapters'
import { type MarkInput, type PositionInput } from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'
import { hasTranches } from '../book/book-standing.js'
import { pause } from '../clock/pause.js'
import type { HealthBoard } from '../report/health.js'
import { type Logger, whyOf } from '../report/logger.js'
import { priceSilent } from '../report/troubles.js'

/** A venue tells its mark prices every few seconds; a symbol that is left out for so long is not among them any more. */
const SILENT_MS = 120_000
/** So long the first price of a symbol is waited for. */
const FIRST_PRICE_MS = 10_000
/** At most so often prices are asked for, those of all symbols with one request. */
const ASK_MS = 5000

/** What watching prices needs. */
export interface PriceHost {
  readonly venue: Pick<Venue, 'fetchPositions'>
  readonly clock: Clock
  readonly health: HealthBoard
  readonly logger: Logger
  readonly signal: AbortSignal
  /** The venue's time, epoch ms. */
  now(): number
}

/** The mark that a report of a position tells; `null` = it tells none. */
function markOf({ markPrice, id, time, account, symbol }: PositionInput): MarkInput | null {
  return markPrice === null ? null : { type: 'mark', id: `mark:${id}`, time, account, symbol, price: markPrice }
}

/** Waits for first prices, asks for those of open positions that no stream tells, and says where prices have fallen silent. */
export class PriceWatch {
  private readonly host: PriceHost
  private readonly waiting = new Map<string, () => void>()
  /** Symbols that should have had a price by now. */
  private readonly due = new Set<string>()
  /** Time of the newest mark that was told without being asked for, by symbol. */
  private readonly told = new Map<string, number>()
  /** Time of the newest mark that was asked for, by symbol. */
  private readonly answered = new Map<string, number>()
  private lastAsked = -Infinity
  private isAsking = false

  constructor(host: PriceHost) {
    this.host = host
  }

  /** A price of a symbol has come to its book. */
  note(symbol: string): void {
    if (this.waiting.size > 0) this.waiting.get(symbol)?.()
  }

  /** Settles when each book has had its first price; for those that have none after ten seconds, health says so. */
  async first(loops: readonly BookLoop[]): Promise<void> {
    const { clock, signal } = this.host
    const priceless = loops.filter(({ market }) => market === null)
    const enough = new AbortController()
    const late = pause(clock, FIRST_PRICE_MS, AbortSignal.any([signal, enough.signal]))
    await Promise.race([Promise.all(priceless.map(async (loop) => this.comesTo(loop))), late])
    enough.abort()
    for (const loop of priceless) {
      this.waiting.delete(loop.symbol)
      this.due.add(loop.symbol)
      this.look(loop)
    }
  }

  /** Says when a price is missing that something depends on, and when it has come back. */
  look(loop: BookLoop): void {
    const { symbol, market, config } = loop
    const { health } = this.host
    const silentMs = this.silentMs(loop)
    const isMissed = hasTranches(loop.book) && silentMs > Math.max(SILENT_MS, config.maxPriceAgeMs)
    const isLate = this.due.has(symbol) && !this.told.has(symbol)
    const isAnswered = market !== null && this.host.now() - market.time <= Math.max(2 * ASK_MS, config.maxPriceAgeMs)
    if (isMissed || isLate) health.report(priceSilent(symbol, isAnswered))
    else health.clear('priceSilent', symbol)
  }

  /** Asks the venue for the prices of those that have tranches and whose price is too old: exits by price and isolation go on. */
  askWhereSilent(loops: readonly BookLoop[]): void {
    const silent = loops.filter(
      (loop) => hasTranches(loop.book) && this.silentMs(loop) > Math.max(ASK_MS, loop.config.maxPriceAgeMs),
    )
    const now = this.host.now()
    if (silent.length === 0 || this.isAsking || now - this.lastAsked < ASK_MS) return
    this.lastAsked = now
    void this.ask(silent)
  }

  private async ask(loops: readonly BookLoop[]): Promise<void> {
    const { venue, logger } = this.host
    const symbols = loops.map(({ symbol }) => symbol)
    this.isAsking = true
    try {
      for (const position of await venue.fetchPositions(symbols)) {
        const mark = markOf(position)
        const loop = loops.find(({ symbol }) => symbol === position.symbol)
        if (mark === null || loop === undefined) continue
        this.answered.set(mark.symbol, mark.time)
        loop.post(mark)
      }
    } catch (error) {
      logger.warn(
        { symbols: symbols.join(', '), why: whyOf(error) },
        'prices that no stream tells could not be asked for',
      )
    }
    this.isAsking = false
  }

  /** How old the newest mark is that came without being asked for, ms. */
  private silentMs({ symbol, book, market }: BookLoop): number {
    if (market !== null && market.time > (this.answered.get(symbol) ?? -Infinity)) this.told.set(symbol, market.time)
    return this.host.now() - (this.told.get(symbol) ?? book.mark?.time ?? book.time)
  }

  /** Its first price, decided. */
  private async comesTo(loop: BookLoop): Promise<void> {
    await new Promise<void>((resolve) => {
      this.waiting.set(loop.symbol, resolve)
    })
    await loop.idle()
  }
}
