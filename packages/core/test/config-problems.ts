import { ConfigError } from '../src/errors.js'
import type { ConfigProblem } from '../src/config/place.js'

/** What a configuration error lists; nothing if nothing was thrown. Other errors pass. */
export function problemsOf(act: () => unknown): readonly ConfigProblem[] {
  try {
    act()
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'config.invalid') {
      return error.details['problems'] as readonly ConfigProblem[]
    }
    throw error
  }
  return []
}
