import type { OrderRef, OrderRequest, WriteResult } from '@tranchebook/adapters'
import type { OrderInput } from '@tranchebook/core'

/** What the client believes of an order: it may be anywhere, it works, it is over, or it never was. */
export type Belief = 'doubtful' | 'working' | 'over' | 'never'

interface KnownOrder {
  readonly request: OrderRequest
  belief: Belief
  /** When it was last sent or looked for. */
  sentAt: number
}

const OVER = new Set(['filled', 'cancelled', 'expired', 'refused'])
/** So long after it was sent an order that is not found was lost on the way. */
const LOST_AFTER_MS = 60_000

/** The orders of a client, as far as it has heard. */
export class OrderBookKeeper {
  readonly #orders = new Map<string, KnownOrder>()

  note(request: OrderRequest, time: number): void {
    this.#orders.set(request.terms.clientOrderId, { request, belief: 'doubtful', sentAt: time })
  }

  /** Takes over how a placement ended. */
  settle(clientOrderId: string, result: WriteResult): void {
    const order = this.#orders.get(clientOrderId)
    if (order === undefined || order.belief === 'over') return
    if (result.outcome === 'refused' || result.outcome === 'not-sent') order.belief = 'never'
    if (result.outcome !== 'acknowledged') return
    order.belief = 'working'
    if (result.report !== null) this.hear(result.report)
  }

  hear({ clientOrderId, status }: OrderInput): void {
    const order = this.#orders.get(clientOrderId)
    if (order === undefined || order.belief === 'over') return
    order.belief = OVER.has(status) ? 'over' : 'working'
  }

  /** A look has not found it. One look right after sending is no proof. */
  miss(clientOrderId: string, time: number): void {
    const order = this.#orders.get(clientOrderId)
    if (order?.belief === 'doubtful' && time - order.sentAt > LOST_AFTER_MS) order.belief = 'never'
  }

  with(belief: Belief): readonly OrderRequest[] {
    return [...this.#orders.values()].filter((order) => order.belief === belief).map(({ request }) => request)
  }

  beliefs(): ReadonlyMap<string, Belief> {
    return new Map([...this.#orders].map(([id, { belief }]) => [id, belief]))
  }
}

/** Names an order that was requested. */
export function refOf({ symbol, terms }: OrderRequest): OrderRef {
  const { clientOrderId, orderType, purpose } = terms
  const isProtection = purpose !== 'entry'
  return { symbol, clientOrderId, orderType, isProtection, venueOrderId: null, childOrderId: null }
}
