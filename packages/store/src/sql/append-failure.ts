import { conflictOfEvent } from '../log/conflicts.js'
import { AppendError, type AppendOutcome } from '../store-errors.js'
import type { FailureKind } from './classify-failure.js'
import type { PendingAppend } from './pending-append.js'

interface Wording {
  readonly code: string
  readonly outcome: AppendOutcome
  readonly advice: string
}

const WORDINGS: Readonly<Record<Exclude<FailureKind, 'taken'>, Wording>> = {
  'not-sent': {
    code: 'store.append.not-sent',
    outcome: 'not-sent',
    advice: 'the database could not be reached in time: nothing was appended',
  },
  'rolled-back': {
    code: 'store.append.rolled-back',
    outcome: 'refused',
    advice: 'the database rolled it back each time: nothing was appended',
  },
  full: {
    code: 'store.append.disk-full',
    outcome: 'refused',
    advice: 'the database has no room: nothing was appended; make room, then go on',
  },
  refused: {
    code: 'store.append.refused',
    outcome: 'refused',
    advice: 'the database refused it: nothing was appended',
  },
  unknown: {
    code: 'store.append.outcome-unknown',
    outcome: 'unknown',
    advice:
      'the answer was lost and asking again failed: append the same events again, or read the stream, before deciding',
  },
}

/** What the caller of an append is told when it ends without an answer. */
export function failureOf(append: PendingAppend, kind: FailureKind, cause: unknown): Error {
  const { stream, first, events, isDoubtful } = append
  if (kind === 'taken') return conflictOfEvent(stream, events.length === 1 ? first.id : null)
  const { code, outcome, advice } = WORDINGS[isDoubtful ? 'unknown' : kind]
  const why = cause instanceof Error ? cause.message : String(cause)
  const details = { stream, events: events.length, firstId: first.id }
  return new AppendError(code, `append of ${events.length} events to ${stream}: ${advice} (${why})`, {
    outcome,
    details,
    cause,
  })
}
