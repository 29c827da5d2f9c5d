import { openTimeline, streamOf } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import type { DiffRequest } from '../control/books-request.js'
import { loadBooks } from '../control/load-books.js'
import { ofStream } from '../control/stream-name.js'
import type { ExitCode } from '../exit-codes.js'
import { changeTable } from '../format/change-table.js'
import { eventLine } from '../format/event-line.js'
import { jsonText } from '../format/visible-text.js'
import type { PlayedBook } from '../run/run-recording.js'
import { exitCodeOf } from '../run/tell-broken.js'
import type { Terminal } from '../terminal.js'

interface Versions {
  readonly from: number
  readonly to: number
}

function versionsOf({ from, to }: DiffRequest, newest: number): Versions {
  const last = to ?? newest
  const versions = { from: from ?? Math.max(0, last - 1), to: last }
  if (versions.from <= newest && versions.to <= newest && versions.from < versions.to) return versions
  throw new CommandFailure({
    what: `no versions from ${versions.from} to ${versions.to}`,
    expected: `expected two versions from 0 (nothing happened yet) to ${newest}, the earlier one first`,
    advice: 'tranchebook log tail shows the newest versions',
  })
}

function eventLines({ book, events }: PlayedBook, { from, to }: Versions, hasColour: boolean): string {
  return events
    .slice(from, to)
    .map((event, index) => eventLine({ stream: streamOf(book), version: from + index + 1, event }, hasColour))
    .join('')
}

/** Prints what became different in a book between two versions, and the events that did it. @throws {CommandFailure} when there are none */
export async function runLogDiff(stream: string, request: DiffRequest, terminal: Terminal): Promise<ExitCode> {
  const { played } = await loadBooks(ofStream(stream, request), terminal)
  for (const one of played.books) {
    const versions = versionsOf(request, one.events.length)
    const changes = openTimeline(one.events).changes(versions.from, versions.to)
    const events = one.events.slice(versions.from, versions.to)
    const json = { schema: 'tranchebook/log-diff/1', stream, ...versions, events, changes }
    const { hasColour } = terminal
    const text = `${eventLines(one, versions, hasColour)}
${changeTable(changes, hasColour)}
`
    await terminal.print(request.json === true ? jsonText(json) : text)
  }
  return exitCodeOf(played)
}
