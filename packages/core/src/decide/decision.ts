import type { Because } from '../book/because.js'
import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { BookEvent, EventHeader, EventOf, EventType } from '../book/events.js'
import { NEWEST_VERSIONS } from '../book/newest-versions.js'
import type { InputHeader } from '../observe/inputs.js'

/** A decision being made: what it may look at, and what it has recorded so far. The book is never touched. */
export interface Decision {
  readonly book: TrancheBook
  readonly context: DecisionContext
  readonly input: InputHeader
  readonly events: BookEvent[]
  nextTranche: number
  nextIntent: number
}

/** Nothing decided yet. */
export function startDecision(book: TrancheBook, input: InputHeader, context: DecisionContext): Decision {
  const nextIntent = Math.max(book.nextIntent, context.leastIntent ?? 1)
  return { book, context, input, events: [], nextTranche: book.nextTranche, nextIntent }
}

type Body<Type extends EventType> = Omit<EventOf<Type>, keyof EventHeader | 'type'>

/** Why, and what it belongs with; both optional. */
export interface Reason {
  readonly because?: Because
  readonly correlationId?: string
}

/** Records an event of this decision, with the input as its cause. Takes the literal over. */
export function record<Type extends EventType>(
  decision: Decision,
  event: { readonly type: Type } & Body<Type>,
  reason: Reason = {},
): void {
  const { id, time } = decision.input
  const correlationId = reason.correlationId ?? id
  // Written onto the caller's fresh literal: a copy by spread would be an object of the slow kind, and folds three times slower.
  const whole: Header = event
  whole.version = NEWEST_VERSIONS[event.type]
  whole.time = time
  whole.causationId = id
  whole.correlationId = correlationId
  if (reason.because !== undefined) whole.because = reason.because
  assertWhole(whole)
  decision.events.push(whole)
}

type Header = { readonly type: EventType } & { -readonly [Key in keyof EventHeader]?: EventHeader[Key] }

/** The body was typed against its own event, and the header has just been added: together they are the event. */
function assertWhole(_event: object): asserts _event is BookEvent {
  return undefined
}
