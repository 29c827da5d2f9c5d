import type { Command } from 'commander'
import { parseCount } from '../read/parse-count.js'
import type { Stage } from '../stage.js'
import { defineBooksCommand } from './define-books-command.js'
import { definePositionSwitches } from './define-position-switches.js'

type Options = Readonly<Record<string, unknown>>

const EXAMPLES = `Examples:
  tranchebook position list --directory data            am I protected, where do I stand
  tranchebook position show BTCUSDT --directory data    one symbol: figures, ladder, tranches
  tranchebook position watch --database postgres://reader@db/books
  tranchebook position list --file day.jsonl --all      what a file of inputs comes to
  tranchebook position pause BTCUSDT --directory data   no new entries, those that rest are cancelled
`

function defineList(position: Command, { terminal, outcome }: Stage): void {
  defineBooksCommand(position, 'list', 'what is held: a row per symbol and side')
    .option('--all', 'also what is flat by now')
    .action(async (options: Options) => {
      const { runPositionList } = await import('./run-position-list.js')
      const { parseBooksOptions } = await import('../control/books-request.js')
      outcome.exitCode = await runPositionList(parseBooksOptions(options), terminal)
    })
}

function defineShow(position: Command, { terminal, outcome }: Stage): void {
  defineBooksCommand(position, 'show', 'one symbol: its figures, its ladder, its tranches')
    .argument('<symbol>', 'such as BTCUSDT')
    .action(async (symbol: string, options: Options) => {
      const { runPositionShow } = await import('./run-position-show.js')
      const { parseBooksOptions } = await import('../control/books-request.js')
      outcome.exitCode = await runPositionShow(symbol, parseBooksOptions(options), terminal)
    })
}

function defineWatch(position: Command, { terminal, outcome }: Stage): void {
  defineBooksCommand(position, 'watch', 'what is held, looked at again and again until interrupted')
    .option('--every <ms>', 'milliseconds between two looks (1000)', parseCount)
    .action(async (options: Options) => {
      const { runPositionWatch } = await import('./run-position-watch.js')
      const { parseBooksOptions } = await import('../control/books-request.js')
      outcome.exitCode = await runPositionWatch(parseBooksOptions(options), terminal)
    })
}

/** `tranchebook position` */
export function definePosition(program: Command, stage: Stage): void {
  const position = program
    .command('position')
    .description('what is held, what it is worth, whether it is protected')
    .addHelpText('before', EXAMPLES)
  for (const define of [defineList, defineShow, defineWatch, definePositionSwitches]) define(position, stage)
}
