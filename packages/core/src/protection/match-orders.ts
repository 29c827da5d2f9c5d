import type { TrancheBook } from '../book/book.js'
import type { Allocation, BookOrder } from '../book/order.js'
import { unfilledOf, unfilledParts } from '../policy/in-flight.js'
import { sumByTranche } from './bundle.js'
import type { DesiredOrder } from './desired-orders.js'

/** Desired and working orders side by side. */
export interface MatchedOrders {
  /** Rest, or may rest, exactly as desired. */
  readonly kept: readonly BookOrder[]
  /** Desired, and nothing that may rest is the same. */
  readonly missing: readonly DesiredOrder[]
  /** May rest, and nothing desired is the same. */
  readonly stale: readonly BookOrder[]
}

type Terms = Pick<
  DesiredOrder,
  'purpose' | 'type' | 'side' | 'price' | 'triggerPrice' | 'reduceOnly' | 'closePosition' | 'level'
>

function termsKey(terms: Terms, parts: readonly Allocation[], quantity: bigint | null): string {
  const { purpose, type, side, price, triggerPrice, reduceOnly, closePosition, level } = terms
  const owners = sumByTranche(parts)
    .map((part) => `${part.tranche}:${part.quantity}`)
    .toSorted()
    .join('|')
  return `${purpose}|${type}|${side}|${price}|${triggerPrice}|${reduceOnly}|${closePosition}|${level}|${quantity}|${owners}`
}

/** What makes two orders the same: all terms, and what is still to be filled for whom. */
export function desiredKey(order: DesiredOrder): string {
  return termsKey(order, order.allocation, order.quantity)
}

function workingKey(order: BookOrder & Pick<DesiredOrder, 'purpose'>): string {
  return termsKey(order, unfilledParts(order), unfilledOf(order))
}

function isProtective(order: BookOrder): order is BookOrder & Pick<DesiredOrder, 'purpose'> {
  return order.purpose === 'stop' || order.purpose === 'takeProfit' || order.purpose === 'failSafe'
}

/** Keys of orders whose cancel is under way: one that is the same must wait until it is known to be gone. */
export function cancellingKeys(book: TrancheBook): ReadonlySet<string> {
  const orders = [...book.orders.values()].filter(isProtective)
  return new Set(orders.filter((order) => order.state === 'cancelling' && order.ending === null).map(workingKey))
}

/**
 * Pairs the plan with the protective orders of the book. Orders that are intended or unknown count as possibly working, so that
 * nothing is placed twice; one that the venue has ended is neither kept nor stale.
 */
export function matchOrders(desired: readonly DesiredOrder[], book: TrancheBook): MatchedOrders {
  const live = [...book.orders.values()].filter(isProtective).filter((order) => order.ending === null)
  const candidates = new Map<string, BookOrder[]>()
  for (const order of live.filter((candidate) => candidate.state !== 'cancelling')) {
    const key = workingKey(order)
    const same = candidates.get(key)
    if (same === undefined) candidates.set(key, [order])
    else same.push(order)
  }
  const kept: BookOrder[] = []
  const missing = desired.filter((order) => {
    const same = candidates.get(desiredKey(order)) ?? []
    const index = same.findIndex((candidate) => candidate.state === 'working')
    const [match] = same.splice(Math.max(index, 0), 1)
    if (match !== undefined) kept.push(match)
    return match === undefined
  })
  return { kept, missing, stale: live.filter((order) => !kept.includes(order)) }
}
