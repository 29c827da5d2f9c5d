import { askedOptions } from './complete-config.js'
import { assertNoProblems } from './config-problem.js'
import type { KnownNames } from './parse-config.js'
import { parseSymbolOptions } from './parse-options.js'
import type { Place } from './place.js'
import { refuseContradictions, resolveOptions } from './resolve-options.js'
import type { SymbolConfig } from './symbol-config.js'

const NOTHING: ReadonlySet<string> = new Set()

/**
 * Lays some options, written as in a file, over a resolved configuration. What is not mentioned stays; scaled take profit
 * that was switched off for bad levels comes back once they are good.
 *
 * @throws {ConfigError} `config.invalid` with everything that is wrong; paths are option names.
 */
export function changeConfig(current: SymbolConfig, options: unknown, known: KnownNames = {}): SymbolConfig {
  const place: Place = { path: '', problems: [], closingRules: known.closingRules ?? [] }
  const inherited = { options: askedOptions(current), refused: NOTHING, written: NOTHING }
  const resolved = resolveOptions(inherited, parseSymbolOptions(options, place))
  refuseContradictions(resolved.contradictions, [], place)
  assertNoProblems(place.problems)
  return resolved.config
}
