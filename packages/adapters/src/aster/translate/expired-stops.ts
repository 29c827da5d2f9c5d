import type { KnownOrder, OrderRegistry } from '../../fapi/translate/order-registry.js'
import { isConditionalType } from '../../fapi/translate/words.js'
import type { OrderRow } from '../../fapi/wire/order-row.js'
import type { OrderTradeUpdate } from '../../fapi/wire/order-trade-update.js'
import type { Clock } from '../../transport/clock.js'
import { noteRow } from './order-report.js'

/** What telling a trigger from an end needs. */
export interface ExpiryParts {
  readonly clock: Clock
  readonly registry: OrderRegistry
  readonly waitMs: number
  /** The order as the venue shows it now. Throws when it cannot be asked. */
  readonly lookUp: (symbol: string, orderId: string) => Promise<OrderRow | null>
  /** Takes an update that means what it says. */
  readonly release: (update: OrderTradeUpdate, order: KnownOrder) => void
  /** Takes where the venue shows an order whose stream said too little. */
  readonly report: (row: OrderRow) => void
  /** The venue could not be asked. */
  readonly onDoubt: (reason: string) => void
}

/** Sorts out which ends of stops are ends. */
export interface ExpiredStops {
  take(update: OrderTradeUpdate, order: KnownOrder): void
  close(): void
}

/**
 * A stop that triggers first says that it has expired and then, under the same id, that it is a new market order. Such an end waits:
 * for that news, else for a look at the order. Where the news came first, the end means nothing any more.
 */
export function createExpiredStops(parts: ExpiryParts): ExpiredStops {
  const { clock, registry, waitMs, lookUp, release, report, onDoubt } = parts
  const waiting = new Map<string, () => void>()

  const forget = (orderId: string): void => {
    waiting.get(orderId)?.()
    waiting.delete(orderId)
  }
  const settle = async (update: OrderTradeUpdate, order: KnownOrder): Promise<void> => {
    try {
      const row = await lookUp(update.symbol, update.orderId)
      if (!waiting.has(update.orderId)) return
      forget(update.orderId)
      if (row === null || row.status === 'EXPIRED') return release(update, order)
      noteRow(registry, row)
      report(row)
    } catch (error) {
      forget(update.orderId)
      onDoubt(
        `order ${order.clientOrderId} expired or triggered, and could not be looked at: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }
  return {
    take: (update, order) => {
      const isStop = isConditionalType(update.originalType) && update.orderType === update.originalType
      if (!isStop && isConditionalType(update.originalType)) {
        forget(update.orderId)
        if (order.childOrderId === null) registry.linkChild(order, update.orderId)
        return release(update, order)
      }
      if (!isStop || update.executionType !== 'EXPIRED') return release(update, order)
      if (order.childOrderId !== null || waiting.has(update.orderId)) return
      const callOff = clock.schedule(waitMs, () => void settle(update, order))
      waiting.set(update.orderId, callOff)
    },
    close: () => {
      for (const callOff of waiting.values()) callOff()
      waiting.clear()
    },
  }
}
