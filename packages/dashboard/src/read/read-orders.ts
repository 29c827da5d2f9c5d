import type { OrderListView } from '../api/order-view.js'
import type { BookPlace } from '../api/paths.js'
import { precisionOf } from '../view/looking.js'
import { presentOrder, sortOrders } from '../view/present-orders.js'
import { lookAtVersion, type ReadContext } from './read-context.js'

/** Ended orders that one answer lists. */
const ORDERS_SHOWN = 300

/** Orders of a book, now or as they stood at a version. */
export async function readOrders(
  context: ReadContext,
  place: BookPlace,
  version: number | null,
): Promise<OrderListView> {
  const { looking } = await lookAtVersion(context, place, version)
  const { book, journal } = looking.fold
  const precision = precisionOf(looking.instrument)
  const sorted = sortOrders(journal)
  const shown = sorted.slice(0, Math.max(ORDERS_SHOWN, book.orders.size))
  return {
    account: book.account,
    symbol: book.symbol,
    version: book.version,
    orders: shown.map((order) => presentOrder(order, precision)),
    olderCount: journal.dropped + sorted.length - shown.length,
  }
}
