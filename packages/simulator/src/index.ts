export type { Account, FeeTerms, Income, IncomeType, MarginType, Position, Trade } from './engine/account.js'
export { openPositions, positionOf, walletOf } from './engine/account.js'
export { amendOrder, type Amendment } from './engine/amend-order.js'
export { ASTER_BEHAVIOUR, type Behaviour, BINANCE_BEHAVIOUR } from './engine/behaviour.js'
export { changeFilters, type FilterChange } from './engine/change-filters.js'
export {
  cancelAllConditionals,
  cancelAllOrders,
  cancelConditional,
  cancelOrder,
  findConditional,
  findOrder,
  type OrderName,
} from './engine/cancel-order.js'
export type {
  AccountChanged,
  AccountReason,
  BalanceLine,
  ConditionalChanged,
  EngineEvent,
  Execution,
  MarketChanged,
  OrderChanged,
  PositionLine,
  SettingChanged,
} from './engine/events.js'
export {
  accountOf,
  createExchange,
  type Exchange,
  type ExchangeOptions,
  type Listing,
  type Liquidity,
  type Market,
  marketOf,
  type MarketStart,
  openAccount,
} from './engine/exchange.js'
export { advanceTo, payFunding, transfer } from './engine/funding.js'
export { closeByVenue, delistSymbol, settleSymbol } from './engine/liquidate.js'
export { availableBalance, entryPriceOf, liquidationPrice, unrealizedAt } from './engine/margin.js'
export { movePrice, playTrade, type PriceMove, type PublicTrade, setMark } from './engine/move-price.js'
export {
  type ConditionalOrder,
  type OrderSpec,
  PLAIN_SPEC,
  type SimulatedOrder,
  type VenueOrderType,
} from './engine/order.js'
export { createRandom, type Random } from './engine/random.js'
export { parseRate, type Rate } from './engine/parse-rate.js'
export { placeConditional } from './engine/place-conditional.js'
export { placeOrder } from './engine/place-order.js'
export type { Refusal } from './engine/refusal.js'
export type { LeverageBracket, SymbolRules } from './engine/rules.js'
export { setHedgeMode, setLeverage, setMarginType } from './engine/settings.js'
export { type Bar, type BarPath, type BarPrices, cornersOf, playBar } from './drive/play-bar.js'
export { type OthersLiquidated, tellLiquidation } from './drive/tell-liquidation.js'
export { playTimedTrade, type TimedTrade } from './drive/play-trades.js'
export { tellMark } from './drive/tell-mark.js'
export { BTCUSDT, ETHUSDT, rulesFrom, type RulesText, USUAL_BRACKETS, usualRules } from './market/usual-rules.js'
export { type KeptExchange, keepExchange } from './durable/keep-exchange.js'
export { createVirtualClock, type VirtualClock } from './drive/virtual-clock.js'
export { type Faults, type FaultsByHand, faultsByHand, NO_FAULTS } from './faults/faults.js'
export { MESSAGE_FAULTS, type MessageFault, type ReadFault, WRITE_FAULTS, type WriteFault } from './faults/faults.js'
export { type FaultRates, FREQUENT_FAULTS, seededFaults, type SeededFaults } from './faults/seeded-faults.js'
export { createPaperExchange, type PaperTerms } from './paper/create-paper-exchange.js'
export { openPaper, type PaperOptions } from './paper/open-paper.js'
export { openSimulated, type PriceSource, SimulatedVenue, type SimulatedVenueOptions } from './venue/open-simulated.js'
export type { Dialect, ServerKeys, ServerManners } from './server/context.js'
export { type CreatedKeys, createKeys } from './server/create-keys.js'
export { serveVenue, type ServedVenue, type ServeOptions } from './server/serve-venue.js'
export { parseMarket } from './market/parse-market.js'
export { startVenue, type StartedVenue, type StartOptions } from './server/start-venue.js'
