import { changeLeverage, modifyOrder } from '../fapi/change-settings.js'
import type { OrderChange } from '../venue/order-request.js'
import type { WriteResult } from '../venue/write-result.js'
import type { AsterSession } from './aster-session.js'
import { reportOf } from './translate/order-report.js'
import { leverageRequest } from './wire/leverage.js'
import { modifyOrderRequest } from './wire/modify-order.js'

/** A resting LIMIT order, changed in place. */
export function modify(session: AsterSession, change: OrderChange): Promise<WriteResult> {
  return modifyOrder(session, change, {
    requestOf: (terms, priority) => modifyOrderRequest(session.version, terms, priority),
    reportOf: (row) => reportOf(row, session.account),
  })
}

/** The symbol's leverage. */
export function setLeverage(session: AsterSession, symbol: string, leverage: number): Promise<WriteResult> {
  return changeLeverage(session, { symbol, leverage }, (name, asked) => leverageRequest(session.version, name, asked))
}
