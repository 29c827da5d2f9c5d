import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import type { WatchRequest } from '../control/books-request.js'
import { loadBooks } from '../control/load-books.js'
import { positionJson } from '../control/position-json.js'
import { type ReportedPosition, reportBooks } from '../control/report-books.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { positionList } from '../format/position-list.js'
import { jsonLine } from '../format/visible-text.js'
import type { Terminal } from '../terminal.js'

const USUAL_MS = 1000
const HOME_AND_CLEAR = '\u001b[H\u001b[J'

function textOf(positions: readonly ReportedPosition[], { hasColour, isInteractive }: Terminal): string {
  const table = positions.length === 0 ? 'no position is open' : positionList(positions, hasColour)
  return `${isInteractive ? HOME_AND_CLEAR : ''}${table}\n`
}

async function untilNextLook(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

/** Shows what is held, again and again until interrupted; off a terminal only what changed. @throws {CommandFailure} when the books cannot be read */
export async function runPositionWatch(request: WatchRequest, terminal: Terminal): Promise<ExitCode> {
  const stop = new AbortController()
  const end = (): void => {
    stop.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
  let shown = ''
  while (!stop.signal.aborted) {
    const loaded = await loadBooks(request, terminal)
    const positions = reportBooks(loaded)
      .flatMap((reported) => reported.positions)
      .filter(({ group }) => group.quantity !== '0')
    const json = { schema: 'tranchebook/positions/1', positions: positions.map(positionJson) }
    const text = request.json === true ? jsonLine(json) : textOf(positions, terminal)
    if (text !== shown || terminal.isInteractive) await terminal.print(text)
    shown = text
    if (request.file !== undefined) break
    await untilNextLook(request.every ?? USUAL_MS, stop.signal)
  }
  return EXIT.fine
}
