import type { VenueCapabilities } from '../venue/capabilities.js'
import {
  CANCELLED_ORDER_MS,
  HISTORY_MS,
  MAX_BATCH_CANCEL,
  MAX_BATCH_SUBMIT,
  MAX_CONDITIONAL_ORDERS,
  RECV_WINDOW_MS,
} from './constants.js'

/** What Binance USD-M futures can do. */
export const BINANCE_CAPABILITIES: VenueCapabilities = {
  orderTypes: ['LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
  conditionalStyle: 'separate-orders',
  maxConditionalOrders: MAX_CONDITIONAL_ORDERS,
  maxBatchSubmit: MAX_BATCH_SUBMIT,
  maxBatchCancel: MAX_BATCH_CANCEL,
  isClosePositionStopExclusive: true,
  canModify: true,
  canCancelInFlight: false,
  acceptWindowMs: RECV_WINDOW_MS,
  isStreamOrdered: true,
  hasEarlyFills: true,
  historyMs: HISTORY_MS,
  cancelledOrderMs: CANCELLED_ORDER_MS,
}
