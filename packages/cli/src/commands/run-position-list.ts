import type { ListRequest } from '../control/books-request.js'
import { loadBooks } from '../control/load-books.js'
import { positionJson } from '../control/position-json.js'
import { reportBooks } from '../control/report-books.js'
import type { ExitCode } from '../exit-codes.js'
import { positionList } from '../format/position-list.js'
import { remarksOn } from '../format/remarks.js'
import { jsonText } from '../format/visible-text.js'
import { exitCodeOf } from '../run/tell-broken.js'
import type { Terminal } from '../terminal.js'

/** Prints what is held, a row per symbol and side. @throws {CommandFailure} when the books cannot be read */
export async function runPositionList(request: ListRequest, terminal: Terminal): Promise<ExitCode> {
  const loaded = await loadBooks(request, terminal)
  const positions = reportBooks(loaded)
    .flatMap((reported) => reported.positions)
    .filter(({ group }) => request.all === true || group.quantity !== '0')
  for (const remark of remarksOn(loaded.played)) terminal.note(remark)
  if (request.json === true) {
    await terminal.print(jsonText({ schema: 'tranchebook/positions/1', positions: positions.map(positionJson) }))
    return exitCodeOf(loaded.played)
  }
  if (positions.length === 0) terminal.note('no position is open; --all shows those that were')
  else await terminal.print(`${positionList(positions, terminal.hasColour)}\n`)
  return exitCodeOf(loaded.played)
}
