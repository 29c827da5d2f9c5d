import process from 'node:process'
import type { TailRequest } from '../control/books-request.js'
import { ofStream } from '../control/stream-name.js'
import { untilNextLook } from '../control/until-next-look.js'
import { type EventsLook, watchEvents } from '../control/watch-events.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { eventLine } from '../format/event-line.js'
import { jsonLine } from '../format/visible-text.js'
import { tellFailure } from '../tell-failure.js'
import type { Terminal } from '../terminal.js'

const USUAL_LINES = 20
const LOOK_MS = 500

/** The answer is how it ends. */
async function printNews(look: EventsLook, request: TailRequest, terminal: Terminal): Promise<ExitCode> {
  const { json = false, follow = false } = request
  let exitCode: ExitCode = EXIT.fine
  const stop = new AbortController()
  const end = (): void => {
    stop.abort()
  }
  if (follow) for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, end)
  while (!stop.signal.aborted) {
    const { events, failures, isOver } = await look()
    for (const placed of events) await terminal.print(json ? jsonLine(placed) : eventLine(placed, terminal.hasColour))
    for (const failure of failures) tellFailure(terminal, failure)
    if (failures.length > 0) exitCode = EXIT.badInput
    if (!follow || isOver) break
    await untilNextLook(LOOK_MS, stop.signal)
  }
  return exitCode
}

/** Prints the newest events, and with `--follow` those that come. @throws {CommandFailure} when there is no log to read */
export async function runLogTail(stream: string | null, request: TailRequest, terminal: Terminal): Promise<ExitCode> {
  const { lines: count = USUAL_LINES } = request
  let exitCode: ExitCode = EXIT.fine
  await watchEvents({ ...ofStream(stream, request), count }, terminal, async (look) => {
    exitCode = await printNews(look, request, terminal)
  })
  return exitCode
}
