export type { Venue, VenueStream } from './venue.js'
export type {
  AccountEvent,
  AccountNotice,
  ConnectionEvent,
  FillNoticed,
  FundingNoticed,
  MarketEvent,
  Quarantined,
} from './venue/account-event.js'
export type { ConditionalStyle, VenueCapabilities } from './venue/capabilities.js'
export { isConditional } from './venue/order-request.js'
export type { OrderChange, OrderRef, OrderRequest, TimeInForce, VenueOrderTerms } from './venue/order-request.js'
export type {
  ClockReading,
  FundingHistory,
  HistoryRequest,
  OpenOrder,
  OrderLookup,
  TradeHistory,
} from './venue/snapshots.js'
export { VenueError } from './venue/venue-error.js'
export type { Acknowledged, NotSent, Refused, RefusalReason, Unknown, WriteResult } from './venue/write-result.js'
