import {
  ConfigError,
  DOCS_URL,
  parseConfig,
  type PositionMode,
  type SymbolConfig,
  type TranchebookConfig,
} from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import { EXIT } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'
import { readText } from './open-source.js'
import { parseCommentedJson } from './parse-commented-json.js'
import { isObject } from './parse-json.js'
import { unfaithfulIn } from './unfaithful-json.js'

/** A configuration, and what the command needs to know of how it was written. */
export interface ReadConfig {
  readonly config: TranchebookConfig
  /** `null` = the file does not say, and the inputs shall show it. */
  readonly positionMode: PositionMode | null
}

function unusable(where: string, error: ConfigError): CommandFailure {
  const [first = error.message, ...findings] = error.message.split('\n')
  return new CommandFailure(
    {
      what: `${where}: ${first.replace(/:$/, '')}`,
      expected: `expected only known options with values they accept, as ${DOCS_URL}/configuration.md lists them`,
      advice: 'correct them and run again; an editor checks a file that tranchebook init wrote while you change it',
    },
    { findings, cause: error },
  )
}

function parseText(text: string, path: string): unknown {
  try {
    return parseCommentedJson(text)
  } catch (error) {
    const came = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(
      {
        what: `${path} is not JSON`,
        expected: `expected an object such as {"defaults":{"closingStrategy":"FIFO"}}; got: ${came}`,
        advice: 'correct it there and run again',
      },
      { cause: error },
    )
  }
}

/** A configuration is taken as it was written, or not at all. */
function assertFaithful(text: string, path: string): void {
  const findings = unfaithfulIn(text)
  if (findings.length === 0) return
  throw new CommandFailure(
    {
      what: `${path} says something else than it would be taken for`,
      expected: 'expected every key once, and numbers in plain digits that JSON holds exactly',
      advice: 'correct them and run again',
    },
    { findings },
  )
}

async function readJsonFile(path: string, terminal: Terminal): Promise<unknown> {
  const text = await readText(path, terminal)
  const value = parseText(text, path)
  assertFaithful(text, path)
  return value
}

function parseOrTell(value: unknown, where: string, closingRules: readonly string[]): TranchebookConfig {
  try {
    return parseConfig(value, { closingRules })
  } catch (error) {
    throw error instanceof ConfigError ? unusable(where, error) : error
  }
}

function parseClosing(rule: string): string {
  try {
    return parseConfig({ defaults: { closingStrategy: rule } }).defaults.closingStrategy
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const problem = error.message.split('closingStrategy: ').at(-1) ?? error.message
    const [expected = problem, advice = 'name one of them'] = problem.split('; ')
    const what = `--closing ${rule} is not a closing rule`
    throw new CommandFailure({ what, expected, advice }, { cause: error, exitCode: EXIT.usage })
  }
}

function withClosing(config: TranchebookConfig, rule: string): TranchebookConfig {
  const closingStrategy = parseClosing(rule)
  const override = (symbol: SymbolConfig): SymbolConfig => ({ ...symbol, closingStrategy })
  const symbols = Object.entries(config.symbols).map(([name, symbol]) => [name, override(symbol)] as const)
  return { ...config, defaults: override(config.defaults), symbols: Object.fromEntries(symbols) }
}

/** What a run may be asked of its configuration. */
export interface ConfigRequest {
  /** Path; absent = all defaults. */
  readonly config?: string
  /** Closing rule that replaces all configured ones. */
  readonly closing?: string
}

/** Sections of a configuration that belong to the process which runs the books: no other command reads them. */
const OF_THE_PROCESS = new Set(['venue', 'store', 'dashboard'])

function booksOnly(value: unknown): unknown {
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => !OF_THE_PROCESS.has(name)))
}

/** Every text of a configuration: the name of a rule that is replaced is never looked for, whoever registers it. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** What a configuration file says, as nobody has checked it. @throws {CommandFailure} when it holds no object */
export async function readConfigFile(path: string, terminal: Terminal): Promise<Readonly<Record<string, unknown>>> {
  const value = await readJsonFile(path, terminal)
  return isObject(value) ? value : { '': value }
}

/** The books' part of a configuration file. @throws {CommandFailure} with everything that is wrong in it */
export function parseBooksPart(file: unknown, where: string, closingRules: readonly string[] = []): TranchebookConfig {
  return parseOrTell(booksOnly(file), where, closingRules)
}

/** Reads and checks a configuration. @throws {CommandFailure} with everything that is wrong in it. */
export async function readConfig({ config: path, closing }: ConfigRequest, terminal: Terminal): Promise<ReadConfig> {
  const value = path === undefined ? {} : await readJsonFile(path, terminal)
  const config = parseBooksPart(value, path ?? 'configuration', closing === undefined ? [] : textsIn(value))
  for (const warning of config.warnings) terminal.note(`warning: ${warning}`)
  const isStated = isObject(value) && Object.hasOwn(value, 'positionMode')
  return {
    config: closing === undefined ? config : withClosing(config, closing),
    positionMode: isStated ? config.positionMode : null,
  }
}
