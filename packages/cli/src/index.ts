export {
  ascending,
  ConfigError,
  Decimal,
  explainBecause,
  explainEvent,
  formatMoney,
  formatPrice,
  formatQuantity,
  minus,
  parseConfig,
  parseMoney,
  parsePrice,
  parseQuantity,
  smaller,
  TranchebookError,
  upcast,
  type BookEvent,
  type ClosingLot,
  type ClosingRule,
  type Side,
  type TranchebookConfig,
} from '@tranchebook/core'
export {
  ASTER_HOSTS,
  BINANCE_HOSTS,
  openAster,
  openAsterMarket,
  openBinance,
  openBinanceMarket,
  Secret,
  VenueError,
  type AsterOptions,
  type BinanceOptions,
  type Venue,
} from '@tranchebook/adapters'
export {
  assertFitForLive,
  openEmbeddedStore,
  openMemoryStore,
  openPostgresStore,
  projectEvent,
  type EventStore,
} from '@tranchebook/store'
export { openPaper, startVenue, type StartedVenue } from '@tranchebook/simulator'
export {
  exposeMetrics,
  ManagerError,
  TrancheManager,
  type CommandAnswer,
  type Health,
  type ManagerEvents,
  type ManagerOptions,
  type OpenRequest,
} from '@tranchebook/manager'
export { liveSource, openDashboard, type Dashboard } from '@tranchebook/dashboard'
export type { Liquidation } from './demo/liquidation.js'
export { streamLiquidations, type LiquidationStream } from './demo/stream-liquidations.js'
