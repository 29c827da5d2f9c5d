import type { Command } from 'commander'
import type { Stage } from '../stage.js'
import { defineDatabaseCommand } from './define-database-command.js'

const EXAMPLES = `Examples:
  tranchebook log export --directory data -o log.jsonl
  tranchebook log export main/BTCUSDT | tranchebook replay -
`

/** `tranchebook log` */
export function defineLog(program: Command, { terminal, outcome }: Stage): void {
  const log = program
    .command('log')
    .description('take the events of a store out as lines')
    .addHelpText('before', EXAMPLES)
  defineDatabaseCommand(log, 'export', 'print events as {"stream":…,"version":…,"event":…} lines, which replay opens')
    .argument('[stream]', 'only this one, such as main/BTCUSDT')
    .option('-o, --output <file>', 'write there instead of stdout, whole or not at all')
    .action(async (stream: string | undefined, options: Readonly<Record<string, unknown>>) => {
      const { runLogExport } = await import('./run-log-export.js')
      const { parseDatabaseOptions } = await import('../database/parse-database-options.js')
      outcome.exitCode = await runLogExport(stream ?? null, parseDatabaseOptions(options), terminal)
    })
}
