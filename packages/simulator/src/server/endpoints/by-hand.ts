import { parsePrice } from '@tranchebook/core'
import { movePrice } from '../../engine/move-price.js'
import type { Endpoint } from '../context.js'
import { missing } from '../request-refusal.js'
import { symbolOf } from './order-terms.js'

/** `POST /simulator/price`: moves last price and mark there, over everything that lies between. No venue has this. */
export const movePriceByHand: Endpoint = (call) => {
  const symbol = symbolOf(call)
  const to = call.params.decimal('price', parsePrice)
  if (to === null || to <= 0n) throw missing('price')
  movePrice(call.context.exchange, { symbol, to, axis: 'both', isGap: call.params.flag('gap') })
  return { symbol, price: call.params.need('price') }
}
