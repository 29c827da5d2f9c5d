import type { Command } from 'commander'
import type { Stage } from '../stage.js'
import { defineBooksCommand } from './define-books-command.js'
import { defineTrancheActions } from './define-tranche-actions.js'

type Options = Readonly<Record<string, unknown>>

const EXAMPLES = `Examples:
  tranchebook tranche list --directory data             every open tranche
  tranchebook tranche show T12 --directory data         its levels, its exits, its story
  tranchebook tranche list --file day.jsonl --all --json
  tranchebook tranche open BTCUSDT --side LONG --quantity 0.01
  tranchebook tranche close T12 --quantity 0.05 --dry-run
  tranchebook tranche merge T3 T5                       a running process does it, and sends what follows
`

function defineList(tranche: Command, { terminal, outcome }: Stage): void {
  defineBooksCommand(tranche, 'list', 'tranches, a table per symbol and side')
    .option('--all', 'also those that are closed')
    .action(async (options: Options) => {
      const { runTrancheList } = await import('./run-tranche-list.js')
      const { parseBooksOptions } = await import('../control/books-request.js')
      outcome.exitCode = await runTrancheList(parseBooksOptions(options), terminal)
    })
}

function defineShow(tranche: Command, { terminal, outcome }: Stage): void {
  defineBooksCommand(tranche, 'show', 'one tranche, open or closed: levels, exits, story')
    .argument('<tranche>', 'label or id, such as T12')
    .action(async (name: string, options: Options) => {
      const { runTrancheShow } = await import('./run-tranche-show.js')
      const { parseBooksOptions } = await import('../control/books-request.js')
      outcome.exitCode = await runTrancheShow(name, parseBooksOptions(options), terminal)
    })
}

/** `tranchebook tranche` */
export function defineTranche(program: Command, stage: Stage): void {
  const tranche = program
    .command('tranche')
    .description('the entries behind a position')
    .addHelpText('before', EXAMPLES)
  for (const define of [defineList, defineShow, defineTrancheActions]) define(tranche, stage)
}
