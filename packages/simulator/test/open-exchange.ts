import { parseMoney, parsePrice, parseQuantity, type Price } from '@tranchebook/core'
import { BINANCE_BEHAVIOUR, type Behaviour } from '../src/engine/behaviour.js'
import type { EngineEvent } from '../src/engine/events.js'
import { createExchange, type Exchange, type Liquidity, openAccount } from '../src/engine/exchange.js'
import { type OrderSpec, PLAIN_SPEC } from '../src/engine/order.js'
import { parseRate } from '../src/engine/parse-rate.js'
import { BTCUSDT, ETHUSDT } from '../src/market/usual-rules.js'

export const START = 1_790_000_000_000

/** A venue with BTCUSDT at 50 000 and ETHUSDT at 3 000, one account `main` with 10 000 USDT, and everything it tells. */
export function openExchange(
  options: {
    readonly behaviour?: Partial<Behaviour>
    readonly liquidity?: Partial<Liquidity>
    readonly wallet?: string
    readonly seed?: number
    readonly btc?: Price
  } = {},
): { readonly exchange: Exchange; readonly events: EngineEvent[] } {
  const exchange = createExchange({
    markets: [
      { rules: BTCUSDT, price: options.btc ?? parsePrice('50000') },
      { rules: ETHUSDT, price: parsePrice('3000') },
    ],
    behaviour: { ...BINANCE_BEHAVIOUR, ...options.behaviour },
    seed: options.seed ?? 1,
    startTime: START,
    ...(options.liquidity === undefined ? {} : { liquidity: options.liquidity }),
  })
  openAccount(exchange, 'main', new Map([['USDT', parseMoney(options.wallet ?? '10000')]]))
  const events: EngineEvent[] = []
  exchange.listeners.add((event) => events.push(event))
  return { exchange, events }
}

type SpecText = Partial<Omit<OrderSpec, 'quantity' | 'price' | 'triggerPrice' | 'activationPrice' | 'callbackRate'>> & {
  readonly quantity?: string
  readonly price?: string
  readonly triggerPrice?: string
  readonly activationPrice?: string
  readonly callbackRate?: string
}

/** An order for BTCUSDT, decimals as text. */
export function spec(terms: Pick<OrderSpec, 'side' | 'type'> & SpecText): OrderSpec {
  const { quantity, price, triggerPrice, activationPrice, callbackRate, ...rest } = terms
  return {
    ...PLAIN_SPEC,
    symbol: 'BTCUSDT',
    ...rest,
    quantity: quantity === undefined ? null : parseQuantity(quantity),
    price: price === undefined ? null : parsePrice(price),
    triggerPrice: triggerPrice === undefined ? null : parsePrice(triggerPrice),
    activationPrice: activationPrice === undefined ? null : parsePrice(activationPrice),
    callbackRate: callbackRate === undefined ? null : parseRate(callbackRate),
  }
}
