import { type Command, Option } from 'commander'
import type { Stage } from '../stage.js'
import { defineBooksCommand } from './define-books-command.js'

const EXAMPLES = `Examples:
  tranchebook report --directory data                   results by exit, trades, levels, isolation
  tranchebook report --directory data --by tranche      one row per tranche; they add up to the total
  tranchebook report --file day.jsonl --by equity --csv > equity.csv
`

const CUTS = ['tranche', 'entry', 'exit', 'cycle', 'equity']

/** `tranchebook report` */
export function defineReport(program: Command, { terminal, outcome }: Stage): void {
  defineBooksCommand(program, 'report', 'how it was traded: results cut every way, levels, isolation, equity')
    .addOption(new Option('--by <what>', 'only the results, by this').choices(CUTS))
    .option('--csv', 'comma-separated values, every digit; by tranche unless --by says otherwise')
    .addHelpText('before', EXAMPLES)
    .action(async (options: Readonly<Record<string, unknown>>) => {
      const { runReport } = await import('./run-report.js')
      const { parseBooksOptions } = await import('../control/books-request.js')
      outcome.exitCode = await runReport(parseBooksOptions(options), terminal)
    })
}
