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
export { isBalanceSource } from './venue/balance.js'
export type { Balance, BalanceSource } from './venue/balance.js'
export { isBudgetSource, spentShare } from './venue/budget.js'
export type { BudgetReading, BudgetSource, BudgetWindow } from './venue/budget.js'
export { CANDLE_INTERVALS } from './venue/candle.js'
export type { Candle, CandleInterval, CandleSource } from './venue/candle.js'
export type { MarketSource, PublicTrade, PublicTradeEvent } from './venue/market-source.js'
export type { ConditionalStyle, VenueCapabilities } from './venue/capabilities.js'
export { problemOf } from './fapi/check-request.js'
export { isConditional } from './venue/order-request.js'
export type { OrderChange, OrderRef, OrderRequest, TimeInForce, VenueOrderTerms } from './venue/order-request.js'
export type {
  ClockReading,
  FundingHistory,
  FundingRequest,
  HistoryRequest,
  OpenOrder,
  OrderLookup,
  TradeHistory,
} from './venue/snapshots.js'
export { VenueError } from './venue/venue-error.js'
export type { Acknowledged, NotSent, Refused, RefusalReason, Unknown, WriteResult } from './venue/write-result.js'
export { monotonicOf, systemClock } from './transport/clock.js'
export type { Clock } from './transport/clock.js'
export { parseLossless } from './transport/lossless-json.js'
export { createResyncGate } from './transport/resync-gate.js'
export type { ResyncGate } from './transport/resync-gate.js'
export { Secret } from './transport/secret.js'
export type { AccountVenue } from './fapi/account-venue.js'
export type { ConnectionOptions } from './fapi/api-session.js'
export { BINANCE_AS_OF, BINANCE_HOSTS } from './binance/constants.js'
export type { BinanceHosts } from './binance/constants.js'
export { BINANCE_CODES } from './binance/error-codes.js'
export { BINANCE_CAPABILITIES } from './binance/capabilities.js'
export { openBinance, openBinanceMarket } from './binance/open-binance.js'
export type { BinanceKey, BinanceMarketOptions, BinanceOptions } from './binance/open-binance.js'
export { ASTER_AS_OF, ASTER_HOSTS } from './aster/constants.js'
export type { AsterHosts } from './aster/constants.js'
export { ASTER_CAPABILITIES } from './aster/capabilities.js'
export { openAster, openAsterMarket } from './aster/open-aster.js'
export type { AsterKey, AsterMarketOptions, AsterOptions } from './aster/open-aster.js'
