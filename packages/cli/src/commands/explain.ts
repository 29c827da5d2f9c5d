import type { Command } from 'commander'
import type { Stage } from '../stage.js'
import { parseCount } from '../read/parse-count.js'

const EXAMPLES = `Examples:
  tranchebook explain examples/inputs/guide-story.jsonl T1
  tranchebook explain day.jsonl T12 --symbol BTCUSDT --config tranchebook.json
`

/** `tranchebook explain` */
export function defineExplain(program: Command, { terminal, outcome }: Stage): void {
  program
    .command('explain')
    .description('why a tranche opened, was isolated, moved its stop and closed')
    .argument('<file>', 'input lines or an event log, - for stdin')
    .argument('<tranche>', 'label or id of the tranche, such as T1')
    .option('--symbol <symbol>', 'of this symbol, where several have such a tranche')
    .option('--account <name>', 'of this account, where several have such a tranche')
    .option('--config <file>', 'configuration (configuration.md)')
    .option('--closing <rule>', 'closing rule for all symbols')
    .option('--until <n>', 'stop after n inputs (of a log: n events)', parseCount)
    .option('--instruments <file>', "ticks, steps and minimums from a venue's exchangeInfo JSON")
    .option('--json', 'one JSON object')
    .addHelpText('before', EXAMPLES)
    .action(async (file: string, tranche: string, options: Readonly<Record<string, unknown>>) => {
      const { runExplain } = await import('./run-explain.js')
      const { parseExplainOptions } = await import('../read/parse-options.js')
      outcome.exitCode = await runExplain({ file, tranche }, parseExplainOptions(options), terminal)
    })
}
