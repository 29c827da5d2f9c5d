import { Command } from 'commander'
import { defineBacktest } from './commands/backtest.js'
import { defineCompletion } from './commands/completion.js'
import { defineConfig } from './commands/config.js'
import { defineDashboard } from './commands/dashboard.js'
import { defineDb } from './commands/db.js'
import { defineDemo } from './commands/demo.js'
import { defineExplain } from './commands/explain.js'
import { defineImport } from './commands/import.js'
import { defineInit } from './commands/init.js'
import { defineLog } from './commands/log.js'
import { definePosition } from './commands/position.js'
import { defineDoctor, defineRepairs, defineVerifyProtection } from './commands/repair.js'
import { defineReplay } from './commands/replay.js'
import { defineReport } from './commands/report.js'
import { defineRun } from './commands/run.js'
import { defineTranche } from './commands/tranche.js'
import { defineVenue } from './commands/venue.js'
import { defineWhatIf } from './commands/what-if.js'
import type { Stage } from './stage.js'
import type { Terminal } from './terminal.js'
import { VERSION } from './version.js'

/** The command line before it has seen arguments, and what it wants to show of itself. */
export interface Program {
  readonly program: Command
  readonly help: readonly string[]
}

const EXAMPLES = `Examples:
  tranchebook demo                                      everything on this machine, without keys
  tranchebook run --config tranchebook.jsonc            beside any bot; on paper unless --demo or --live
  tranchebook position list                             am I protected, where do I stand
  tranchebook log explain T12                           why did that happen
  tranchebook verify-protection --config tranchebook.jsonc --live
  tranchebook replay day.jsonl                          what became of every entry of a file
  tranchebook replay day.jsonl.gz --json | jq .books    the same, exact, for programs
  tranchebook what-if day.jsonl --config a.json --against b.json
  tranchebook import trades.csv -o day.jsonl            a venue's export to input lines
  tranchebook db verify --anchor last.json              is the log of DATABASE_URL whole
`

const EXIT_CODES = `
Exit codes: 0 done, 1 corrupt log, 2 bad input, configuration or database, 3 refused inputs under --strict, 4 refused by the
venue or the running process, 5 decided otherwise than recorded, 6 not fit to trade, 8 not covered by stops, 64 usage,
70 internal error, 74 stdout not writable.
Data goes to stdout, words to stderr. Colour only on a terminal and without NO_COLOR.`

/** `DOCS_URL`, written out: help does not wait for the core to load. */
const PAGES = '\nPages such as cli.md are at https://github.com/tranchebook/tranchebook/blob/main/docs/'

/** Builds the command line. The work of a command is loaded when it is called, so that help is quick. */
export function createProgram(terminal: Terminal, outcome: { exitCode: number }): Program {
  const help: string[] = []
  const program = new Command('tranchebook')
    .description('Many entries behind the one position an exchange shows: replay, explain, compare and keep them.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this')
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: (text) => help.push(text), writeErr: () => undefined })
    .configureHelp({ helpWidth: 110, sortSubcommands: false })
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', EXIT_CODES)
    .addHelpText('afterAll', PAGES)
  const stage: Stage = { terminal, outcome }
  for (const define of [
    defineRun,
    defineDemo,
    defineDashboard,
    defineInit,
    defineConfig,
    definePosition,
    defineTranche,
    defineReport,
    defineVerifyProtection,
    defineRepairs,
    defineDoctor,
    defineReplay,
    defineExplain,
    defineWhatIf,
    defineBacktest,
    defineImport,
    defineDb,
    defineLog,
    defineVenue,
    defineCompletion,
  ])
    define(program, stage)
  return { program, help }
}
