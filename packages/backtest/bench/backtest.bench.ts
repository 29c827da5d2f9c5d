import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { parseConfig } from '@tranchebook/core'
import { backtest, followDips, rulesForBars } from '../src/index.js'
import { randomBars } from './random-bars.js'

/** A year of bars of a minute. */
const BARS = Number(process.env['BENCH_BARS'] ?? 525_600)
const SYMBOL = 'BTCUSDT'

/** A year of one symbol, protected tranche by tranche. Run alone. */
export async function run(): Promise<Record<string, number>> {
  const bars = randomBars(SYMBOL, BARS, 1)
  const markets = [{ rules: rulesForBars(SYMBOL, bars), bars }]
  const defaults = { maxTranches: 3, slPercent: '3', tpPercent: '4' }
  const config = parseConfig({ defaults, symbols: { [SYMBOL]: {} } })
  const [started, before] = [performance.now(), process.cpuUsage()]
  const { books, agreement } = await backtest({ markets, config, strategy: followDips({ movePercent: '2' }) })
  const [ms, { user, system }] = [performance.now() - started, process.cpuUsage(before)]
  const events = books.flatMap((book) => book.events)
  return {
    bars: BARS,
    ms: Math.round(ms),
    cpuMs: Math.round((user + system) / 1000),
    barsPerSecond: Math.round((BARS / ms) * 1000),
    events: events.length,
    tranches: events.filter(({ type }) => type === 'TrancheOpened').length,
    apart: agreement.filter(({ agrees }) => !agrees).length,
  }
}
