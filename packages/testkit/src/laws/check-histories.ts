import fc from 'fast-check'
import type { History } from '../arbitraries/histories.js'
import { reportCounterexample } from '../lines/report-counterexample.js'
import { type LawOptions, runLaw } from './run-law.js'

/** How a law about whole lives of a book is tried, and where a failing life is kept. */
export interface HistoryLawOptions extends LawOptions {
  /** Names the files of a failing case. */
  readonly name: string
  /** Folder for those files; the environment variable `LAW_FAILURES`, or `law-failures`, where it is absent. */
  readonly folder?: string
}

const DEFAULT_FOLDER = 'law-failures'

/**
 * Tries a law on generated lives of a book. A failing one is shrunk, then kept as an input file, a configuration and the market's
 * filters, which `tranchebook replay` opens; the error names seed, path and the command.
 *
 * @throws {LawError} `testkit.law-broken`
 */
export function checkHistories<Life extends History>(
  lives: fc.Arbitrary<Life>,
  law: (life: Life) => void,
  options: HistoryLawOptions,
): void {
  const folder = options.folder ?? process.env['LAW_FAILURES'] ?? DEFAULT_FOLDER
  const property = fc.property(lives, law)
  runLaw(property, options, ([{ inputs, config, market }]) => {
    const { command } = reportCounterexample(folder, { inputs, config, market, name: options.name })
    return `${inputs.length} inputs, kept as files\n  ${command}`
  })
}
