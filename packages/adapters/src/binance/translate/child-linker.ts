import { fillKindOf, orderSideOf, positionSideOf } from '../../fapi/translate/words.js'
import type { KnownOrder, OrderRegistry } from '../../fapi/translate/order-registry.js'
import type { OrderTradeUpdate } from '../../fapi/wire/order-trade-update.js'
import type { Clock } from '../../transport/clock.js'

/** Asks the venue whether conditional orders of one symbol have become a child, and links those that have. */
export type ChildLookup = (symbol: string, orders: readonly KnownOrder[]) => Promise<void>

/** What a linker works with. */
export interface LinkerParts {
  readonly clock: Clock
  readonly registry: OrderRegistry
  /** How long a message of an unknown order waits, in ms. */
  readonly waitMs: number
  readonly lookUp: ChildLookup
  /** Takes an update once its order is known: a conditional order of ours, or an ordinary one. */
  readonly release: (update: OrderTradeUpdate, order: KnownOrder) => void
}

/** Finds the order that an update belongs to, in whatever order the messages about it arrive. */
export interface ChildLinker {
  take(update: OrderTradeUpdate): void
  /** A message named the child of a conditional order: what waited for that is released. */
  linked(childOrderId: string): void
  close(): void
}

/** Looks at the venue before news of an unknown order counts as an ordinary order's although no look was answered. */
const MOST_LOOKS = 3

/** An order of the venue's own, such as a liquidation: no stop has become it. */
function isForced({ clientOrderId }: OrderTradeUpdate): boolean {
  return fillKindOf(clientOrderId) !== 'trade'
}

class Linker implements ChildLinker {
  readonly #parts: LinkerParts
  readonly #held = new Map<string, OrderTradeUpdate[]>()
  readonly #timers = new Map<string, () => void>()

  constructor(parts: LinkerParts) {
    this.#parts = parts
  }

  take(update: OrderTradeUpdate): void {
    const waiting = this.#held.get(update.orderId)
    if (waiting !== undefined) {
      waiting.push(update)
      return
    }
    const order = this.#find(update)
    if (order !== null) return this.#parts.release(update, order)
    if (isForced(update) || this.#candidates(update).length === 0)
      return this.#parts.release(update, this.#asOrdinary(update))
    this.#held.set(update.orderId, [update])
    this.#wait(update, 1)
  }

  linked(childOrderId: string): void {
    this.#flush(childOrderId)
  }

  close(): void {
    for (const callOff of this.#timers.values()) callOff()
    this.#timers.clear()
    this.#held.clear()
  }

  /** By id; failing that by client id, which a child is said to share with its conditional order. */
  #find(update: OrderTradeUpdate): KnownOrder | null {
    const { registry } = this.#parts
    const known = registry.byOrderId(update.orderId)
    if (known !== null) return known
    const named = registry.byClientId(update.clientOrderId)
    if (named?.symbol !== update.symbol) return null
    if (!named.isConditional || named.childOrderId !== null) return this.#asOrdinary(update)
    registry.linkChild(named, update.orderId)
    return named
  }

  #wait(update: OrderTradeUpdate, attempt: number): void {
    const { clock, waitMs } = this.#parts
    this.#timers.set(
      update.orderId,
      clock.schedule(waitMs, () => void this.#resolve(update, attempt)),
    )
  }

  #candidates(update: OrderTradeUpdate): readonly KnownOrder[] {
    const { symbol, side, positionSide } = update
    return this.#parts.registry.waiting({ symbol, side: orderSideOf(side), positionSide: positionSideOf(positionSide) })
  }

  #asOrdinary(update: OrderTradeUpdate): KnownOrder {
    const { symbol, clientOrderId, side, positionSide } = update
    const facts = {
      symbol,
      clientOrderId,
      isConditional: false,
      side: orderSideOf(side),
      positionSide: positionSideOf(positionSide),
    }
    return this.#parts.registry.note(facts, update.orderId)
  }

  async #resolve(update: OrderTradeUpdate, attempt: number): Promise<void> {
    const { registry, lookUp } = this.#parts
    const isAsked = await lookUp(update.symbol, this.#candidates(update)).then(
      () => true,
      () => false,
    )
    if (isAsked || registry.byOrderId(update.orderId) !== null || attempt >= MOST_LOOKS) this.#flush(update.orderId)
    else this.#wait(update, attempt + 1)
  }

  #flush(orderId: string): void {
    const waiting = this.#held.get(orderId)
    if (waiting === undefined) return
    this.#held.delete(orderId)
    this.#timers.get(orderId)?.()
    this.#timers.delete(orderId)
    for (const update of waiting) this.#parts.release(update, this.#find(update) ?? this.#asOrdinary(update))
  }
}

/**
 * Links triggered orders to their children: by the child's id, else by a shared client id. News of an order nobody knows waits while a
 * conditional order of that symbol and side could have become it; then the venue is asked, then it counts as an ordinary order.
 */
export function createChildLinker(parts: LinkerParts): ChildLinker {
  return new Linker(parts)
}
