import type { Sabotage } from './sabotage.js'

/** A bug that is planted on purpose: a net that does not catch it has a hole. */
export interface Bug {
  readonly name: string
  /** What the program does wrong. */
  readonly story: string
  /** Asked anew for every seed, so that nothing is carried from one to the next. */
  readonly plant: () => Sabotage
}
