import {
  closestName,
  configFor,
  formatConfig,
  formatConfigFile,
  parseConfig,
  type TranchebookConfig,
  TranchebookError,
} from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { plural } from '../format/plural.js'
import { readConfigFile } from '../read/read-config.js'
import { readRunConfig } from '../process/read-run-config.js'
import { importSettings } from '../settings/import-settings.js'
import type { Terminal } from '../terminal.js'
import { writeWhole } from '../write-whole.js'

/** What a `tranchebook config` command was asked. */
export interface ConfigCommandRequest {
  readonly symbol?: string
  readonly output?: string
  readonly json?: boolean
}

function tell(terminal: Terminal, warnings: readonly string[]): void {
  for (const warning of warnings) terminal.note(`warning: ${warning}`)
}

/** Options of a symbol that is not there are the defaults; a name that was mistyped has them, too. */
function notConfigured({ symbols }: TranchebookConfig, symbol: string): string {
  const closest = closestName(symbol, Object.keys(symbols))
  const meant = closest === null ? '' : `; did you mean ${closest}?`
  return `warning: ${symbol} is not among the symbols of the file: these are the defaults${meant}`
}

/** Says whether a configuration can be used. @throws {CommandFailure} with everything that is wrong in it */
export async function runConfigValidate(
  path: string,
  { json }: ConfigCommandRequest,
  terminal: Terminal,
): Promise<ExitCode> {
  const { config } = await readRunConfig(path, terminal)
  const symbols = Object.keys(config.symbols)
  tell(terminal, config.warnings)
  const { warnings } = config
  const counts = [plural(symbols.length, 'symbol', 'symbols'), plural(warnings.length, 'warning', 'warnings')]
  const text = `${path} is valid: ${[`account ${config.account}`, config.positionMode, ...counts].join(', ')}`
  await terminal.print(`${json === true ? JSON.stringify({ valid: true, symbols, warnings }) : text}\n`)
  return EXIT.fine
}

/** Prints every option as it counts, defaults included. @throws {CommandFailure} with everything that is wrong in it */
export async function runConfigShow(
  path: string,
  { symbol }: ConfigCommandRequest,
  terminal: Terminal,
): Promise<ExitCode> {
  const { config, venue, store, dashboard } = await readRunConfig(path, terminal)
  tell(terminal, config.warnings)
  if (symbol !== undefined && !Object.hasOwn(config.symbols, symbol)) terminal.note(notConfigured(config, symbol))
  const whole = { ...formatConfigFile(config), venue, store, dashboard }
  await terminal.print(
    `${JSON.stringify(symbol === undefined ? whole : formatConfig(configFor(config, symbol)), null, 2)}\n`,
  )
  return EXIT.fine
}

/** What is wrong with what was translated; empty = nothing. */
function problemsOf(file: unknown): readonly string[] {
  try {
    parseConfig(file)
    return []
  } catch (error) {
    if (error instanceof TranchebookError) return error.message.split('\n').slice(1)
    throw error
  }
}

/** Translates the settings of another program. @throws {CommandFailure} when there is nothing of it, or no file can be written */
export async function runConfigImport(
  path: string,
  { output }: ConfigCommandRequest,
  terminal: Terminal,
): Promise<ExitCode> {
  const { file, mapped, unmapped } = importSettings(await readConfigFile(path, terminal))
  if (mapped.length === 0) {
    throw new CommandFailure({
      what: `${path} holds no settings that are known here`,
      expected: 'expected the settings of a liquidation hunter: an object with global or globals, and symbols',
      advice: 'tranchebook init writes a configuration to begin with',
    })
  }
  for (const line of mapped) terminal.note(`taken     ${line}`)
  for (const line of unmapped) terminal.note(`left out  ${line}`)
  const problems = problemsOf(file)
  for (const line of problems) terminal.note(`correct   ${line.trim()}`)
  const text = `${JSON.stringify(file, null, 2)}\n`
  if (output === undefined) await terminal.print(text)
  else await writeWhole(output, [text])
  return problems.length === 0 ? EXIT.fine : EXIT.badInput
}
