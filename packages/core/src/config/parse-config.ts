import { askedOptions } from './complete-config.js'
import { assertNoProblems } from './config-problem.js'
import { DEFAULT_CONFIG, DEFAULT_FILE, DEFAULT_LIMITS } from './default-config.js'
import { SYMBOL_PATTERN } from './options/file-options.js'
import { parseAccountOptions, parseObject, parseSymbolOptions, parseTopOptions } from './parse-options.js'
import { inside, type Place, refuse, shown } from './place.js'
import { refuseContradictions, type ResolvedOptions, resolveOptions } from './resolve-options.js'
import type { SymbolConfig, TranchebookConfig } from './symbol-config.js'

/** What a configuration may refer to. */
export interface KnownNames {
  /** Closing rules registered besides the built-in ones. */
  readonly closingRules?: readonly string[]
}

const NOTHING: ReadonlySet<string> = new Set()

function parseDefaultsSection(value: unknown, place: Place): ResolvedOptions {
  const inherited = { options: askedOptions(DEFAULT_CONFIG), refused: NOTHING, written: NOTHING }
  const resolved = resolveOptions(inherited, parseSymbolOptions(value, place))
  refuseContradictions(resolved.contradictions, [], place)
  return resolved
}

function refuseSymbol(symbol: string, place: Place): void {
  const upper = symbol.toUpperCase()
  const advice = new RegExp(SYMBOL_PATTERN).test(upper) ? `did you mean "${upper}"?` : 'write it as the venue does'
  const expected = 'expected a symbol such as "BTCUSDT", without lower case letters, spaces or slashes'
  refuse(place, 'option.type', `${expected}, got ${shown(symbol)}; ${advice}`)
}

type NamedOptions = readonly [string, ResolvedOptions]

function parseSymbols(value: unknown, defaults: ResolvedOptions, place: Place): readonly NamedOptions[] {
  return Object.entries(parseObject(value, place) ?? {}).map(([symbol, options]) => {
    const here = inside(place, symbol)
    if (!new RegExp(SYMBOL_PATTERN).test(symbol)) refuseSymbol(symbol, here)
    const resolved = resolveOptions(defaults, parseSymbolOptions(options, here))
    refuseContradictions(resolved.contradictions, defaults.contradictions, here)
    return [symbol, resolved]
  })
}

function warningsOf(defaults: ResolvedOptions, symbols: readonly NamedOptions[]): readonly string[] {
  const known = new Set(defaults.warnings)
  return [
    ...defaults.warnings.map((warning) => `defaults.${warning}`),
    ...symbols.flatMap(([symbol, { warnings }]) =>
      warnings.filter((warning) => !known.has(warning)).map((warning) => `symbols.${symbol}.${warning}`),
    ),
  ]
}

/**
 * Parses a configuration file: every option validated, defaults filled in, every symbol resolved. `0`, `false` and `null`
 * stay what they are.
 *
 * @throws {ConfigError} `config.invalid` with everything that is wrong, not only the first.
 */
export function parseConfig(value: unknown, known: KnownNames = {}): TranchebookConfig {
  const place: Place = { path: '', problems: [], closingRules: known.closingRules ?? [] }
  const file = parseObject(value, place) ?? {}
  const section = (name: string): unknown => (Object.hasOwn(file, name) ? file[name] : {})
  const top = parseTopOptions(file, place).given
  const limits = parseAccountOptions(section('limits'), inside(place, 'limits')).given
  const defaults = parseDefaultsSection(section('defaults'), inside(place, 'defaults'))
  const symbols = parseSymbols(section('symbols'), defaults, inside(place, 'symbols'))
  assertNoProblems(place.problems)
  return {
    ...DEFAULT_FILE,
    ...top,
    limits: { ...DEFAULT_LIMITS, ...limits },
    defaults: defaults.config,
    symbols: Object.fromEntries(symbols.map(([symbol, { config }]) => [symbol, config])),
    warnings: warningsOf(defaults, symbols),
  }
}

/** The options of a symbol: its own where it is listed, the defaults otherwise. */
export function configFor(config: TranchebookConfig, symbol: string): SymbolConfig {
  return (Object.hasOwn(config.symbols, symbol) ? config.symbols[symbol] : undefined) ?? config.defaults
}
