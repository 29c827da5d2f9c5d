import fc from 'fast-check'
import { LawError } from './law-error.js'

/** How long a law is tried. */
export interface LawOptions {
  /** Cases to try; 100 unless the environment variable `LAW_RUNS` says more. */
  readonly runs?: number
  /** Repeats a failed run: the seed its message names. */
  readonly seed?: number
}

const DEFAULT_RUNS = 100

/** Cases a law is tried with. */
export function lawRuns(options: LawOptions = {}): number {
  return options.runs ?? Number(process.env['LAW_RUNS'] ?? DEFAULT_RUNS)
}

/** Parameters for properties of your own that keep to the same number of runs. */
export function lawParameters(options: LawOptions = {}): { readonly numRuns: number; readonly seed?: number } {
  return { numRuns: lawRuns(options), ...(options.seed === undefined ? {} : { seed: options.seed }) }
}

/**
 * Tries a law on generated cases; a failure names the smallest case found, the seed and the path to it.
 *
 * @throws {LawError} `testkit.law-broken`
 */
export function runLaw<Case>(law: fc.IProperty<Case>, options: LawOptions = {}): void {
  const outcome = fc.check(law, lawParameters(options))
  if (!outcome.failed) return
  const { counterexample, seed, counterexamplePath, errorInstance } = outcome
  const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
  const where = `seed ${seed}, path "${counterexamplePath ?? ''}", after ${outcome.numRuns} runs`
  throw new LawError('a generated case', `${reason}\nsmallest case: ${fc.stringify(counterexample)}\n(${where})`, {
    seed,
  })
}
