import { applyEvent, type BookEvent, replay, type TrancheBook } from '@tranchebook/core'
import { parseEvent } from './parse-event.js'
import type { LineReader } from './recording.js'

interface Folding {
  readonly book: TrancheBook
  readonly events: BookEvent[]
}

function streamOfOpened(event: BookEvent): string | null {
  return event.type === 'BookOpened' ? `${event.account}/${event.symbol}` : null
}

/** Reads an event log: bare events, each book beginning with BookOpened, or log lines that name their stream. */
export function createLogReader(): LineReader {
  const books = new Map<string, Folding>()
  const broken = new Set<string>()
  let current: string | null = null

  function fold(stream: string, event: BookEvent): void {
    const known = books.get(stream)
    if (known === undefined) books.set(stream, { book: replay([event]), events: [event] })
    else {
      applyEvent(known.book, event)
      known.events.push(event)
    }
  }

  return {
    take(value) {
      try {
        const { stream, event } = parseEvent(value)
        current = stream ?? streamOfOpened(event) ?? current
        if (current === null) return `expected the log to begin with BookOpened, got ${event.type}`
        if (!broken.has(current)) fold(current, event)
        return null
      } catch (error) {
        // One event that does not fit: whatever follows it in its stream would only repeat the finding.
        if (current !== null) broken.add(current)
        return error instanceof Error ? error.message : String(error)
      }
    },
    finish: () => ({ type: 'log', books: [...books.values()] }),
  }
}
