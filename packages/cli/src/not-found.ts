import { closestName } from '@tranchebook/core'
import { CommandFailure } from './command-failure.js'
import { listNames } from './format/list-names.js'

/** What the three lines say besides the names. */
export interface NotFoundWords {
  readonly what: string
  /** What was expected, where there is nothing of that kind. */
  readonly none: string
  /** What to do, where nothing is called nearly so. */
  readonly advice: string
}

/** Something that was asked for and is not there; `names` are those that are. */
export function notFound(
  name: string,
  names: readonly string[],
  { what, none, advice }: NotFoundWords,
): CommandFailure {
  const closest = closestName(name, names)
  return new CommandFailure({
    what,
    expected: names.length === 0 ? none : `expected one of ${listNames(names)}; got ${name}`,
    advice: closest === null ? advice : `did you mean ${closest}?`,
  })
}
