import type { BooksRequest } from '../control/books-request.js'
import { loadBooks } from '../control/load-books.js'
import { reportBooks } from '../control/report-books.js'
import type { ExitCode } from '../exit-codes.js'
import { trancheSheet } from '../format/tranche-sheet.js'
import { jsonText, visibleText } from '../format/visible-text.js'
import { explainFound } from '../run/explain-found.js'
import { findTranche } from '../run/find-tranche.js'
import { exitCodeOf } from '../run/tell-broken.js'
import type { Terminal } from '../terminal.js'

/** Prints one tranche, open or closed, with its levels, its exits and its story. @throws {CommandFailure} when there is none of that name */
export async function runTrancheShow(name: string, request: BooksRequest, terminal: Terminal): Promise<ExitCode> {
  const loaded = await loadBooks(request, terminal)
  const found = findTranche(loaded.played.books, name)
  const [reported] = reportBooks({ ...loaded, played: { ...loaded.played, books: [found.played] } })
  const groups = reported?.positions ?? []
  const [shown] = groups.flatMap(({ book, group }) =>
    group.tranches.filter(({ id }) => id === found.id).map((tranche) => ({ book, group, tranche })),
  )
  if (shown === undefined) throw new Error(`${found.id} is in the history but not in the report`)
  const { book, group, tranche } = shown
  const { lines, summary, text } = explainFound(found, loaded.rules)
  const story = { account: book.account, symbol: book.symbol, tranche, lines, summary }
  const sheet = `${trancheSheet(tranche, group.mark, terminal.hasColour)}\n${visibleText(text)}\n`
  await terminal.print(request.json === true ? jsonText({ schema: 'tranchebook/tranche/1', ...story }) : sheet)
  return exitCodeOf(loaded.played)
}
