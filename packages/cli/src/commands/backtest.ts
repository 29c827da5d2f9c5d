import { type Command, Option } from 'commander'
import { parseCountFrom1 } from '../read/parse-count.js'
import { parseAmountText, parsePercentText } from '../read/parse-decimal.js'
import { parseMoment } from '../read/parse-moment.js'
import type { Stage } from '../stage.js'
import { parseDialect } from '../venue/parse-port.js'

const EXAMPLES = `Examples:
  tranchebook backtest --market SOLUSDT-5m.csv.gz --config tranchebook.jsonc
  tranchebook backtest --market BTCUSDT-1m.csv.gz --strategy regular --every 1440 --side LONG --json
  tranchebook backtest --market SOLUSDT-5m.csv.gz --strategy ./mine.js -o log.jsonl
`

const AFTER = `
The manager that would run live runs on recorded bars: CSV with openTime,open,high,low,close, plain or gzip, a file per symbol.
The strategy only decides when to enter. dips enters against a move of --move percent, regular every so many bars; a module
exports strategy, an object with name and onBar (backtest.md). -o writes the log, which replay and dashboard open.`

const PATHS = ['nearest', 'lowFirst', 'highFirst']

/** `tranchebook backtest` */
export function defineBacktest(program: Command, { terminal, outcome }: Stage): void {
  program
    .command('backtest')
    .description('what would have come of a strategy on recorded bars')
    .addHelpText('before', EXAMPLES)
    .requiredOption('--market <files...>', 'bars, one file per symbol')
    .option('--config <file>', 'configuration (configuration.md); without it every option has its default')
    .option('--instruments <file>', "ticks, steps and minimums from a venue's exchangeInfo JSON")
    .option('--symbol <symbol>', 'of the file (default: how its name begins)')
    .option('--from <time>', 'only bars from then on', parseMoment)
    .option('--until <time>', 'only bars before then', parseMoment)
    .option('--strategy <name>', 'dips, regular, or a module', 'dips')
    .option('--move <percent>', 'of dips: how far the price moves against the last extreme (2)', parsePercentText)
    .option('--every <bars>', 'of regular: bars between two entries (288)', parseCountFrom1)
    .option('--amount <quote>', 'per entry (500)', parseAmountText)
    .addOption(new Option('--side <side>', 'only this one').choices(['LONG', 'SHORT']))
    .option('--wallet <quote>', 'at the beginning (100000)', parseAmountText)
    .addOption(new Option('--path <name>', 'which way the price goes inside a bar').choices(PATHS).default('nearest'))
    .option('--dialect <name>', 'whose ways the venue has: binance or aster', parseDialect, 'binance')
    .option('-o, --output <file>', 'write the log there, whole or not at all')
    .option('--json', 'one JSON object, every digit')
    .addHelpText('after', AFTER)
    .action(async (options: Readonly<Record<string, unknown>>) => {
      const { runBacktest } = await import('./run-backtest.js')
      const { parseBacktestOptions } = await import('../backtest/parse-backtest-options.js')
      outcome.exitCode = await runBacktest(parseBacktestOptions(options), terminal)
    })
}
