import type { BookEvent } from '../../src/book/events.js'
import { compareOrders } from '../../src/protection/compare-orders.js'
import type { ProtectionActions } from '../../src/protection/protection-actions.js'
import { aBook, type OrderText, type TrancheText } from './book-builder.js'
import { contextOf } from './context-builder.js'
import { eventOf } from './events-builder.js'
import { type PlanGiven, planOf } from './plan-builder.js'
import { actionTexts } from './plan-text.js'

/** A stop of 0.1 of T1 at 49 000. */
export function stop(clientOrderId: string, changes: Partial<OrderText> = {}): OrderText {
  return { clientOrderId, quantity: '0.1', ...changes }
}

/** A take profit of 0.1 of T1 at 52 500. */
export function takeProfit(clientOrderId: string, changes: Partial<OrderText> = {}): OrderText {
  return stop(clientOrderId, { purpose: 'takeProfit', ...changes })
}

/** A close-position stop of LONG. */
export function failSafe(clientOrderId: string, triggerPrice = '49000'): OrderText {
  return stop(clientOrderId, { purpose: 'failSafe', quantity: null, triggerPrice })
}

/** A cancel is under way. */
export function cancelling(clientOrderId: string): BookEvent {
  return eventOf('CancelIntended', 3, { clientOrderId, reason: 'replaced' })
}

/** Nobody knows what became of it. */
export function unknown(clientOrderId: string): BookEvent {
  return eventOf('OrderOutcomeUnknown', 3, { clientOrderId, message: null })
}

/** What turns what rests into the plan of these tranches. */
export function compare(tranches: readonly TrancheText[], given: PlanGiven = {}): ProtectionActions {
  const { positionMode = 'HEDGE', events = [] } = given
  return compareOrders(planOf(tranches, given), aBook(tranches, { positionMode, events }), contextOf(given))
}

/** What is to be sent, in words. */
export function actions(tranches: readonly TrancheText[], given: PlanGiven = {}): string[] {
  return actionTexts(compare(tranches, given))
}

/** What has to wait, and for what. */
export function waits(tranches: readonly TrancheText[], given: PlanGiven = {}): string[] {
  return compare(tranches, given).waiting.map(({ order, because }) => `${order.purpose} ${because}`)
}

/** The stop of {@link LONG} is sent. */
export const PLACE_STOP = 'place SELL stop 0.1 at 49000 for T1 0.1'
