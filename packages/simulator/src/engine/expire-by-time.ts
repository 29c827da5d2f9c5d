import { endConditional, endOrder } from './end-order.js'
import type { Exchange } from './exchange.js'
import { EXPIRY, type OrderSpec } from './order.js'

/** Remembers when the next order runs out. */
export function noteGoodTill(exchange: Exchange, { timeInForce, goodTillTime }: OrderSpec): void {
  if (timeInForce !== 'GTD') return
  const { nextGoodTill } = exchange
  exchange.nextGoodTill = nextGoodTill === null ? goodTillTime : Math.min(nextGoodTill, goodTillTime)
}

function isOver(spec: OrderSpec, time: number): boolean {
  return spec.timeInForce === 'GTD' && spec.goodTillTime <= time
}

/** Ends the orders whose time is over. */
export function expireByTime(exchange: Exchange, time: number): void {
  if (exchange.nextGoodTill === null || exchange.nextGoodTill > time) return
  exchange.nextGoodTill = null
  for (const account of exchange.accounts.values()) {
    for (const order of account.live.values()) {
      if (isOver(order.spec, time)) endOrder(exchange, order, { execution: 'EXPIRED', reason: EXPIRY.none })
      else noteGoodTill(exchange, order.spec)
    }
    for (const order of account.waiting.values()) {
      if (isOver(order.spec, time)) endConditional(exchange, order, 'EXPIRED')
      else noteGoodTill(exchange, order.spec)
    }
  }
}
