import type { VenueCapabilities } from '../venue/capabilities.js'
import { CANCELLED_ORDER_MS, HISTORY_MS, MAX_BATCH_CANCEL, MAX_BATCH_SUBMIT } from './constants.js'

/** What Aster futures can do. Calls of agents can be killed in flight; those of API keys cannot. */
export const ASTER_CAPABILITIES: VenueCapabilities = {
  orderTypes: ['LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
  conditionalStyle: 'ordinary-orders',
  maxConditionalOrders: null,
  maxBatchSubmit: MAX_BATCH_SUBMIT,
  maxBatchCancel: MAX_BATCH_CANCEL,
  isClosePositionStopExclusive: true,
  canModify: true,
  canCancelInFlight: true,
  isStreamOrdered: false,
  hasEarlyFills: false,
  historyMs: HISTORY_MS,
  cancelledOrderMs: CANCELLED_ORDER_MS,
}
