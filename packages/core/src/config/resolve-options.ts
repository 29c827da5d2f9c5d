import { type CompletedConfig, completeConfig } from './complete-config.js'
import { contradictionsIn, type FoundContradiction } from './contradictions.js'
import { lateIsolation } from './oddities.js'
import type { SymbolOptions } from './option-table.js'
import type { ReadOptions } from './parse-options.js'
import { inside, type Place, refuse } from './place.js'

/** What one level of a configuration comes to, with what it inherited. */
export interface ResolvedOptions extends CompletedConfig {
  readonly options: SymbolOptions
  readonly refused: ReadonlySet<string>
  /** Names of the options that were written, here or above. */
  readonly written: ReadonlySet<string>
  readonly contradictions: readonly FoundContradiction[]
}

/** Lays what was given over what it inherits. */
export function resolveOptions(
  inherited: Pick<ResolvedOptions, 'options' | 'refused' | 'written'>,
  read: ReadOptions<SymbolOptions>,
): ResolvedOptions {
  const options = { ...inherited.options, ...read.given }
  const refused = new Set([...inherited.refused, ...read.refused])
  const written = new Set([...inherited.written, ...Object.keys(read.given)])
  const { config, warnings } = completeConfig(options)
  return {
    options,
    refused,
    written,
    contradictions: contradictionsIn(options, refused),
    config,
    warnings: [...warnings, ...lateIsolation(options, written)],
  }
}

/** Records the contradictions of a level at its place, except those that stand at the level above already. */
export function refuseContradictions(
  found: readonly FoundContradiction[],
  above: readonly FoundContradiction[],
  place: Place,
): void {
  const known = new Set(above.map(({ message }) => message))
  for (const { option, message } of found) {
    if (!known.has(message)) refuse(inside(place, option), 'option.contradiction', message)
  }
}
