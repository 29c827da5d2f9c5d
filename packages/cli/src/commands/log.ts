import type { Command } from 'commander'
import { parseCount } from '../read/parse-count.js'
import type { Stage } from '../stage.js'
import { defineBooksCommand } from './define-books-command.js'
import { defineDatabaseCommand } from './define-database-command.js'
import { defineVerifyCommand } from './define-verify-command.js'

type Options = Readonly<Record<string, unknown>>

const EXAMPLES = `Examples:
  tranchebook log tail --directory data -n 50           the newest events, with what they mean and why
  tranchebook log explain T12 --directory data          why T12 opened, moved its stop, closed
  tranchebook log diff main/BTCUSDT --from 120 --to 125 what became different, and which events did it
  tranchebook log replay --directory data --until 120   how it stood then
  tranchebook log replay --again --config today.json    would it be decided the same today
  tranchebook log export main/BTCUSDT | tranchebook replay -
`

function defineTail(log: Command, { terminal, outcome }: Stage): void {
  defineBooksCommand(log, 'tail', 'print the newest events, and why they came')
    .argument('[stream]', 'only this one, such as main/BTCUSDT')
    .option('-n, --lines <count>', 'so many events (20)', parseCount)
    .option('-f, --follow', 'go on with those that come, until interrupted')
    .action(async (stream: string | undefined, options: Options) => {
      const { runLogTail } = await import('./run-log-tail.js')
      const { parseBooksOptions } = await import('../control/books-request.js')
      outcome.exitCode = await runLogTail(stream ?? null, parseBooksOptions(options), terminal)
    })
}

function defineLogExplain(log: Command, { terminal, outcome }: Stage): void {
  defineBooksCommand(log, 'explain', 'tell the life of one tranche, every change with its reason')
    .argument('<tranche>', 'label or id, such as T12')
    .action(async (tranche: string, options: Options) => {
      const { runLogExplain } = await import('./run-explain.js')
      const { parseBooksOptions } = await import('../control/books-request.js')
      outcome.exitCode = await runLogExplain(tranche, parseBooksOptions(options), terminal)
    })
}

function defineLogReplay(log: Command, { terminal, outcome }: Stage): void {
  defineBooksCommand(log, 'replay', 'fold the log as it was decided then, and show every tranche')
    .argument('[stream]', 'only this one, such as main/BTCUSDT')
    .option('--until <version>', 'as it stood after so many events of each book', parseCount)
    .option(
      '--again',
      'decide it again with the code of today and --config instead, and compare (exit 5 where it differs)',
    )
    .action(async (stream: string | undefined, options: Options) => {
      const { runLogReplay } = await import('./run-log-replay.js')
      const { parseBooksOptions } = await import('../control/books-request.js')
      outcome.exitCode = await runLogReplay(stream ?? null, parseBooksOptions(options), terminal)
    })
}

function defineDiff(log: Command, { terminal, outcome }: Stage): void {
  defineBooksCommand(log, 'diff', 'show what became different between two versions, and which events did it')
    .argument('<stream>', 'such as main/BTCUSDT')
    .option('--from <version>', 'the earlier version (the one before --to)', parseCount)
    .option('--to <version>', 'the later version (the newest)', parseCount)
    .action(async (stream: string, options: Options) => {
      const { runLogDiff } = await import('./run-log-diff.js')
      const { parseBooksOptions } = await import('../control/books-request.js')
      outcome.exitCode = await runLogDiff(stream, parseBooksOptions(options), terminal)
    })
}

function defineLogVerify(log: Command, { terminal, outcome }: Stage): void {
  defineVerifyCommand(log).action(async (options: Options) => {
    const { runDbVerify } = await import('./run-db-verify.js')
    const { parseDatabaseOptions } = await import('../database/parse-database-options.js')
    const { withDirectory } = await import('../control/with-directory.js')
    outcome.exitCode = await runDbVerify(await withDirectory(parseDatabaseOptions(options), terminal), terminal)
  })
}

function defineExport(log: Command, { terminal, outcome }: Stage): void {
  defineDatabaseCommand(log, 'export', 'print events as {"stream":…,"version":…,"event":…} lines, which replay opens')
    .argument('[stream]', 'only this one, such as main/BTCUSDT')
    .option('-o, --output <file>', 'write there instead of stdout, whole or not at all')
    .option('--json', 'as without: every line is one JSON object')
    .action(async (stream: string | undefined, options: Options) => {
      const { runLogExport } = await import('./run-log-export.js')
      const { parseDatabaseOptions } = await import('../database/parse-database-options.js')
      outcome.exitCode = await runLogExport(stream ?? null, parseDatabaseOptions(options), terminal)
    })
}

/** `tranchebook log` */
export function defineLog(program: Command, stage: Stage): void {
  const log = program
    .command('log')
    .description('what was recorded: tail, explain, diff, replay, verify, export')
    .addHelpText('before', EXAMPLES)
  for (const define of [defineTail, defineLogExplain, defineDiff, defineLogReplay, defineLogVerify, defineExport])
    define(log, stage)
}
