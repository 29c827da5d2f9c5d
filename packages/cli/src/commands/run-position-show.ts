import type { BooksRequest } from '../control/books-request.js'
import { loadBooks } from '../control/load-books.js'
import { positionJson } from '../control/position-json.js'
import { type ReportedPosition, reportBooks } from '../control/report-books.js'
import type { ExitCode } from '../exit-codes.js'
import { positionSheet } from '../format/position-sheet.js'
import { remarksOn } from '../format/remarks.js'
import { jsonText } from '../format/visible-text.js'
import { exitCodeOf } from '../run/tell-broken.js'
import type { Terminal } from '../terminal.js'

function asJson(positions: readonly ReportedPosition[]): string {
  const shown = positions.map((position) => ({ ...positionJson(position), tranches: position.group.tranches }))
  return jsonText({ schema: 'tranchebook/position/1', positions: shown })
}

/** Prints both sides of a symbol: figures, ladder, tranches. @throws {CommandFailure} when there is no such book */
export async function runPositionShow(symbol: string, request: BooksRequest, terminal: Terminal): Promise<ExitCode> {
  const loaded = await loadBooks({ ...request, symbol }, terminal)
  const positions = reportBooks(loaded).flatMap((reported) => reported.positions)
  for (const remark of remarksOn(loaded.played)) terminal.note(remark)
  const text = positions.map((position) => positionSheet(position, terminal.hasColour)).join('\n')
  await terminal.print(request.json === true ? asJson(positions) : text)
  return exitCodeOf(loaded.played)
}
