import { type Account, positionOf } from './account.js'
import { accountOf, type Exchange, marketOf, restingOn } from './exchange.js'
import { emitConditional, emitOrder } from './order-news.js'
import { type ConditionalOrder, EXPIRY, type ExpiryReason, isLive, type SimulatedOrder } from './order.js'

/** Whether the order can only make a position smaller. In hedge mode its side says so. */
export function isReducing(order: Pick<SimulatedOrder['spec'], 'side' | 'positionSide' | 'reduceOnly'>): boolean {
  if (order.positionSide === 'BOTH') return order.reduceOnly
  return order.positionSide === 'LONG' ? order.side === 'SELL' : order.side === 'BUY'
}

/** Takes an order out of the book, whatever became of it. */
export function unlist(exchange: Exchange, order: SimulatedOrder): void {
  const account = accountOf(exchange, order.account)
  account.live.delete(order.id)
  const market = marketOf(exchange, order.spec.symbol)
  const resting = restingOn(market, order.spec.side)
  const index = resting.indexOf(order)
  if (index >= 0) resting.splice(index, 1)
  market.thresholds = null
}

/** The conditional order an order came from is finished when the order is. */
export function finishParent(exchange: Exchange, order: SimulatedOrder): void {
  if (order.parentId === null || isLive(order)) return
  const parent = accountOf(exchange, order.account).conditionals.get(order.parentId)
  if (parent?.status !== 'TRIGGERED') return
  parent.status = 'FINISHED'
  parent.updateTime = exchange.time
  emitConditional(exchange, parent)
}

/** Ends an order before it was filled. */
export function endOrder(
  exchange: Exchange,
  order: SimulatedOrder,
  how: { readonly execution: 'CANCELED' | 'EXPIRED'; readonly reason?: ExpiryReason },
): void {
  order.status = how.reason === EXPIRY.selfTrade ? 'EXPIRED_IN_MATCH' : how.execution
  order.updateTime = exchange.time
  unlist(exchange, order)
  emitOrder(exchange, order, { execution: how.execution, expiryReason: how.reason ?? EXPIRY.none })
  finishParent(exchange, order)
}

/** Ends a conditional order before its trigger. */
export function endConditional(
  exchange: Exchange,
  order: ConditionalOrder,
  status: 'CANCELED' | 'EXPIRED' | 'REJECTED',
): void {
  order.status = status
  order.updateTime = exchange.time
  accountOf(exchange, order.account).waiting.delete(order.id)
  const market = marketOf(exchange, order.spec.symbol)
  market.conditionals.delete(order)
  market.thresholds = null
  emitConditional(exchange, order)
}

/** When a position went flat, what only served it goes: resting reduce-only orders and close-position stops. */
export function dropOrphans(exchange: Exchange, account: Account, order: SimulatedOrder): void {
  const { symbol, positionSide } = order.spec
  if (positionOf(account, symbol, positionSide).amount !== 0n) return
  for (const other of account.live.values()) {
    const isSame = other.spec.symbol === symbol && other.spec.positionSide === positionSide
    if (isSame && other !== order && isReducing({ ...other.spec, reduceOnly: other.reduceOnly })) {
      endOrder(exchange, other, { execution: 'EXPIRED', reason: EXPIRY.positionClosed })
    }
  }
  const isDroppingStops = exchange.behaviour.reduceOnlyStopsAtFlat === 'expire'
  for (const other of account.waiting.values()) {
    const isSame = other.spec.symbol === symbol && other.spec.positionSide === positionSide
    const isOrphan = other.spec.closePosition || (isDroppingStops && isReducing(other.spec))
    if (isSame && isOrphan) endConditional(exchange, other, 'EXPIRED')
  }
}
