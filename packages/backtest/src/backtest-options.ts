import type { ClosingRule, DecimalText, TranchebookConfig } from '@tranchebook/core'
import type { BarPath, Behaviour } from '@tranchebook/simulator'
import type { RecordedMarket } from './market/recorded-market.js'
import type { Strategy } from './strategy/strategy.js'

/** What a backtest is made of. */
export interface BacktestOptions {
  /** One per symbol; all quoted in one asset. */
  readonly markets: readonly RecordedMarket[]
  readonly config: TranchebookConfig
  readonly strategy: Strategy
  /** Quote in the wallet at the beginning (100 000). */
  readonly wallet?: DecimalText
  /** Which venue's ways (Binance's). */
  readonly behaviour?: Behaviour
  /** Which way the price goes inside a bar (`nearest`). */
  readonly path?: BarPath
  /** How often time-bound rules are looked at while nothing happens, ms (4 hours). */
  readonly heartbeatMs?: number
  readonly closingRules?: ReadonlyMap<string, ClosingRule>
  /** Called now and then with the number of bars played. */
  readonly onProgress?: (bars: number) => void
}
