import process from 'node:process'
import { streamOf } from '@tranchebook/core'
import type { TailRequest } from '../control/books-request.js'
import { newestEvents } from '../control/placed-events.js'
import { ofStream } from '../control/stream-name.js'
import { untilNextLook } from '../control/until-next-look.js'
import { type Look, watchBooks } from '../control/watch-books.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { eventLine, type PlacedEvent } from '../format/event-line.js'
import { jsonLine } from '../format/visible-text.js'
import type { PlayedBook } from '../run/run-recording.js'
import type { Terminal } from '../terminal.js'

const USUAL_LINES = 20
const LOOK_MS = 500

/** What was recorded since the last look; the first look gives the newest ones. */
function createNews(count: number): (books: readonly PlayedBook[]) => readonly PlacedEvent[] {
  const seen = new Map<string, number>()
  let isFirst = true
  return (books) => {
    const fresh = isFirst
      ? newestEvents(books, count)
      : books.flatMap(({ book, events }) => {
          const after = seen.get(streamOf(book)) ?? 0
          return events
            .slice(after)
            .map((event, index) => ({ stream: streamOf(book), version: after + index + 1, event }))
        })
    for (const { book, events } of books) seen.set(streamOf(book), events.length)
    isFirst = false
    return fresh
  }
}

async function printNews(look: Look, request: TailRequest, terminal: Terminal): Promise<void> {
  const { lines = USUAL_LINES, json = false, follow = false, file } = request
  const stop = new AbortController()
  const end = (): void => {
    stop.abort()
  }
  if (follow) for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, end)
  const newsOf = createNews(lines)
  while (!stop.signal.aborted) {
    const { played } = await look()
    for (const placed of newsOf(played.books))
      await terminal.print(json ? jsonLine(placed) : eventLine(placed, terminal.hasColour))
    if (!follow || file !== undefined) return
    await untilNextLook(LOOK_MS, stop.signal)
  }
}

/** Prints the newest events, and with `--follow` those that come. @throws {CommandFailure} when there is no log to read */
export async function runLogTail(stream: string | null, request: TailRequest, terminal: Terminal): Promise<ExitCode> {
  await watchBooks(ofStream(stream, request), terminal, async (look) => printNews(look, request, terminal))
  return EXIT.fine
}
