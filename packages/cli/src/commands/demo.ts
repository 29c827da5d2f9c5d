import type { Command } from 'commander'
import { parseMode } from '../import/parse-choice.js'
import { parseCount } from '../read/parse-count.js'
import type { Stage } from '../stage.js'
import { parseMoment } from '../read/parse-moment.js'
import { parseDialect, parsePort } from '../venue/parse-port.js'

const EXAMPLES = `Examples:
  tranchebook demo                                      everything on this machine, without keys
  tranchebook demo --dialect aster --directory here
  tranchebook demo --headless --duration 60 --json      for programs
`

/** `tranchebook demo` */
export function defineDemo(program: Command, { terminal, outcome }: Stage): void {
  program
    .command('demo')
    .description('a simulated venue, a bot that hunts liquidations, and the books it keeps')
    .addHelpText('before', EXAMPLES)
    .option('--dialect <name>', 'whose words the venue speaks: binance or aster', parseDialect, 'binance')
    .option('--position-mode <mode>', 'HEDGE, both sides at once, or ONE_WAY, where they net', parseMode, 'HEDGE')
    .option('--directory <dir>', 'where everything is kept (default: .tranchebook/demo-DIALECT)')
    .option('--market <file>', 'play recorded bars or trades (CSV, plain or gzip)')
    .option('--symbol <name>', 'of that file (default: how its name begins)')
    .option('--from <time>', 'play from then on', parseMoment)
    .option('--until <time>', 'play until then', parseMoment)
    .option('--speed <number>', 'how many times faster the market goes', parseCount, 1)
    .option('--seed <number>', 'of the market', parseCount, 1)
    .option('--duration <seconds>', 'end after that long', parseCount)
    .option('--port <number>', 'of the page (default: any free one)', parsePort, 0)
    .option('--headless', 'nobody looks: print no link to the page')
    .option('--json', 'the first line is one JSON object: url, dataDirectory, pid')
    .action(async (options: Readonly<Record<string, unknown>>) => {
      const { runDemo } = await import('./run-demo.js')
      const { parseDemoOptions } = await import('../demo/parse-demo-options.js')
      outcome.exitCode = await runDemo(parseDemoOptions(options), terminal)
    })
}
