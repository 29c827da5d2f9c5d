import type { TrancheBook } from '../book/book.js'
import { asPrice, type Price } from '../money/price.js'
import { roundToStep } from '../money/rounding.js'
import type { DesiredOrder } from './desired-orders.js'

/** What a surmised tick is at most of a price: four digits of it, or half a percent where prices are known that the venue has taken. */
const MOST = { bare: 1000n, seen: 200n }

/** Prices of our orders that the venue has taken, and of what they traded at: whole multiples of its tick, whatever that is. */
export function pricesTaken({ orders, endedOrders, groups }: TrancheBook): readonly Price[] {
  const accepted = [...orders.values(), ...endedOrders.values()].filter(({ venueOrderId }) => venueOrderId !== null)
  const traded = [...groups.LONG.tranches, ...groups.SHORT.tranches].flatMap(({ reductions }) =>
    reductions.filter(({ evidence }) => evidence === 'fill').map(({ price }) => price),
  )
  const asked = accepted.flatMap(({ price, triggerPrice }) => [price, triggerPrice])
  return [...traded, ...asked.filter((price) => price !== null)]
}

/** A power of ten that a tick near a price goes into, as far as the prices taken show; > 0. */
export function surmisedTick(near: Price, taken: readonly Price[]): Price {
  const most = near / (taken.length === 0 ? MOST.bare : MOST.seen)
  let tick = 1n
  while (tick * 10n <= most) tick *= 10n
  while (tick > 1n && taken.some((price) => price % tick !== 0n)) tick /= 10n
  return asPrice(tick)
}

function onSurmisedTick(order: DesiredOrder, taken: readonly Price[]): DesiredOrder {
  const isAway = (order.side === 'LONG') === (order.triggerPrice === null)
  const round = (price: Price | null): Price | null =>
    price === null ? null : roundToStep(price, surmisedTick(price, taken), isAway ? 'up' : 'down')
  return { ...order, price: round(order.price), triggerPrice: round(order.triggerPrice) }
}

/**
 * Orders of a symbol whose tick nobody could read, at prices that the venue is likely to take: away from the entry, since a
 * guess of ours must trigger nothing earlier than it is due.
 */
export function onSurmisedTicks(orders: readonly DesiredOrder[], book: TrancheBook): readonly DesiredOrder[] {
  const taken = pricesTaken(book)
  return orders.map((order) => onSurmisedTick(order, taken))
}
