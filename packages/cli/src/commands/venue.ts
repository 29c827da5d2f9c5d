import type { Command } from 'commander'
import { parseCount } from '../read/parse-count.js'
import type { Stage } from '../stage.js'
import { parseDialect, parsePort } from '../venue/parse-port.js'

const EXAMPLES = `Examples:
  tranchebook venue serve --dialect binance --json      the first line says where, and with which keys
  tranchebook venue serve --dialect aster --port 8080 --seed 7
  tranchebook venue serve --dialect binance --market exchangeInfo.json
`

const AFTER = `
Reachable from this machine only. Ctrl-C ends it. Prices wander from the seed; POST /simulator/price?symbol=BTCUSDT&price=49000
moves one by hand, over every order that lies between.`

/** `tranchebook venue` */
export function defineVenue(program: Command, { terminal, outcome }: Stage): void {
  const venue = program.command('venue').description('a simulated venue to try bots on').addHelpText('before', EXAMPLES)
  venue
    .command('serve')
    .description('serve a simulated venue on 127.0.0.1, in the words of a real one')
    .requiredOption('--dialect <name>', 'binance or aster', parseDialect)
    .option('--market <file>', "symbols from a venue's exchangeInfo JSON (default: BTCUSDT and ETHUSDT)")
    .option('--port <number>', 'listen there (default: any free port)', parsePort)
    .option('--seed <number>', 'of prices and keys (default: 1)', parseCount)
    .option('--json', 'the first line is one JSON object: rest, ws, wsApi, apiKey, apiSecret, symbols')
    .addHelpText('after', AFTER)
    .action(async (options: Readonly<Record<string, unknown>>) => {
      const { runVenueServe } = await import('./run-venue-serve.js')
      const { parseServeOptions } = await import('../venue/parse-serve-options.js')
      outcome.exitCode = await runVenueServe(parseServeOptions(options), terminal)
    })
}
