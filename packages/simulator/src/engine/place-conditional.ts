import { type Account, keepConditional } from './account.js'
import { checkFilters } from './check-filters.js'
import { checkGoodTill, checkShape } from './check-order.js'
import { followTrailing, isDue } from './due.js'
import { noteGoodTill } from './expire-by-time.js'
import { accountOf, deliver, type Exchange, type Market } from './exchange.js'
import { emitConditional } from './order-news.js'
import type { ConditionalOrder, OrderSpec } from './order.js'
import { refuse, type Refusal } from './refusal.js'

/** How the placement of a conditional order ended. */
export type ConditionalPlacement = { readonly type: 'placed'; readonly order: ConditionalOrder } | Refusal

const GENERATED_ID_LENGTH = 22

function isIdTaken(exchange: Exchange, account: Account, clientOrderId: string): boolean {
  for (const order of account.waiting.values()) if (order.clientOrderId === clientOrderId) return true
  if (exchange.behaviour.conditionalStyle === 'separate') return false
  for (const order of account.live.values()) if (order.clientOrderId === clientOrderId) return true
  return false
}

/** Conditional orders that count toward the limit: all of the account, or those of the symbol. */
function isFull(exchange: Exchange, account: Account, market: Market): boolean {
  const { maxConditionals } = exchange.behaviour
  if (maxConditionals !== null) return account.waiting.size >= maxConditionals
  const most = market.rules.instrument.maxConditionalOrders
  if (most === null) return false
  let count = 0
  for (const order of market.conditionals) if (order.account === account.id) count += 1
  return count >= most
}

function closesAlready(account: Account, spec: OrderSpec): boolean {
  for (const { spec: other } of account.waiting.values()) {
    const isSame = other.symbol === spec.symbol && other.positionSide === spec.positionSide && other.side === spec.side
    if (other.closePosition && isSame && other.type === spec.type) return true
  }
  return false
}

function checkPlace(exchange: Exchange, account: Account, spec: OrderSpec): Refusal | null {
  const { clientOrderId } = spec
  const rejectsTwins = exchange.behaviour.duplicateConditionalId === 'reject'
  if (clientOrderId !== null && rejectsTwins && isIdTaken(exchange, account, clientOrderId)) return refuse(-4116)
  const isExclusive = spec.closePosition && exchange.behaviour.isClosePositionExclusive
  return isExclusive && closesAlready(account, spec) ? refuse(-4130) : null
}

function draft(exchange: Exchange, account: Account, spec: OrderSpec): ConditionalOrder {
  const isSeparate = exchange.behaviour.conditionalStyle === 'separate'
  const number = isSeparate ? exchange.numbers.conditional++ : exchange.numbers.order++
  return {
    account: account.id,
    id: number.toString(),
    clientOrderId: spec.clientOrderId ?? exchange.random.text(GENERATED_ID_LENGTH),
    spec: spec.closePosition ? { ...spec, timeInForce: 'GTE_GTC' } : spec,
    createTime: exchange.time,
    priority: (exchange.numbers.priority += 1),
    status: 'NEW',
    childId: null,
    extreme: null,
    triggerTime: 0,
    updateTime: exchange.time,
    reason: null,
  }
}

/**
 * Places an order that waits for a price. Margin is not looked at before the trigger. One that would trigger at once is refused;
 * `neverFires` takes it without a trigger price, as the venue does with a misspelt one.
 */
export function placeConditional(
  exchange: Exchange,
  accountId: string,
  spec: OrderSpec & { readonly neverFires?: boolean },
): ConditionalPlacement {
  const account = accountOf(exchange, accountId)
  const market = exchange.markets.get(spec.symbol)
  if (market === undefined || market.listing === 'gone') return refuse(-1121)
  if (market.listing === 'settled') return refuse(-4141)
  const shape = checkShape(account, spec)
  const isAnyTriggerTickFine = exchange.behaviour.offTickTrigger === 'accept'
  const refusal =
    (shape?.code === -1102 && spec.neverFires === true ? null : shape) ??
    checkGoodTill(spec, exchange.time) ??
    checkFilters(market, spec, { isAnyTriggerTickFine }) ??
    checkPlace(exchange, account, spec) ??
    (isFull(exchange, account, market) ? refuse(-4045) : null)
  if (refusal !== null) return refusal
  const order = draft(exchange, account, spec)
  if (isDue(market, order)) return refuse(-2021)
  keepConditional(account, order)
  account.waiting.set(order.id, order)
  market.conditionals.add(order)
  noteGoodTill(exchange, order.spec)
  market.thresholds = null
  emitConditional(exchange, order)
  followTrailing(exchange, market)
  deliver(exchange)
  return { type: 'placed', order }
}
