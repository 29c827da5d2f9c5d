/** What `tranchebook backtest` was asked. */
export interface BacktestRequest {
  /** Files of bars, one per symbol. */
  readonly market: readonly string[]
  readonly config?: string
  readonly instruments?: string
  /** Of the file, where its name does not begin with it. */
  readonly symbol?: string
  /** Epoch ms; only bars that begin from then on, or before then. */
  readonly from?: number
  readonly until?: number
  /** `dips`, `regular`, or a module that exports a strategy. */
  readonly strategy: string
  /** Percent. */
  readonly move?: string
  /** Quote. */
  readonly amount?: string
  /** Bars. */
  readonly every?: number
  readonly side?: 'LONG' | 'SHORT'
  /** Quote. */
  readonly wallet?: string
  readonly path?: 'nearest' | 'lowFirst' | 'highFirst'
  readonly dialect: 'binance' | 'aster'
  /** Where to write the log. */
  readonly output?: string
  readonly json?: boolean
}
