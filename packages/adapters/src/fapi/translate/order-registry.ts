import { NO_QUANTITY, type OrderSide, type PositionSide, type Quantity } from '@tranchebook/core'
import type { ConditionalStyle } from '../../venue/capabilities.js'

/** What an adapter has to remember of an order, to read the messages about it. */
export interface KnownOrder {
  readonly symbol: string
  readonly clientOrderId: string
  readonly isConditional: boolean
  readonly side: OrderSide
  readonly positionSide: PositionSide
  /** In the id space it was placed in. */
  venueOrderId: string | null
  /** What it became at its trigger. */
  childOrderId: string | null
  filled: Quantity
  isEnded: boolean
}

/** Facts that tell a new order from a known one. */
export type OrderFacts = Pick<KnownOrder, 'symbol' | 'clientOrderId' | 'isConditional' | 'side' | 'positionSide'>

/** Which side of which position. */
export type OrderPlace = Pick<KnownOrder, 'symbol' | 'side' | 'positionSide'>

/** Orders by every id they have. */
export interface OrderRegistry {
  /** The known order of that client id, made known where it is new. Venues let a client id be used again: then it is a new one. */
  note(facts: OrderFacts, venueOrderId?: string | null): KnownOrder
  byClientId(clientOrderId: string): KnownOrder | null
  /** By id among the ordinary orders: its own, or its child's. */
  byOrderId(orderId: string): KnownOrder | null
  linkChild(order: KnownOrder, childOrderId: string): void
  /** Conditional orders there that still wait for their trigger, as far as we know. */
  waiting(place: OrderPlace): readonly KnownOrder[]
  /** The same for a whole symbol, or for all (`null`). */
  waitingOn(symbol: string | null): readonly KnownOrder[]
  end(order: KnownOrder): void
  /** An order that the venue certainly never took: as if it had not been noted. */
  forget(order: KnownOrder): void
  /** Ids of ordinary orders that nobody knows and that have not been looked for in vain too often. */
  strangers(orderIds: readonly string[]): readonly string[]
  /** A look for an ordinary order found nothing. */
  missed(orderId: string): void
}

/** Venues answer from copies that lag: one look in vain is no proof, more are a waste. */
const MOST_MISSES = 2

/** This many ended orders are remembered, for late messages. */
const ENDED_KEPT = 5_000

class Registry implements OrderRegistry {
  readonly #byClientId = new Map<string, KnownOrder>()
  readonly #byOrderId = new Map<string, KnownOrder>()
  readonly #waiting = new Set<KnownOrder>()
  readonly #ended: KnownOrder[] = []
  readonly #misses = new Map<string, number>()
  readonly #isOneSpace: boolean

  constructor(style: ConditionalStyle) {
    this.#isOneSpace = style === 'ordinary-orders'
  }

  note(facts: OrderFacts, venueOrderId: string | null = null): KnownOrder {
    const known = this.#byClientId.get(facts.clientOrderId)
    const isSame =
      known !== undefined &&
      known.symbol === facts.symbol &&
      known.isConditional === facts.isConditional &&
      (venueOrderId === null || known.venueOrderId === null || known.venueOrderId === venueOrderId)
    const order = isSame ? known : this.#add(facts)
    if (venueOrderId !== null && order.venueOrderId === null) {
      order.venueOrderId = venueOrderId
      if (this.#isOneSpace || !order.isConditional) this.#byOrderId.set(venueOrderId, order)
    }
    return order
  }

  byClientId(clientOrderId: string): KnownOrder | null {
    return this.#byClientId.get(clientOrderId) ?? null
  }

  byOrderId(orderId: string): KnownOrder | null {
    return this.#byOrderId.get(orderId) ?? null
  }

  linkChild(order: KnownOrder, childOrderId: string): void {
    order.childOrderId = childOrderId
    this.#byOrderId.set(childOrderId, order)
    this.#waiting.delete(order)
  }

  waiting(place: OrderPlace): readonly KnownOrder[] {
    return [...this.#waiting].filter(
      ({ symbol, side, positionSide }) =>
        symbol === place.symbol && side === place.side && positionSide === place.positionSide,
    )
  }

  waitingOn(symbol: string | null): readonly KnownOrder[] {
    return [...this.#waiting].filter((order) => symbol === null || order.symbol === symbol)
  }

  end(order: KnownOrder): void {
    if (order.isEnded) return
    order.isEnded = true
    this.#waiting.delete(order)
    this.#ended.push(order)
    const [oldest] = this.#ended
    if (oldest === undefined || this.#ended.length <= ENDED_KEPT) return
    this.#ended.shift()
    this.forget(oldest)
  }

  forget(order: KnownOrder): void {
    this.#waiting.delete(order)
    if (this.#byClientId.get(order.clientOrderId) === order) this.#byClientId.delete(order.clientOrderId)
    for (const id of [order.venueOrderId, order.childOrderId]) {
      if (id !== null && this.#byOrderId.get(id) === order) this.#byOrderId.delete(id)
    }
  }

  strangers(orderIds: readonly string[]): readonly string[] {
    return [...new Set(orderIds)].filter((id) => !this.#byOrderId.has(id) && (this.#misses.get(id) ?? 0) < MOST_MISSES)
  }

  missed(orderId: string): void {
    if (this.#misses.size > ENDED_KEPT) this.#misses.clear()
    this.#misses.set(orderId, (this.#misses.get(orderId) ?? 0) + 1)
  }

  #add(facts: OrderFacts): KnownOrder {
    const { symbol, clientOrderId, isConditional, side, positionSide } = facts
    const order: KnownOrder = {
      symbol,
      clientOrderId,
      isConditional,
      side,
      positionSide,
      venueOrderId: null,
      childOrderId: null,
      filled: NO_QUANTITY,
      isEnded: false,
    }
    this.#byClientId.set(clientOrderId, order)
    if (isConditional) this.#waiting.add(order)
    return order
  }
}

/** An empty registry for a venue of that style. */
export function createOrderRegistry(style: ConditionalStyle): OrderRegistry {
  return new Registry(style)
}
