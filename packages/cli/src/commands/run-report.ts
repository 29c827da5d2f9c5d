import { analyze, type Analytics, AS_TEXT, equityCurve, type EquityPoint, historyOf } from '@tranchebook/core'
import type { ReportCut, ReportRequest } from '../control/books-request.js'
import { loadBooks } from '../control/load-books.js'
import type { LoadedBooks } from '../control/loaded-books.js'
import type { ExitCode } from '../exit-codes.js'
import { inTone } from '../format/colour.js'
import { csvText, type CsvValue } from '../format/csv.js'
import { equityTable, reportText, type Slice, sliceTable } from '../format/report-tables.js'
import { jsonText, visibleLine } from '../format/visible-text.js'
import { viewPointOf } from '../run/report-replay.js'
import type { PlayedBook } from '../run/run-recording.js'
import { exitCodeOf } from '../run/tell-broken.js'
import type { Terminal } from '../terminal.js'

interface BookFigures {
  readonly account: string
  readonly symbol: string
  readonly quoteAsset: string
  readonly analytics: Analytics<string>
  readonly equity: readonly EquityPoint<string>[]
}

function figuresOf(played: PlayedBook, { rules, now }: LoadedBooks): BookFigures {
  const { account, symbol, time } = played.book
  const at = viewPointOf(played, rules)
  const analytics = analyze(historyOf(played.events), { at, now: now ?? time, present: AS_TEXT })
  const equity = equityCurve(played.events, { at, present: AS_TEXT })
  return { account, symbol, quoteAsset: at.quoteAsset, analytics, equity }
}

function slicesBy(cut: Exclude<ReportCut, 'equity'>, { analytics: { pnl } }: BookFigures): readonly Slice[] {
  switch (cut) {
    case 'tranche':
      return pnl.byTranche
    case 'entry':
      return pnl.byEntry
    case 'exit':
      return pnl.byExitReason
    case 'cycle':
      return pnl.byCycle
  }
}

function textOf(figures: BookFigures, by: ReportCut | null, hasColour: boolean): string {
  const { account, symbol, quoteAsset, analytics, equity } = figures
  const title = inTone(visibleLine(`${account}/${symbol}, in ${quoteAsset}`), 'strong', hasColour)
  if (by === null) return `${title}\n${reportText(analytics, hasColour)}`
  if (by === 'equity') return `${title}\n${equityTable(equity, hasColour)}\n`
  const slices = [...slicesBy(by, figures), analytics.pnl.total]
  return `${title}\n${sliceTable(by.toUpperCase(), slices, hasColour)}\n`
}

function sliceRow({ account, symbol }: BookFigures, slice: Slice): readonly CsvValue[] {
  const { key, side, realizedPnl, fees, funding, netPnl, unrealizedPnl, totalPnl, count } = slice
  return [account, symbol, key, side, realizedPnl, fees, funding, netPnl, unrealizedPnl, totalPnl, count]
}

function asCsv(books: readonly BookFigures[], by: ReportCut): string {
  if (by === 'equity') {
    const names = ['account', 'symbol', 'time', 'realizedPnl', 'fees', 'funding', 'unrealizedPnl', 'equity']
    const rows = books.flatMap(({ account, symbol, equity }) =>
      equity.map(({ time, realizedPnl, fees, funding, unrealizedPnl, equity: worth }) => [
        account,
        symbol,
        time,
        realizedPnl,
        fees,
        funding,
        unrealizedPnl,
        worth,
      ]),
    )
    return csvText(names, rows)
  }
  const results = ['realizedPnl', 'fees', 'funding', 'netPnl', 'unrealizedPnl', 'totalPnl', 'count']
  const rows = books.flatMap((book) => slicesBy(by, book).map((slice) => sliceRow(book, slice)))
  return csvText(['account', 'symbol', by, 'side', ...results], rows)
}

/** Prints how books were traded: results cut every way, trades, levels, isolation. @throws {CommandFailure} when the books cannot be read */
export async function runReport(request: ReportRequest, terminal: Terminal): Promise<ExitCode> {
  const loaded = await loadBooks(request, terminal)
  const books = loaded.played.books.map((played) => figuresOf(played, loaded))
  if (request.json === true) await terminal.print(jsonText({ schema: 'tranchebook/report/1', books }))
  else if (request.csv === true) await terminal.print(asCsv(books, request.by ?? 'tranche'))
  else {
    const texts = books.map((figures) => textOf(figures, request.by ?? null, terminal.hasColour))
    await terminal.print(texts.join('\n'))
  }
  return exitCodeOf(loaded.played)
}
