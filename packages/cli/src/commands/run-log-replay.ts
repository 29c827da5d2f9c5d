import {
  formatRegression,
  historyOf,
  type LogRegression,
  redecideLog,
  replay,
  reportBook,
  stateHash,
} from '@tranchebook/core'
import type { LogReplayRequest } from '../control/books-request.js'
import { loadBooks } from '../control/load-books.js'
import type { LoadedBooks } from '../control/loaded-books.js'
import { ofStream } from '../control/stream-name.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { formatReplay } from '../format/replay-tables.js'
import { jsonText, visibleText } from '../format/visible-text.js'
import { type ReplayReport, viewPointOf } from '../run/report-replay.js'
import { type PlayedBook, runOptionsOf } from '../run/run-recording.js'
import { exitCodeOf } from '../run/tell-broken.js'
import type { Terminal } from '../terminal.js'

/** A book as it was after some of its events. */
function upTo(played: PlayedBook, until: number): PlayedBook {
  if (until >= played.events.length) return played
  const events = played.events.slice(0, until)
  return { book: replay(events), events, market: null }
}

function reportOf({ played, rules }: LoadedBooks, until: number): ReplayReport {
  // Before its first event there is no book, as in a store that is read so far only.
  const books = until === 0 ? [] : played.books.map((one) => upTo(one, until))
  return {
    schema: 'tranchebook/replay/1',
    events: books.reduce((sum, { events }) => sum + events.length, 0),
    books: books.map((one) =>
      reportBook(one.book, {
        history: historyOf(one.events),
        stateHash: stateHash(one.book),
        at: viewPointOf(one, rules),
      }),
    ),
  }
}

/** Decides every log again. That something falls otherwise than it was recorded is an answer, with an exit code of its own. */
function decideAgain({ played, rules }: LoadedBooks): readonly LogRegression[] {
  return played.books.map(({ events }) => redecideLog(events, runOptionsOf(rules, 'trade')))
}

/** Folds the log of a store as it was decided then, or decides it again. @throws {CommandFailure} when there is no log to read */
export async function runLogReplay(
  stream: string | null,
  request: LogReplayRequest,
  terminal: Terminal,
): Promise<ExitCode> {
  const loaded = await loadBooks(ofStream(stream, request), terminal)
  if (request.again === true) {
    const regressions = decideAgain(loaded)
    const text = `${visibleText(regressions.flatMap((one) => formatRegression(one)).join('\n'))}\n`
    await terminal.print(request.json === true ? jsonText({ schema: 'tranchebook/redecide/1', regressions }) : text)
    const isDifferent = regressions.some(({ differences }) => differences.length > 0)
    return exitCodeOf(loaded.played, isDifferent ? EXIT.different : EXIT.fine)
  }
  const report = reportOf(loaded, request.until ?? Infinity)
  await terminal.print(request.json === true ? jsonText(report) : formatReplay(report, terminal.hasColour))
  return exitCodeOf(loaded.played)
}
