import type {
  Candle,
  CandleInterval,
  Clock,
  MarketEvent,
  MarketSource,
  PublicTradeEvent,
  VenueStream,
} from '@tranchebook/adapters'
import type { MarkInput } from '@tranchebook/core'
import type { Exchange } from '../engine/exchange.js'
import { advanceTo } from '../engine/funding.js'
import { movePrice, playTrade, setMark } from '../engine/move-price.js'
import type { PriceSource } from '../venue/open-simulated.js'

/** What follows what. */
export interface FollowOptions {
  readonly market: MarketSource
  readonly exchange: Exchange
  readonly clock: Clock
}

/** The prices of a real venue, which a venue of our own lives on. Gaps of the market are gaps here. */
export interface MarketFollower extends PriceSource {
  /** Settles when both streams of the market stand. */
  readonly opened: Promise<void>
}

interface Reader {
  readonly account: string
  readonly wanted: ReadonlySet<string>
  readonly listener: (event: MarketEvent) => void
}

/** Without trades for this long, the last price follows the mark. */
const QUIET_MS = 10_000

class Follower implements MarketFollower {
  readonly opened: Promise<void>
  readonly #options: FollowOptions
  readonly #streams: readonly VenueStream[]
  readonly #readers = new Set<Reader>()
  readonly #marks = new Map<string, MarkInput>()
  readonly #traded = new Map<string, number>()
  #isConnected = false

  constructor(options: FollowOptions) {
    this.#options = options
    const { market, exchange } = options
    const symbols = [...exchange.markets.keys()]
    this.#streams = [market.streamMarks(symbols, this.#takeMark), market.streamTrades(symbols, this.#takeTrade)]
    this.opened = this.#awaitAll()
  }

  streamMarks(account: string, symbols: readonly string[], listener: (event: MarketEvent) => void): VenueStream {
    const reader: Reader = { account, wanted: new Set(symbols), listener }
    const begin = async (): Promise<void> => {
      await this.opened
      this.#readers.add(reader)
      if (!this.#isConnected) return
      listener({ type: 'connected', time: this.#options.clock.now() })
      for (const mark of this.#marks.values()) this.#tell(reader, mark)
    }
    return {
      opened: begin(),
      resume: () => undefined,
      close: () => {
        this.#readers.delete(reader)
        return Promise.resolve()
      },
    }
  }

  async close(): Promise<void> {
    this.#readers.clear()
    await Promise.all(this.#streams.map((stream) => stream.close()))
    await this.#options.market.close()
  }

  fetchCandles(symbol: string, interval: CandleInterval, limit: number): Promise<readonly Candle[]> {
    return this.#options.market.fetchCandles(symbol, interval, limit)
  }

  async #awaitAll(): Promise<void> {
    await Promise.all(this.#streams.map((stream) => stream.opened))
  }

  readonly #takeMark = (event: MarketEvent): void => {
    if (event.type === 'connected') this.#isConnected = true
    if (event.type === 'gap') this.#isConnected = false
    if (event.type === 'mark') this.#follow(event)
    for (const reader of this.#readers) this.#tell(reader, event)
  }

  readonly #takeTrade = (event: PublicTradeEvent): void => {
    if (event.type !== 'publicTrade') return
    const { symbol, price, quantity, takerSide, time } = event
    const { exchange } = this.#options
    advanceTo(exchange, time)
    this.#traded.set(symbol, exchange.time)
    playTrade(exchange, { symbol, price, quantity, takerSide })
  }

  #follow(mark: MarkInput): void {
    const { exchange } = this.#options
    const { symbol, price, time } = mark
    advanceTo(exchange, time)
    this.#marks.set(symbol, mark)
    const isQuiet = exchange.time - (this.#traded.get(symbol) ?? 0) > QUIET_MS
    if (isQuiet) movePrice(exchange, { symbol, to: price, axis: 'last', isGap: true })
    setMark(exchange, symbol, price)
  }

  #tell({ account, wanted, listener }: Reader, event: MarketEvent): void {
    if (event.type !== 'mark') listener(event)
    else if (wanted.has(event.symbol)) listener({ ...event, account })
  }
}

/** Lets a venue of our own live on the marks and trades of a real one. */
export function followMarket(options: FollowOptions): MarketFollower {
  return new Follower(options)
}
