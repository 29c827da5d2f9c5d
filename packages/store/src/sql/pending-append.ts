import type { Appended, AppendOptions, ExpectedVersion } from '../event-store.js'
import type { SerialEvent } from '../log/serialise-event.js'

/** Changes to the projections as JSON texts, by event. */
export type Changes = readonly (readonly string[])[]

/** An append that waits for its turn. */
export interface PendingAppend {
  readonly stream: string
  readonly expected: ExpectedVersion
  readonly epoch: number | null
  readonly events: readonly SerialEvent[]
  readonly first: SerialEvent
  readonly changes: Changes | null
  /** Characters of the events. */
  readonly size: number
  /** Epoch ms after which no further attempt starts. */
  readonly deadline: number
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
  /** Not to be joined with other appends to its stream: an attempt together with them was refused. */
  isSolo: boolean
  /** To be sent by itself: a batch with it failed as a whole. */
  isAlone: boolean
  /** An earlier attempt may have succeeded. */
  isDoubtful: boolean
}

/** What an append is made of. */
export interface AppendRequest {
  readonly stream: string
  readonly options: AppendOptions
  readonly events: readonly SerialEvent[]
  /** `null` = the projections are left out, and become stale. */
  readonly changes: Changes | null
}

interface Settlement {
  readonly deadline: number
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
}

function charactersOf(events: readonly SerialEvent[]): number {
  let characters = 0
  for (const { data, metadata } of events) characters += data.length + (metadata?.length ?? 0)
  return characters
}

/** Puts a request into the form in which it waits. */
export function pendingOf(request: AppendRequest, { deadline, resolve, reject }: Settlement): PendingAppend {
  const { stream, options, events, changes } = request
  const [first] = events
  if (first === undefined) throw new RangeError('an append has at least one event')
  return {
    stream,
    expected: options.expected,
    epoch: options.epoch ?? null,
    events,
    first,
    changes,
    size: charactersOf(events),
    deadline,
    resolve,
    reject,
    isSolo: false,
    isAlone: false,
    isDoubtful: false,
  }
}
