import type { RequestCost } from '../transport/rate-budget.js'

/** One order, placed or changed. */
export const ONE_ORDER: RequestCost = { weight: 1, ordersPerTenSeconds: 1, ordersPerMinute: 1 }

/** A batch of up to five. */
export const ORDER_BATCH: RequestCost = { weight: 5, ordersPerTenSeconds: 5, ordersPerMinute: 5 }

/** A request that changes something without placing an order. */
export function weighing(weight: number): RequestCost {
  return { weight, ordersPerTenSeconds: 0, ordersPerMinute: 0 }
}
