import type { Command } from 'commander'
import { parseMode } from '../process/parse-run-options.js'
import type { Stage } from '../stage.js'
import { parsePort } from '../venue/parse-port.js'

const EXAMPLES = `Examples:
  tranchebook run --config tranchebook.jsonc            on paper: live prices, simulated fills
  tranchebook run --config tranchebook.jsonc --demo     the venue's demo, play money
  tranchebook run --config tranchebook.jsonc --mode protect --live
`

const AFTER = `
Modes: observe sends nothing; protect keeps stops and targets for what another bot trades; trade (default) takes entries too.
Keys come from the environment or from files that only their owner may read; running.md lists their names.`

/** `tranchebook run` */
export function defineRun(program: Command, { terminal, outcome }: Stage): void {
  program
    .command('run')
    .description('run the books of an account beside any bot')
    .addHelpText('before', EXAMPLES)
    .requiredOption('--config <file>', 'configuration; tranchebook init writes one to begin with')
    .option('--mode <name>', 'observe, protect or trade', parseMode, 'trade')
    .option('--paper', 'live prices, simulated fills; the default, except at a simulated venue')
    .option('--demo', "at the venue's demo, with its keys")
    .option('--live', 'with real money')
    .option('--directory <dir>', 'embedded database (default: .tranchebook/ACCOUNT beside the configuration)')
    .option('--database <url>', 'Postgres server (default: DATABASE_URL)')
    .option('--pooled', 'that server is a pgbouncer in transaction mode')
    .option('--standby', 'wait while another process runs the account, and take over when it ends')
    .option('--accept-restored', 'start on a log that was restored from a backup and lacks what came after it')
    .option('--port <number>', 'of the page', parsePort)
    .option('--no-page', 'without the page and the interface that other commands talk to')
    .option('--json', 'the first line is one JSON object: url, dataDirectory, pid and what runs')
    .addHelpText('after', AFTER)
    .action(async (options: Readonly<Record<string, unknown>>) => {
      const { runAccount } = await import('./run-account.js')
      const { parseRunOptions } = await import('../process/parse-run-options.js')
      outcome.exitCode = await runAccount(parseRunOptions(options), terminal)
    })
}
