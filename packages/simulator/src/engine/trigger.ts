import { absolute, roundQuantity } from '@tranchebook/core'
import { type Account, positionOf } from './account.js'
import { endConditional } from './end-order.js'
import { accountOf, type Exchange, marketOf } from './exchange.js'
import { emitConditional } from './order-news.js'
import type { ConditionalOrder, OrderSpec } from './order.js'
import { enterOrder, type Placement } from './place-order.js'
import { refuse } from './refusal.js'

const GENERATED_ID_LENGTH = 22

/** The order that a conditional one becomes: at market, or at its limit. */
function childSpec(order: ConditionalOrder): OrderSpec {
  const { spec } = order
  const isLimit = spec.type === 'STOP' || spec.type === 'TAKE_PROFIT'
  const timeInForce = spec.timeInForce === 'GTE_GTC' ? 'GTC' : spec.timeInForce
  return { ...spec, type: isLimit ? 'LIMIT' : 'MARKET', timeInForce, price: isLimit ? spec.price : null }
}

function clientIdOf(exchange: Exchange, order: ConditionalOrder): string {
  const isSame = exchange.behaviour.conditionalStyle === 'ordinary' || exchange.behaviour.childClientId === 'same'
  return isSame ? order.clientOrderId : exchange.random.text(GENERATED_ID_LENGTH)
}

/** A close-position order closes what is there; one that reduces needs something to reduce. */
function enterChild(exchange: Exchange, account: Account, order: ConditionalOrder): Placement {
  const { spec } = order
  const held = absolute(positionOf(account, spec.symbol, spec.positionSide).amount)
  const whole = roundQuantity(marketOf(exchange, spec.symbol).rules.instrument, held)
  const quantity = spec.quantity ?? whole
  if (quantity === 0n) return refuse(-2022)
  const isSeparate = exchange.behaviour.conditionalStyle === 'separate'
  const id = isSeparate ? (exchange.numbers.order++).toString() : order.id
  const origin = { parent: order, id, clientOrderId: clientIdOf(exchange, order) }
  order.childId = id
  return enterOrder(exchange, { account, spec: childSpec(order), quantity, origin })
}

/** Fires a conditional order: it becomes a child order, or is refused with a reason. */
export function trigger(exchange: Exchange, order: ConditionalOrder): void {
  const account = accountOf(exchange, order.account)
  const market = marketOf(exchange, order.spec.symbol)
  account.waiting.delete(order.id)
  market.conditionals.delete(order)
  market.thresholds = null
  order.triggerTime = exchange.time
  order.updateTime = exchange.time
  order.status = 'TRIGGERING'
  if (exchange.behaviour.conditionalStyle === 'separate') emitConditional(exchange, order)
  const isEarly = exchange.behaviour.triggerNews === 'beforeFills'
  const start = exchange.outbox.length
  order.status = 'TRIGGERED'
  const placement = enterChild(exchange, account, order)
  if (placement.type === 'refused') {
    order.childId = null
    order.reason = placement.message
    endConditional(exchange, order, order.spec.closePosition ? 'EXPIRED' : 'REJECTED')
    return
  }
  nameChild(exchange, order, isEarly ? start : null)
}

/** Puts the news of the child where the venue tells it: before the child's own news, or before the end of the conditional order. */
function nameChild(exchange: Exchange, order: ConditionalOrder, start: number | null): void {
  if (exchange.listeners.size === 0 || exchange.behaviour.conditionalStyle !== 'separate') return
  const last = exchange.outbox.at(-1)
  const isFinished = last?.type === 'conditional' && last.order.id === order.id && last.order.status === 'FINISHED'
  const end = isFinished ? exchange.outbox.length - 1 : exchange.outbox.length
  exchange.outbox.splice(start ?? end, 0, {
    type: 'conditional',
    time: exchange.time,
    account: order.account,
    order: { ...order, status: 'TRIGGERED' },
    child: null,
  })
}
