import fc from 'fast-check'
import { LawError } from './law-error.js'

/** How long a law is tried. */
export interface LawOptions {
  /** Cases to try; 100 unless the environment variable `LAW_RUNS` says more. */
  readonly runs?: number
  /** Repeats a failed run: the seed its message names. The environment variable `LAW_SEED` does the same for all laws. */
  readonly seed?: number
}

const DEFAULT_RUNS = 100

/** Cases a law is tried with. */
function lawRuns(options: LawOptions = {}): number {
  return options.runs ?? Number(process.env['LAW_RUNS'] ?? DEFAULT_RUNS)
}

/** Parameters for properties of your own that keep to the same number of runs. */
export function lawParameters(options: LawOptions = {}): { readonly numRuns: number; readonly seed?: number } {
  const told = process.env['LAW_SEED']
  const seed = options.seed ?? (told === undefined ? undefined : Number(told))
  return { numRuns: lawRuns(options), ...(seed === undefined ? {} : { seed }) }
}

/**
 * Tries a law on generated cases; a failure names the smallest case found (as `describe` tells it), the seed and the path to it.
 *
 * @throws {LawError} `testkit.law-broken`
 */
export function runLaw<Case>(
  law: fc.IPropertyWithHooks<Case>,
  options: LawOptions = {},
  describe: (smallest: Case) => string = fc.stringify,
): void {
  const outcome = fc.check(law, lawParameters(options))
  if (!outcome.failed) return
  const { counterexample, seed, counterexamplePath: path, errorInstance: cause, numRuns } = outcome
  const reason = cause instanceof Error ? cause.message : String(cause)
  const smallest = counterexample === null ? 'none' : describe(counterexample)
  const where = `seed ${seed}, path "${path ?? ''}", after ${numRuns} runs; LAW_SEED=${seed} repeats it`
  throw new LawError('a generated case', `${reason}\nsmallest case: ${smallest}\n(${where})`, {
    details: { seed },
    cause,
  })
}
