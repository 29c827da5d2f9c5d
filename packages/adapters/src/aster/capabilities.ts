import type { VenueCapabilities } from '../venue/capabilities.js'
import { CANCELLED_ORDER_MS, HISTORY_MS, MAX_BATCH_CANCEL, MAX_BATCH_SUBMIT, NONCE_WINDOW_MS } from './constants.js'

/** What Aster futures can do. Of agents: their calls can be killed in flight, and land as long as the nonce is taken. */
export const ASTER_CAPABILITIES: VenueCapabilities = {
  orderTypes: ['LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
  conditionalStyle: 'ordinary-orders',
  maxConditionalOrders: null,
  maxBatchSubmit: MAX_BATCH_SUBMIT,
  maxBatchCancel: MAX_BATCH_CANCEL,
  isClosePositionStopExclusive: true,
  canModify: true,
  canCancelInFlight: true,
  acceptWindowMs: NONCE_WINDOW_MS,
  isStreamOrdered: false,
  hasEarlyFills: false,
  historyMs: HISTORY_MS,
  cancelledOrderMs: CANCELLED_ORDER_MS,
}
