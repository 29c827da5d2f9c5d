import { type Command, InvalidArgumentError } from 'commander'
import type { Stage } from '../stage.js'
import { parseDialect } from '../venue/parse-port.js'

function parseSymbols(text: string): readonly string[] {
  const symbols = text.split(',').map((symbol) => symbol.trim())
  if (symbols.every((symbol) => /^[A-Z0-9]+$/.test(symbol))) return symbols
  throw new InvalidArgumentError(`expected symbols such as BTCUSDT,ETHUSDT; got ${text}`)
}

/** `tranchebook init` */
export function defineInit(program: Command, { terminal, outcome }: Stage): void {
  program
    .command('init [file]')
    .description('write a configuration to begin with, every line explained (default: tranchebook.jsonc)')
    .option('--venue <name>', 'binance or aster', parseDialect, 'binance')
    .option('--symbols <list>', 'to keep books of', parseSymbols, ['BTCUSDT'])
    .action(async (file: string | undefined, options: Readonly<Record<string, unknown>>) => {
      const { runInit } = await import('./run-init.js')
      const { parseStarterOptions } = await import('../settings/parse-starter-options.js')
      outcome.exitCode = await runInit(file ?? 'tranchebook.jsonc', parseStarterOptions(options), terminal)
    })
}
