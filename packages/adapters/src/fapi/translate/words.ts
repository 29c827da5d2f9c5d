import type { FillKind, OrderReportStatus, OrderSide, OrderType, PositionSide } from '@tranchebook/core'
import { malformed } from '../../wire/wire-fields.js'

const SIDES = ['BUY', 'SELL'] as const
const POSITION_SIDES = ['LONG', 'SHORT', 'BOTH'] as const
const TYPES = ['LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'] as const
const CONDITIONAL_TYPES = ['STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET']

/** @throws {InputError} `venue.payload.malformed` */
export function orderSideOf(word: string): OrderSide {
  return SIDES.find((side) => side === word) ?? malformed('side', SIDES.join(' or '), word)
}

/** @throws {InputError} `venue.payload.malformed` */
export function positionSideOf(word: string): PositionSide {
  return POSITION_SIDES.find((side) => side === word) ?? malformed('positionSide', POSITION_SIDES.join(', '), word)
}

/** `null` = a type this project does not place. */
export function orderTypeOf(word: string): OrderType | null {
  return TYPES.find((type) => type === word) ?? null
}

/** Whether an order of that venue type waits for a trigger. */
export function isConditionalType(word: string): boolean {
  return CONDITIONAL_TYPES.includes(word)
}

const STATUSES: Readonly<Record<string, OrderReportStatus>> = {
  NEW: 'acknowledged',
  PARTIALLY_FILLED: 'acknowledged',
  NEW_INSURANCE: 'acknowledged',
  NEW_ADL: 'acknowledged',
  FILLED: 'filled',
  CANCELED: 'cancelled',
  EXPIRED: 'expired',
  EXPIRED_IN_MATCH: 'expired',
  REJECTED: 'refused',
}

/** @throws {InputError} `venue.payload.malformed` for a status nobody knows yet. */
export function orderStatusOf(word: string): OrderReportStatus {
  return STATUSES[word] ?? malformed('status', `one of ${Object.keys(STATUSES).join(', ')}`, word)
}

/** Whether an order with that report can still fill. */
export function isEnding(status: OrderReportStatus): boolean {
  return (
    status === 'filled' || status === 'cancelled' || status === 'expired' || status === 'refused' || status === 'absent'
  )
}

/** Who placed an order: the venue marks its own by their client ids. */
export function fillKindOf(clientOrderId: string | null): FillKind {
  if (clientOrderId === null) return 'trade'
  if (clientOrderId.startsWith('autoclose-')) return 'liquidation'
  if (clientOrderId.startsWith('adl_autoclose')) return 'adl'
  if (clientOrderId.startsWith('settlement_autoclose-') || clientOrderId.startsWith('delivery_autoclose-'))
    return 'settlement'
  return 'trade'
}
