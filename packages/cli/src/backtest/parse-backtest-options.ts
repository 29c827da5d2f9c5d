import type { BacktestRequest } from './backtest-request.js'

/** Names what the command line has already checked. */
export function parseBacktestOptions(options: Readonly<Record<string, unknown>>): BacktestRequest {
  return options as unknown as BacktestRequest
}
