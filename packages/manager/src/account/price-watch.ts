import type { Clock } from '@tranchebook/adapters'
import type { BookLoop } from '../book/book-loop.js'
import { pause } from '../clock/pause.js'
import type { HealthBoard } from '../report/health.js'
import { priceSilent } from '../report/troubles.js'

/** A venue tells its mark prices every few seconds; a symbol that is left out for so long is not among them any more. */
const SILENT_MS = 120_000
/** So long the first price of a symbol is waited for. */
const FIRST_PRICE_MS = 10_000

/** What watching prices needs. */
export interface PriceHost {
  readonly clock: Clock
  readonly health: HealthBoard
  readonly signal: AbortSignal
  /** The venue's time, epoch ms. */
  now(): number
}

function hasTranches({ book }: BookLoop): boolean {
  return book.groups.LONG.tranches.length + book.groups.SHORT.tranches.length > 0
}

/** Waits for first prices, and says where prices have fallen silent. */
export class PriceWatch {
  private readonly host: PriceHost
  private readonly waiting = new Map<string, () => void>()
  /** Symbols that should have had a price by now. */
  private readonly due = new Set<string>()

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
    const { symbol, book, market, config } = loop
    const { health } = this.host
    const age = this.host.now() - (market?.time ?? book.mark?.time ?? book.time)
    const isMissed = hasTranches(loop) && age > Math.max(SILENT_MS, config.maxPriceAgeMs)
    if (isMissed || (market === null && this.due.has(symbol))) health.report(priceSilent(symbol))
    else health.clear('priceSilent', symbol)
  }

  /** Its first price, decided. */
  private async comesTo(loop: BookLoop): Promise<void> {
    await new Promise<void>((resolve) => {
      this.waiting.set(loop.symbol, resolve)
    })
    await loop.idle()
  }
}
