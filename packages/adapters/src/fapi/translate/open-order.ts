import { parseQuantity, type Price } from '@tranchebook/core'
import type { OpenOrder } from '../../venue/snapshots.js'
import type { OrderRow } from '../wire/order-row.js'
import { parseFigure } from './figure.js'
import { isConditionalType, orderSideOf, orderTypeOf, positionSideOf } from './words.js'

/** 0 is how venues write "none". */
export function priceOrNone(text: string | null): Price | null {
  const price = text === null ? null : parseFigure(text)
  return price === null || price === 0n ? null : price
}

/** An ordinary order that rests. One that has triggered is listed under its original type, as its own child. */
export function translateOpenOrder(row: OrderRow): OpenOrder {
  const isConditional = isConditionalType(row.origType)
  return {
    symbol: row.symbol,
    clientOrderId: row.clientOrderId,
    venueOrderId: row.orderId,
    childOrderId: isConditional && row.type !== row.origType ? row.orderId : null,
    isConditional,
    orderType: orderTypeOf(row.origType),
    venueType: row.type,
    orderSide: orderSideOf(row.side),
    positionSide: positionSideOf(row.positionSide),
    quantity: parseQuantity(row.origQty),
    filledQuantity: parseQuantity(row.executedQty),
    price: priceOrNone(row.price),
    triggerPrice: priceOrNone(row.stopPrice),
    reduceOnly: row.reduceOnly,
    closePosition: row.closePosition,
    time: row.updateTime,
  }
}
