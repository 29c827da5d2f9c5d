import { asMoney, asPrice, asQuantity } from '@tranchebook/core'
import fc from 'fast-check'
import { cancelAllOrders } from '../src/engine/cancel-order.js'
import type { Exchange } from '../src/engine/exchange.js'
import { advanceTo, payFunding } from '../src/engine/funding.js'
import { movePrice, playTrade } from '../src/engine/move-price.js'
import { type OrderSpec, PLAIN_SPEC, waitsForTrigger } from '../src/engine/order.js'
import { parseRate } from '../src/engine/parse-rate.js'
import { placeConditional } from '../src/engine/place-conditional.js'
import { placeOrder } from '../src/engine/place-order.js'

const TENTH = 10n ** 11n
const STEP = 10n ** 9n

/** A price near 50 000, on the tick. */
const price = fc.integer({ min: 480_000, max: 520_000 }).map((tenths) => asPrice(BigInt(tenths) * TENTH))
const quantity = fc.integer({ min: 2, max: 60 }).map((steps) => asQuantity(BigInt(steps) * STEP))
const side = fc.constantFrom('BUY' as const, 'SELL' as const)

const order = fc
  .record({
    side,
    quantity,
    price,
    type: fc.constantFrom(
      'LIMIT',
      'LIMIT',
      'LIMIT',
      'MARKET',
      'MARKET',
      'STOP_MARKET',
      'TAKE_PROFIT_MARKET',
      'STOP',
      'TRAILING_STOP_MARKET',
    ),
    timeInForce: fc.constantFrom('GTC', 'GTC', 'GTC', 'IOC', 'FOK', 'GTX'),
    reduceOnly: fc.constantFrom(true, false, false, false),
    closePosition: fc.constantFrom(true, false, false),
    positionSide: fc.constantFrom('LONG', 'SHORT'),
    workingType: fc.constantFrom('MARK_PRICE', 'CONTRACT_PRICE'),
    trigger: price,
    account: fc.constantFrom('main', 'other'),
  })
  .map((terms) => ({ kind: 'order' as const, ...terms }))

/** One thing that may happen at a venue. */
export type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never

/** Orders of all kinds from two accounts, moves, gaps, trades of others, cancels, funding. */
export const happening = fc.oneof(
  { weight: 6, arbitrary: order },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('move' as const), to: price, isGap: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('trade' as const), price, quantity, side }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('cancel' as const), account: fc.constantFrom('main', 'other') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('funding' as const), isPositive: fc.boolean() }) },
)

function specOf(exchange: Exchange, terms: Extract<Happening, { kind: 'order' }>): OrderSpec {
  const isHedge = exchange.accounts.get(terms.account)?.isHedge === true
  const isWaiting = waitsForTrigger(terms.type)
  const isWhole = terms.closePosition && (terms.type === 'STOP_MARKET' || terms.type === 'TAKE_PROFIT_MARKET')
  return {
    ...PLAIN_SPEC,
    symbol: 'BTCUSDT',
    side: terms.side,
    type: terms.type,
    timeInForce: isWaiting ? 'GTC' : terms.timeInForce,
    positionSide: isHedge ? terms.positionSide : 'BOTH',
    quantity: isWhole ? null : terms.quantity,
    price: terms.type === 'LIMIT' || terms.type === 'STOP' ? terms.price : null,
    triggerPrice: isWaiting && terms.type !== 'TRAILING_STOP_MARKET' ? terms.trigger : null,
    callbackRate: terms.type === 'TRAILING_STOP_MARKET' ? parseRate('0.01') : null,
    workingType: terms.workingType,
    reduceOnly: !isHedge && terms.reduceOnly && !isWhole,
    closePosition: isWhole,
    selfTradeMode: 'EXPIRE_MAKER',
  }
}

/** Lets it happen. Refusals are fine. */
export function happen(exchange: Exchange, event: Happening): void {
  advanceTo(exchange, exchange.time + 1000)
  switch (event.kind) {
    case 'order': {
      const spec = specOf(exchange, event)
      if (waitsForTrigger(spec.type)) placeConditional(exchange, event.account, spec)
      else placeOrder(exchange, event.account, spec)
      return
    }
    case 'move':
      movePrice(exchange, { symbol: 'BTCUSDT', to: event.to, axis: 'both', isGap: event.isGap })
      return
    case 'trade':
      playTrade(exchange, { symbol: 'BTCUSDT', price: event.price, quantity: event.quantity, takerSide: event.side })
      return
    case 'cancel':
      cancelAllOrders(exchange, event.account, 'BTCUSDT')
      return
    case 'funding':
      payFunding(exchange, 'BTCUSDT', parseRate(event.isPositive ? '0.0001' : '-0.0001'))
      return
  }
}

/** Half a unit of the eighth decimal: what rounding one realized profit or fee may cost. */
export const HALF_WALLET_UNIT = asMoney(5n * 10n ** 15n)
