import type { Because } from '../book/because.js'
import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { BookEvent, EventHeader, EventOf, EventType } from '../book/events.js'
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
  return { book, context, input, events: [], nextTranche: book.nextTranche, nextIntent: book.nextIntent }
}

type Body<Type extends EventType> = Omit<EventOf<Type>, keyof EventHeader | 'type'>

/** Why, and what it belongs with; both optional. */
export interface Reason {
  readonly because?: Because
  readonly correlationId?: string
}

/** Records an event of this decision, with the input as its cause. */
export function record<Type extends EventType>(
  decision: Decision,
  event: { readonly type: Type } & Body<Type>,
  reason: Reason = {},
): void {
  const header = {
    version: 1,
    time: decision.input.time,
    causationId: decision.input.id,
    correlationId: reason.correlationId ?? decision.input.id,
    ...(reason.because === undefined ? {} : { because: reason.because }),
  }
  // The body is typed against the event's own type above; only the header is added here.
  decision.events.push({ ...event, ...header } as unknown as BookEvent)
}
