import type { BookEvent } from '../../src/book/events.js'
import type { PositionMode } from '../../src/config/symbol-config.js'
import { planProtection, type ProtectionPlan } from '../../src/protection/plan-protection.js'
import { aBook, type TrancheText } from './book-builder.js'
import { type ContextChanges, contextOf } from './context-builder.js'
import { levelText } from './events-builder.js'

/** What a plan is made from besides the tranches. */
export interface PlanGiven extends ContextChanges {
  readonly positionMode?: PositionMode
  readonly events?: readonly BookEvent[]
  readonly time?: number
}

/** The plan of a book with these tranches: in hedge mode, at a mark of 50 000, unless said otherwise. */
export function planOf(tranches: readonly TrancheText[], given: PlanGiven = {}): ProtectionPlan {
  const { positionMode = 'HEDGE', events = [], time = 0 } = given
  return planProtection(aBook(tranches, { positionMode, events }), contextOf(given), time)
}

/** 0.1 at 50 000, 2 % down and 5 % up. */
export const LONG: TrancheText = { id: 'T1', price: '50000', quantity: '0.1', stop: '49000', takeProfit: '52500' }

/** 0.01 at 50 000, 2 % up and 5 % down. */
export const SHORT: TrancheText = {
  id: 'T1',
  side: 'SHORT',
  price: '50000',
  quantity: '0.01',
  stop: '51000',
  takeProfit: '47500',
}

/** 40 / 30 / 30 % of 0.1 at +3 / +5 / +8 %. */
export const SCALED: TrancheText = {
  ...LONG,
  levels: [levelText('3', '51500', '0.04'), levelText('5', '52500', '0.03'), levelText('8', '54000', '0.03')],
}
