import type { ListRequest } from '../control/books-request.js'
import { loadBooks } from '../control/load-books.js'
import { type ReportedPosition, reportBooks } from '../control/report-books.js'
import type { ExitCode } from '../exit-codes.js'
import { inTone } from '../format/colour.js'
import { remarksOn } from '../format/remarks.js'
import { trancheTable } from '../format/tranche-table.js'
import { jsonText, visibleLine } from '../format/visible-text.js'
import { exitCodeOf } from '../run/tell-broken.js'
import type { Terminal } from '../terminal.js'

/** Only what is open, unless all were asked for. */
function shownOf(position: ReportedPosition, hasAll: boolean): ReportedPosition {
  const { group } = position
  const tranches = group.tranches.filter(({ status }) => hasAll || status === 'active')
  return { ...position, group: { ...group, tranches } }
}

function asJson(positions: readonly ReportedPosition[]): string {
  const tranches = positions.flatMap(({ book: { account, symbol }, group }) =>
    group.tranches.map((tranche) => ({ account, symbol, ...tranche })),
  )
  return jsonText({ schema: 'tranchebook/tranches/1', tranches })
}

function asText(positions: readonly ReportedPosition[], hasColour: boolean): string {
  const parts = positions.map(({ book, group }) => {
    const title = inTone(visibleLine(`${book.account}/${book.symbol} ${group.side}`), 'strong', hasColour)
    return `${title}\n${trancheTable(group.tranches, hasColour)}\n`
  })
  return parts.join('\n')
}

/** Prints tranches, a table per symbol and side. @throws {CommandFailure} when the books cannot be read */
export async function runTrancheList(request: ListRequest, terminal: Terminal): Promise<ExitCode> {
  const loaded = await loadBooks(request, terminal)
  const positions = reportBooks(loaded)
    .flatMap((reported) => reported.positions)
    .map((position) => shownOf(position, request.all === true))
    .filter(({ group }) => group.tranches.length > 0)
  for (const remark of remarksOn(loaded.played)) terminal.note(remark)
  if (request.json !== true && positions.length === 0) terminal.note('no tranche is open; --all shows those that were')
  await terminal.print(request.json === true ? asJson(positions) : asText(positions, terminal.hasColour))
  return exitCodeOf(loaded.played)
}
