import process from 'node:process'
import { upcast } from '@tranchebook/core'
import type { TailRequest } from '../control/books-request.js'
import { loadBooks } from '../control/load-books.js'
import { newestEvents } from '../control/placed-events.js'
import { ofStream } from '../control/stream-name.js'
import { useStore } from '../database/use-store.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { eventLine, type PlacedEvent } from '../format/event-line.js'
import { jsonLine } from '../format/visible-text.js'
import type { Terminal } from '../terminal.js'

const USUAL_LINES = 20

function lineOf({ stream, version, event }: PlacedEvent, isJson: boolean, hasColour: boolean): string {
  return isJson ? jsonLine({ stream, version, event }) : eventLine({ stream, version, event }, hasColour)
}

/** Follows a store until it is interrupted. */
async function follow(stream: string | null, request: TailRequest, terminal: Terminal): Promise<void> {
  const { lines = USUAL_LINES, json = false } = request
  const stop = new AbortController()
  const end = (): void => {
    stop.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
  await useStore(request, {
    decode: upcast,
    work: async (store) => {
      const after = Math.max(0, (await store.logHead()).position - lines)
      for await (const batch of store.subscribe({ after, signal: stop.signal }))
        for (const stored of batch)
          if (stream === null || stored.stream === stream)
            await terminal.print(lineOf(stored, json, terminal.hasColour))
    },
  })
}

/** Prints the newest events, and with `--follow` those that come. @throws {CommandFailure} when there is no log to read */
export async function runLogTail(stream: string | null, request: TailRequest, terminal: Terminal): Promise<ExitCode> {
  if (request.follow === true && request.file === undefined) {
    await follow(stream, request, terminal)
    return EXIT.fine
  }
  const { played } = await loadBooks(ofStream(stream, request), terminal)
  const { lines = USUAL_LINES, json = false } = request
  for (const placed of newestEvents(played.books, lines)) await terminal.print(lineOf(placed, json, terminal.hasColour))
  return EXIT.fine
}
