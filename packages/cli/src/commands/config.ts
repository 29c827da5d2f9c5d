import type { Command } from 'commander'
import type { Stage } from '../stage.js'
import { askOwner, defineAsked } from './define-asked.js'

type Options = Readonly<Record<string, unknown>>

const EXAMPLES = `Examples:
  tranchebook config validate tranchebook.jsonc
  tranchebook config show tranchebook.jsonc --symbol BTCUSDT
  tranchebook config import config.user.json -o tranchebook.json    from a liquidation hunter, in TypeScript
  tranchebook config import settings.json                           or in Python
  tranchebook config set BTCUSDT tpPercent=2.5 slPercent=1 --dry-run  of a running process
`

/** Kept in the log and not in a file, so that it counts after a restart, and is explained by who asked. */
function defineSet(config: Command, stage: Stage): void {
  defineAsked(config, 'set', 'change options of a symbol where it runs; open tranches keep their percentages')
    .argument('<symbol>', 'such as BTCUSDT')
    .argument('<option=value...>', 'such as tpPercent=2.5 or driftPolicy=ALERT')
    .action(async (symbol: string, words: readonly string[], options: Options) => {
      const { parseAssignments } = await import('../read/parse-assignments.js')
      await askOwner(stage, { command: 'configure', symbol, options: parseAssignments(words) }, options)
    })
}

/** `tranchebook config` */
export function defineConfig(program: Command, { terminal, outcome }: Stage): void {
  const config = program
    .command('config')
    .description('look at configurations, and translate others')
    .addHelpText('before', EXAMPLES)
  config
    .command('validate <file>')
    .description('whether it can be used, and what is odd in it')
    .option('--json', 'one JSON object')
    .action(async (file: string, options: Options) => {
      const { runConfigValidate } = await import('./run-config.js')
      outcome.exitCode = await runConfigValidate(file, options, terminal)
    })
  config
    .command('show <file>')
    .description('every option as it counts, defaults included, as JSON')
    .option('--symbol <symbol>', 'only the options of this one')
    .option('--json', 'JSON, as always')
    .action(async (file: string, options: Options) => {
      const { runConfigShow } = await import('./run-config.js')
      outcome.exitCode = await runConfigShow(file, options, terminal)
    })
  config
    .command('import <file>')
    .description('settings of another program as a configuration; what was left out is said')
    .option('-o, --output <file>', 'write there instead of stdout')
    .action(async (file: string, options: Options) => {
      const { runConfigImport } = await import('./run-config.js')
      outcome.exitCode = await runConfigImport(file, options, terminal)
    })
  defineSet(config, { terminal, outcome })
}
