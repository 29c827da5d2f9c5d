import process from 'node:process'
import type { WatchRequest } from '../control/books-request.js'
import { positionJson } from '../control/position-json.js'
import { type ReportedPosition, reportBooks } from '../control/report-books.js'
import { untilNextLook } from '../control/until-next-look.js'
import { type Look, watchBooks } from '../control/watch-books.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { positionList } from '../format/position-list.js'
import { jsonLine, visibleLine } from '../format/visible-text.js'
import type { BrokenBook } from '../read/recording.js'
import { exitCodeOf } from '../run/tell-broken.js'
import type { Terminal } from '../terminal.js'

const USUAL_MS = 1000
const HOME_AND_CLEAR = '\u001b[H\u001b[J'

interface Watching {
  readonly request: WatchRequest
  readonly terminal: Terminal
  readonly signal: AbortSignal
}

/** What is not shown is named again each time: what was told before is cleared away with the table. */
function textOf(
  positions: readonly ReportedPosition[],
  broken: readonly BrokenBook[],
  { hasColour, canClear }: Terminal,
): string {
  const table = positions.length === 0 ? 'no position is open' : positionList(positions, hasColour)
  const missing = broken.map(({ failure }) => `\nNOT SHOWN: ${visibleLine(failure.lines.what)}`).join('')
  return `${canClear ? HOME_AND_CLEAR : ''}${table}${missing}\n`
}

/** Looks again and again until the signal, and prints what is different from the last look. The answer is how it ends. */
async function showAgain(look: Look, { request, terminal, signal }: Watching): Promise<ExitCode> {
  let shown = ''
  let exitCode: ExitCode = EXIT.fine
  while (!signal.aborted) {
    const loaded = await look()
    exitCode = exitCodeOf(loaded.played)
    const positions = reportBooks(loaded)
      .flatMap((reported) => reported.positions)
      .filter(({ group }) => group.quantity !== '0')
    const json = { schema: 'tranchebook/positions/1', positions: positions.map(positionJson) }
    const text = request.json === true ? jsonLine(json) : textOf(positions, loaded.played.broken, terminal)
    if (text !== shown) await terminal.print(text)
    shown = text
    if (request.file !== undefined) break
    await untilNextLook(request.every ?? USUAL_MS, signal)
  }
  return exitCode
}

/** Shows what is held, whenever it is different, until interrupted. @throws {CommandFailure} when the books cannot be read */
export async function runPositionWatch(request: WatchRequest, terminal: Terminal): Promise<ExitCode> {
  const stop = new AbortController()
  const end = (): void => {
    stop.abort()
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, end)
  const { signal } = stop
  let exitCode: ExitCode = EXIT.fine
  await watchBooks(request, terminal, async (look) => {
    exitCode = await showAgain(look, { request, terminal, signal })
  })
  return exitCode
}
