export {
  ConfigError,
  Decimal,
  explainEvent,
  formatMoney,
  formatPrice,
  formatQuantity,
  parseConfig,
  parseEvent,
  parseMoney,
  parsePrice,
  parseQuantity,
  TranchebookError,
  type BookEvent,
  type Side,
  type TranchebookConfig,
} from '@tranchebook/core'
export {
  ASTER_HOSTS,
  BINANCE_HOSTS,
  openAster,
  openBinance,
  Secret,
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
export { startVenue, type StartedVenue } from '@tranchebook/simulator'
export {
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
