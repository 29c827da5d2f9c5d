import type { Command } from 'commander'
import { parseFormat, parseMode } from '../import/parse-choice.js'
import type { Stage } from '../stage.js'

const EXAMPLES = `Examples:
  tranchebook import trades.csv -o trades.jsonl         a futures trade history, downloaded
  tranchebook import userTrades.json --account main     rows of GET /fapi/v1/userTrades
  tranchebook import fills.csv.gz | tranchebook replay -
`

const AFTER = `
Rows that cannot be read are reported with their number and nothing is written (exit 2).
An export without a position side column reads as one-way; say --position-mode to state what the account is.`

/** `tranchebook import` */
export function defineImport(program: Command, { terminal, outcome }: Stage): void {
  program
    .command('import')
    .description("turn a venue's trade export into input lines")
    .argument('<file>', 'CSV or JSON, plain or gzip, - for stdin')
    .option('--format <name>', 'auto, binance-trades, user-trades or copytrade', parseFormat, 'auto')
    .option('--account <name>', 'account of rows that name none', 'main')
    .option('--symbol <symbol>', 'only this symbol; also the symbol of rows that name none')
    .option('--position-mode <mode>', 'HEDGE or ONE_WAY: what rows without a position side mean', parseMode)
    .option('-o, --output <file>', 'write there instead of stdout, whole or not at all')
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER)
    .action(async (file: string, options: Readonly<Record<string, unknown>>) => {
      const { runImport } = await import('./run-import.js')
      const { parseImportOptions } = await import('../import/parse-import-options.js')
      outcome.exitCode = await runImport(file, parseImportOptions(options), terminal)
    })
}
