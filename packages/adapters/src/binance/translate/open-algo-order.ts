import { parseQuantity } from '@tranchebook/core'
import { priceOrNone } from '../../fapi/translate/open-order.js'
import { orderSideOf, orderTypeOf, positionSideOf } from '../../fapi/translate/words.js'
import type { OpenOrder } from '../../venue/snapshots.js'
import type { AlgoOrderRow } from '../wire/algo-order-row.js'

/** A conditional order that rests, or that has triggered and is still listed. */
export function translateOpenAlgoOrder(row: AlgoOrderRow): OpenOrder {
  return {
    symbol: row.symbol,
    clientOrderId: row.clientAlgoId,
    venueOrderId: row.algoId,
    childOrderId: row.actualOrderId,
    isConditional: true,
    orderType: orderTypeOf(row.orderType),
    venueType: row.orderType,
    orderSide: orderSideOf(row.side),
    positionSide: positionSideOf(row.positionSide),
    quantity: parseQuantity(row.quantity),
    filledQuantity: parseQuantity(row.actualQty ?? '0'),
    price: priceOrNone(row.price),
    triggerPrice: priceOrNone(row.triggerPrice),
    reduceOnly: row.reduceOnly,
    closePosition: row.closePosition,
    time: row.createTime,
  }
}
