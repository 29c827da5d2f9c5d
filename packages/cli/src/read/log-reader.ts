import { applyEvent, type BookEvent, replay, type TrancheBook, TranchebookError, upcast } from '@tranchebook/core'
import { type LogLine, logLineOf } from './log-line.js'
import type { LineReader } from './recording.js'

interface Folding {
  readonly book: TrancheBook
  readonly events: BookEvent[]
}

/** Reads an event log: bare events, each book beginning with BookOpened, or log lines that name their stream. */
export function createLogReader(): LineReader {
  const books = new Map<string, Folding>()
  const broken = new Set<string>()
  let current: string | null = null

  function fold(stream: string, { event: raw, version }: LogLine): string | null {
    const known = books.get(stream)
    const next = (known?.events.length ?? 0) + 1
    if (version !== null && version !== next)
      return `${stream}: expected the event of version ${next}, got that of version ${version}: part of the log is missing or repeated`
    const event = upcast(raw, { stream, version: next })
    if (known === undefined) books.set(stream, { book: replay([event]), events: [event] })
    else {
      applyEvent(known.book, event)
      known.events.push(event)
    }
    return null
  }

  /** What is wrong with an event; whatever follows it in its stream would only repeat the finding. */
  function tryFold(stream: string, line: LogLine): string | null {
    if (broken.has(stream)) return null
    try {
      const problem = fold(stream, line)
      if (problem !== null) broken.add(stream)
      return problem
    } catch (error) {
      if (!(error instanceof TranchebookError)) throw error
      broken.add(stream)
      return error.message
    }
  }

  return {
    take(value) {
      const line = logLineOf(value)
      current = line.stream ?? current
      return current === null ? 'expected the log to begin with BookOpened' : tryFold(current, line)
    },
    finish: () => ({ type: 'log', books: [...books.values()] }),
  }
}
