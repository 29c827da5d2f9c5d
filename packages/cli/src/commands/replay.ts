import type { Command } from 'commander'
import type { Stage } from '../stage.js'
import { parseCount } from '../read/parse-count.js'

const EXAMPLES = `Examples:
  tranchebook replay examples/inputs/guide-story.jsonl
  tranchebook replay fills.jsonl.gz --config tranchebook.json --json
  zcat fills.jsonl.gz | tranchebook replay - --closing WORST_FIRST
  tranchebook replay fills.jsonl --until 120            how it stood after 120 inputs
`

const AFTER = `
FILE holds input lines (input-lines.md), or an event log, which is folded as it was decided then.
Gzip is recognised by content. Every malformed line is reported and nothing is printed (exit 2). A book of a log that
does not fold is named and left out (exit 2); the others are shown.
Inputs that a book refuses, such as a fill for the wrong position mode, are reported and left out: exit 0,
or 3 with --strict; the same goes for positions that began before the first fill.`

/** `tranchebook replay` */
export function defineReplay(program: Command, { terminal, outcome }: Stage): void {
  program
    .command('replay')
    .description('decide recorded inputs, or fold an event log, and show every tranche')
    .argument('<file>', 'input lines or an event log, - for stdin')
    .option('--config <file>', 'configuration (configuration.md)')
    .option('--closing <rule>', 'closing rule for all symbols: LIFO, FIFO, WORST_FIRST, …')
    .option('--until <n>', 'stop after n inputs (of a log: n events)', parseCount)
    .option('--instruments <file>', "ticks, steps and minimums from a venue's exchangeInfo JSON")
    .option('--strict', 'exit 3 when an input was refused or a position began before the first fill')
    .option('--json', 'one JSON object (schema tranchebook/replay/1), every digit')
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER)
    .action(async (file: string, options: Readonly<Record<string, unknown>>) => {
      const { runReplay } = await import('./run-replay.js')
      const { parseReplayOptions } = await import('../read/parse-options.js')
      outcome.exitCode = await runReplay(file, parseReplayOptions(options), terminal)
    })
}
