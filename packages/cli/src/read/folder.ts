import { applyEvent, type BookEvent, replay, type TrancheBook, TranchebookError } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import type { BrokenBook, RecordedBook } from './recording.js'

interface Folding {
  readonly book: TrancheBook
  readonly events: BookEvent[]
}

/** An event of a stream, and where people find it. */
export interface FoldedEvent {
  readonly stream: string
  readonly event: BookEvent
  /** Such as `line 7`. */
  readonly where: string
  /** What to do, should it not fit. */
  readonly advice: string
}

/** Folds events of any streams, in the order they come. One that does not fit ends its own book, no other. */
export interface Folder {
  take(folded: FoldedEvent): void
  /** Leaves a book out, whatever comes of it later. */
  giveUp(stream: string, failure: CommandFailure): void
  readonly books: readonly RecordedBook[]
  readonly broken: readonly BrokenBook[]
}

/** A log that does not fold. `got` is what is wrong with the event. */
export function doesNotFold(
  { stream, where, advice }: Omit<FoldedEvent, 'event'>,
  got: string,
  cause?: unknown,
): CommandFailure {
  const expected = `expected an event that fits the book before it; got: ${got}`
  return new CommandFailure({ what: `the log of ${stream} does not fold: ${where}`, expected, advice }, { cause })
}

/** Nothing folded yet. */
export function createFolder(): Folder {
  const books = new Map<string, Folding>()
  const broken = new Map<string, BrokenBook>()

  function fold(stream: string, event: BookEvent): void {
    const known = books.get(stream)
    if (known === undefined) books.set(stream, { book: replay([event]), events: [event] })
    else {
      applyEvent(known.book, event)
      known.events.push(event)
    }
  }

  function giveUp(stream: string, failure: CommandFailure): void {
    if (broken.has(stream)) return
    books.delete(stream)
    broken.set(stream, { stream, failure })
  }

  return {
    take(folded) {
      const { stream, event } = folded
      if (broken.has(stream)) return
      try {
        fold(stream, event)
      } catch (error) {
        if (!(error instanceof TranchebookError)) throw error
        giveUp(stream, doesNotFold(folded, error.message, error))
      }
    },
    giveUp,
    get books() {
      return [...books.values()]
    },
    get broken() {
      return [...broken.values()]
    },
  }
}
