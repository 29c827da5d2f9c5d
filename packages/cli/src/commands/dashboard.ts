import type { Command } from 'commander'
import type { Stage } from '../stage.js'
import { parsePort } from '../venue/parse-port.js'
import { defineBooksCommand } from './define-books-command.js'

const EXAMPLES = `Examples:
  tranchebook dashboard                                 a new link to the page of the running process
  tranchebook dashboard --directory data                that of this directory, or what it recorded
  tranchebook dashboard --file day.jsonl                recorded trades, to look at only
`

/** `tranchebook dashboard` */
export function defineDashboard(program: Command, { terminal, outcome }: Stage): void {
  defineBooksCommand(program, 'dashboard', 'the page: of a running process, of a store, or of a file')
    .addHelpText('before', EXAMPLES)
    .option('--port <number>', 'of a page that is opened here (default: any free one)', parsePort)
    .action(async (options: Readonly<Record<string, unknown>>) => {
      const { runDashboard } = await import('./run-dashboard.js')
      const { parseDashboardOptions } = await import('../process/dashboard-request.js')
      outcome.exitCode = await runDashboard(parseDashboardOptions(options), terminal)
    })
}
