import { barsOf, parseInterval } from '../engine/candles.js'
import type { Exchange } from '../engine/exchange.js'
import type { BarNews } from './wire/market-messages.js'

const NAME = /^([^@]+)@kline_(\w+)$/

/** Tells the bars that somebody has asked for: the present one, and each that has closed since it was told last. */
export class BarTeller {
  readonly #exchange: Exchange
  readonly #told = new Map<string, number>()

  constructor(exchange: Exchange) {
    this.#exchange = exchange
  }

  /** News for the streams of these names. */
  tell(names: ReadonlySet<string>): readonly BarNews[] {
    return [...names].flatMap((name) => this.#newsOf(name))
  }

  #newsOf(name: string): readonly BarNews[] {
    const [, asked = '', text = ''] = NAME.exec(name) ?? []
    const symbol = asked.toUpperCase()
    const interval = parseInterval(text)
    if (interval === null || !this.#exchange.markets.has(symbol)) return []
    const bars = barsOf(this.#exchange, symbol, interval)
    const present = bars.at(-1)
    const told = this.#told.get(name) ?? present?.openTime ?? 0
    if (present !== undefined) this.#told.set(name, present.openTime)
    return bars
      .filter(({ openTime }) => openTime >= told)
      .map((bar) => ({ symbol, interval, bar, isClosed: bar !== present, time: this.#exchange.time }))
  }
}
