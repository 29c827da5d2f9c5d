import type { OrderRequest, Venue, VenueOrderTerms } from '@tranchebook/adapters'
import {
  asPrice,
  formatPrice,
  formatQuantity,
  asQuantity,
  type OrderSide,
  type PositionMode,
  type PositionSide,
} from '@tranchebook/core'
import { type Exchange, marketOf, type Random } from '@tranchebook/simulator'
import type { HourClient } from './hour-client.js'
import { refOf } from './order-book-keeper.js'

/** What decides by chance. */
export interface TraderOptions {
  readonly client: HourClient
  readonly venue: Venue
  /** Seen for its present price only. */
  readonly exchange: Exchange
  readonly symbol: string
  readonly mode: PositionMode
  readonly random: Random
}

const LOT = asQuantity(2n * 10n ** 9n)
const MOST_WORKING = 12

/** Places, changes and cancels orders of every kind, by chance from a seed. */
export class RandomTrader {
  readonly #options: TraderOptions
  #count = 0

  constructor(options: TraderOptions) {
    this.#options = options
  }

  async act(): Promise<void> {
    const { client, venue, symbol, random } = this.#options
    const working = client.orders.with('working')
    if (working.length > MOST_WORKING) return client.cancel(...working.slice(0, MOST_WORKING / 2))
    const draw = random.next(20)
    if (draw < 6) return client.submit(this.#market())
    if (draw < 10) return client.submit(this.#limit())
    if (draw < 14) return client.submit(this.#conditional())
    if (draw < 16) return client.submit(this.#limit(), this.#market(), this.#conditional(), this.#limit())
    const [first, ...others] = working
    if (draw === 19) return void (await venue.cancelAll(symbol))
    if (first === undefined) return
    if (draw === 18) return client.cancel(first, ...others.slice(0, 2))
    await this.#modify(working.find(({ terms }) => terms.orderType === 'LIMIT'))
  }

  #side(): { readonly orderSide: OrderSide; readonly positionSide: PositionSide } {
    const { random, mode } = this.#options
    const orderSide = random.chance(500) ? 'BUY' : 'SELL'
    return { orderSide, positionSide: mode === 'ONE_WAY' ? 'BOTH' : random.chance(500) ? 'LONG' : 'SHORT' }
  }

  /** So many parts of 10,000 beside the last price, on the tick. */
  #beside(parts: number): string {
    const { exchange, symbol } = this.#options
    const { last, rules } = marketOf(exchange, symbol)
    const { tickSize } = rules.instrument
    return formatPrice(asPrice(((last + (last * BigInt(parts)) / 10_000n) / tickSize) * tickSize))
  }

  #order(terms: Partial<VenueOrderTerms>, callbackPercent?: string): OrderRequest {
    const { symbol, random } = this.#options
    this.#count += 1
    const plain: VenueOrderTerms = {
      clientOrderId: `H${this.#count}`,
      purpose: 'entry',
      orderType: 'MARKET',
      ...this.#side(),
      quantity: formatQuantity(asQuantity(LOT * BigInt(1 + random.next(4)))),
      price: null,
      triggerPrice: null,
      reduceOnly: false,
      closePosition: false,
    }
    const request = { symbol, terms: { ...plain, ...terms }, workingType: 'MARK_PRICE' } as const
    return callbackPercent === undefined ? request : { ...request, callbackPercent }
  }

  #market(): OrderRequest {
    return this.#order({ reduceOnly: this.#options.random.chance(300) })
  }

  #limit(): OrderRequest {
    const { orderSide, positionSide } = this.#side()
    const away = 1 + this.#options.random.next(25)
    const price = this.#beside(orderSide === 'BUY' ? -away : away)
    return this.#order({ orderType: 'LIMIT', orderSide, positionSide, price })
  }

  #conditional(): OrderRequest {
    const { random } = this.#options
    const { orderSide, positionSide } = this.#side()
    const common = { purpose: 'stop', orderSide, positionSide, reduceOnly: true } as const
    if (random.chance(200)) return this.#order({ ...common, orderType: 'TRAILING_STOP_MARKET' }, '0.2')
    const orderType = random.chance(500) ? 'STOP_MARKET' : 'TAKE_PROFIT_MARKET'
    const away = 3 + random.next(25)
    const isAbove = (orderType === 'STOP_MARKET') === (orderSide === 'BUY')
    const triggerPrice = this.#beside(isAbove ? away : -away)
    const isWhole = random.chance(200)
    return this.#order(
      isWhole
        ? { ...common, reduceOnly: false, orderType, triggerPrice, closePosition: true, quantity: null }
        : { ...common, orderType, triggerPrice },
    )
  }

  async #modify(request: OrderRequest | undefined): Promise<void> {
    if (request === undefined) return
    const { orderSide, positionSide, quantity } = request.terms
    const price = this.#beside(orderSide === 'BUY' ? -30 : 30)
    const change = { order: refOf(request), orderSide, positionSide, price, quantity: quantity ?? '0' }
    await this.#options.venue.modify(change)
  }
}
