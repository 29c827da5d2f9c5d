import process from 'node:process'
import type { TailRequest } from '../control/books-request.js'
import { ofStream } from '../control/stream-name.js'
import { untilNextLook } from '../control/until-next-look.js'
import { type EventsLook, watchEvents } from '../control/watch-events.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { eventLine } from '../format/event-line.js'
import { jsonLine } from '../format/visible-text.js'
import type { Terminal } from '../terminal.js'

const USUAL_LINES = 20
const LOOK_MS = 500

async function printNews(look: EventsLook, request: TailRequest, terminal: Terminal): Promise<void> {
  const { json = false, follow = false, file } = request
  const stop = new AbortController()
  const end = (): void => {
    stop.abort()
  }
  if (follow) for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, end)
  while (!stop.signal.aborted) {
    const { events, failure } = await look()
    for (const placed of events) await terminal.print(json ? jsonLine(placed) : eventLine(placed, terminal.hasColour))
    if (failure !== null) throw failure
    if (!follow || file !== undefined) return
    await untilNextLook(LOOK_MS, stop.signal)
  }
}

/** Prints the newest events, and with `--follow` those that come. @throws {CommandFailure} when there is no log to read */
export async function runLogTail(stream: string | null, request: TailRequest, terminal: Terminal): Promise<ExitCode> {
  const { lines: count = USUAL_LINES } = request
  await watchEvents({ ...ofStream(stream, request), count }, terminal, async (look) =>
    printNews(look, request, terminal),
  )
  return EXIT.fine
}
