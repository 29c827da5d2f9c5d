import { ConfigError } from '../errors.js'
import type { ConfigProblem } from './place.js'

function line({ path, message }: ConfigProblem): string {
  return `- ${path === '' ? 'configuration' : path}: ${message}`
}

/**
 * Throws everything that was found, if anything was.
 *
 * @throws {ConfigError} `config.invalid`, with a line for each problem and `details.problems`.
 */
export function assertNoProblems(problems: readonly ConfigProblem[]): void {
  if (problems.length === 0) return
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  const lines = problems.map(line).join('\n')
  throw new ConfigError('config.invalid', `${count} in the configuration:\n${lines}`, { details: { problems } })
}
