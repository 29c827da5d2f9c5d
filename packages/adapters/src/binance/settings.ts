import { changeLeverage, modifyOrder } from '../fapi/change-settings.js'
import { translateOrderRow } from '../fapi/translate/order-row.js'
import type { WriteSession } from '../fapi/write-session.js'
import type { OrderChange } from '../venue/order-request.js'
import type { WriteResult } from '../venue/write-result.js'
import { leverageRequest } from './wire/leverage.js'
import { modifyOrderRequest } from './wire/modify-order.js'

/** A resting LIMIT order, changed in place. */
export function modify(session: WriteSession, change: OrderChange): Promise<WriteResult> {
  return modifyOrder(session, change, {
    requestOf: modifyOrderRequest,
    reportOf: (row) => translateOrderRow(row, session.account),
  })
}

/** The symbol's leverage. */
export function setLeverage(session: WriteSession, symbol: string, leverage: number): Promise<WriteResult> {
  return changeLeverage(session, { symbol, leverage }, leverageRequest)
}
