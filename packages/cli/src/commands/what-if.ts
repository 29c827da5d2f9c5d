import type { Command } from 'commander'
import type { Stage } from '../stage.js'

const EXAMPLES = `Examples:
  tranchebook what-if day.jsonl --against fifo.json                     the defaults against fifo.json
  tranchebook what-if day.jsonl --config today.json --against new.json
`

/** `tranchebook what-if` */
export function defineWhatIf(program: Command, { terminal, outcome }: Stage): void {
  program
    .command('what-if')
    .description('the same inputs under two configurations: what would have come out differently')
    .argument('<file>', 'input lines, - for stdin')
    .option('--config <file>', 'the configuration that was (default: none, all defaults)')
    .requiredOption('--against <file>', 'the configuration that might have been')
    .option('--instruments <file>', "ticks, steps and minimums from a venue's exchangeInfo JSON")
    .option('--json', 'one JSON object')
    .addHelpText('before', EXAMPLES)
    .action(async (file: string, options: Readonly<Record<string, unknown>>) => {
      const { runWhatIf } = await import('./run-what-if.js')
      const { parseWhatIfOptions } = await import('../read/parse-options.js')
      outcome.exitCode = await runWhatIf(file, parseWhatIfOptions(options), terminal)
    })
}
