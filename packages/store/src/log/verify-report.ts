import type { Whereabouts } from './event-record.js'

/** What is wrong with a log. */
export type VerifyCode =
  | 'hash-differs'
  | 'event-missing'
  | 'event-out-of-place'
  | 'event-undecodable'
  | 'tail-missing'
  | 'head-differs'
  | 'older-than-anchor'
  | 'differs-from-anchor'
  | 'log-unreadable'

/** One finding, and where. */
export interface VerifyProblem {
  readonly code: VerifyCode
  readonly message: string
  readonly at: Whereabouts
}

/**
 * Outcome of a verification. `corrupt` = something is not as it was recorded; `unreadable` = what can be read is whole, but
 * some of it only by a newer program, or not at all. `exitCode`: 0 clean, 1 corrupt, 2 unreadable.
 */
export interface VerifyReport {
  readonly status: 'clean' | 'corrupt' | 'unreadable'
  readonly exitCode: 0 | 1 | 2
  readonly events: number
  readonly streams: number
  /** The finding with the lowest position among those that make the log what `status` says, or `null`. */
  readonly firstBad: VerifyProblem | null
  /** At most {@link MAX_PROBLEMS} of each code. */
  readonly problems: readonly VerifyProblem[]
}

/** Findings of one code that a report lists. */
export const MAX_PROBLEMS = 100
