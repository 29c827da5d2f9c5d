import type { EngineEvent } from '../engine/events.js'
import { advanceTo } from '../engine/funding.js'
import { EXPIRY } from '../engine/order.js'
import { createCourier } from '../faults/courier.js'
import type { ServerContext } from './context.js'
import { BarTeller } from './bar-teller.js'
import type { StreamConnection } from './stream-connection.js'
import { accountMessages } from './wire/account-messages.js'
import type { Json } from './wire/json-text.js'
import { barMessage, bookMessage, marketMessage, type MarketMessage, markMessage } from './wire/market-messages.js'

const PULSE_MS = 1_000

/** Everybody who listens to a server's streams, and what they are told. */
export class StreamHub {
  readonly connections = new Set<StreamConnection>()
  readonly #context: ServerContext
  readonly #deliver: (messages: readonly Json[]) => void
  readonly #bars: BarTeller
  #stopPulse: () => void = () => undefined

  constructor(context: ServerContext) {
    this.#context = context
    this.#bars = new BarTeller(context.exchange)
    this.#deliver = createCourier<Json>({
      clock: context.clock,
      faults: context.faults,
      pass: (messages) => {
        this.#pass(messages)
      },
      cut: () => {
        this.cut()
      },
      expireKey: () => {
        this.expireListenKey()
      },
    })
    context.exchange.listeners.add(this.#take)
    this.#stopPulse = context.clock.schedule(PULSE_MS, this.#beat)
  }

  /** Breaks every connection. */
  cut(): void {
    for (const connection of this.connections) connection.terminate()
  }

  /** Tells that the listen key has expired, which ends it. */
  expireListenKey(): void {
    const key = this.#context.listenKeys.revoke()
    if (key !== null) this.#tellExpired(key)
  }

  close(): void {
    this.#stopPulse()
    this.#context.exchange.listeners.delete(this.#take)
    this.cut()
  }

  readonly #take = (event: EngineEvent): void => {
    const { exchange, dialect, account, faults } = this.#context
    const market = marketMessage(event, dialect)
    if (market !== null) this.#tellMarket(market)
    const isHidden = faults.hidesVanished && event.type === 'order' && event.expiryReason === EXPIRY.positionClosed
    if (isHidden) return
    const messages = accountMessages(event, { dialect, behaviour: exchange.behaviour, account })
    if (messages.length > 0) this.#deliver(messages)
  }

  readonly #beat = (): void => {
    const { exchange, dialect, clock, listenKeys } = this.#context
    advanceTo(exchange, clock.now())
    const expired = listenKeys.expire(clock.now())
    if (expired !== null) this.#tellExpired(expired)
    for (const market of exchange.markets.values()) {
      this.#tellMarket(markMessage(exchange, market, dialect))
      this.#tellMarket(bookMessage(exchange, market, dialect))
    }
    const names = new Set([...this.connections].flatMap((connection) => [...connection.names]))
    for (const news of this.#bars.tell(names)) this.#tellMarket(barMessage(news, dialect))
    this.#stopPulse = clock.schedule(PULSE_MS, this.#beat)
  }

  #tellMarket({ stream, payload }: MarketMessage): void {
    for (const connection of this.connections) connection.tellMarket(stream, payload)
  }

  #tellExpired(key: string): void {
    const { exchange, dialect } = this.#context
    const named = dialect === 'binance' ? { listenKey: key } : {}
    const message = { e: 'listenKeyExpired', E: exchange.time, ...named }
    for (const connection of this.connections) connection.tellAccount(key, message)
  }

  #pass(messages: readonly Json[]): void {
    const { listenKeys, clock } = this.#context
    const key = listenKeys.current(clock.now())
    if (key === null) return
    for (const message of messages) {
      for (const connection of this.connections) connection.tellAccount(key, message)
    }
  }
}
