import type { OrderRequest } from '@tranchebook/adapters'
import { type Instrument, parsePrice, parseQuantity } from '@tranchebook/core'

/** Refusals by filters that `exchangeInfo` tells. */
const FILTER_CODES = new Set(['-4004', '-4005', '-4014', '-4023'])
const FULL = '-4045'
/** An answer that is on its way already is shared. */
const SHARED_MS = 3000

/** Whether the venue refused an order by a filter of its symbol, which it may have changed. */
export function isByFilter(code: string, { maxConditionalOrders }: Instrument): boolean {
  return FILTER_CODES.has(code) || (code === FULL && maxConditionalOrders !== null)
}

/** Whether the filters were asked for since an order was sent. Epoch ms. */
export function hasAskedSince(askedTime: number, sentTime: number): boolean {
  return askedTime >= sentTime - SHARED_MS
}

type Terms = OrderRequest['terms']

function isMultiple(value: bigint, step: bigint): boolean {
  return step === 0n || value % step === 0n
}

/** How an order breaks the filters that its program knew when it decided; `null` = it does not. */
export function misfitOf(
  { price, triggerPrice, quantity, orderType, purpose }: Terms,
  known: Instrument,
): string | null {
  const { tickSize, stepSize, isTrading } = known
  const most = orderType === 'LIMIT' ? known.maxQuantity : (known.maxMarketQuantity ?? known.maxQuantity)
  for (const each of [price, triggerPrice])
    if (each !== null && !isMultiple(parsePrice(each), tickSize)) return `is at ${each}, between two ticks`
  if (purpose === 'entry' && !isTrading) return 'is an entry in a symbol that is not traded'
  if (quantity === null) return null
  if (!isMultiple(parseQuantity(quantity), stepSize)) return `is of ${quantity}, between two steps`
  return most !== null && parseQuantity(quantity) > most ? `is of ${quantity}, more than the venue takes at once` : null
}
