import { backtest, type BacktestResult, type RecordedMarket } from '@tranchebook/backtest'
import {
  analyze,
  AS_TEXT,
  type BookReport,
  configFor,
  formatDay,
  formatDuration,
  historyOf,
  InputError,
  quoteAssetOf,
  reportBook,
  stateHash,
  streamOf,
  type TranchebookConfig,
  type ViewPoint,
} from '@tranchebook/core'
import { ASTER_BEHAVIOUR, BINANCE_BEHAVIOUR } from '@tranchebook/simulator'
import type { BacktestRequest } from '../backtest/backtest-request.js'
import { chooseStrategy } from '../backtest/choose-strategy.js'
import { readMarkets } from '../backtest/read-bars.js'
import { CommandFailure } from '../command-failure.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { positionTable } from '../format/position-table.js'
import { startProgress } from '../format/progress.js'
import { reportText } from '../format/report-tables.js'
import { jsonLine, jsonText, visibleText } from '../format/visible-text.js'
import { readInstruments } from '../read/exchange-info.js'
import { readConfig } from '../read/read-config.js'
import type { Terminal } from '../terminal.js'
import { writeWhole } from '../write-whole.js'

/** Symbols that the configuration does not name are traded by its defaults. */
function withMarkets(config: TranchebookConfig, markets: readonly RecordedMarket[]): TranchebookConfig {
  const named = markets.map(({ rules }) => rules.instrument.symbol)
  const symbols = named.map((symbol) => [symbol, configFor(config, symbol)] as const)
  return { ...config, symbols: { ...config.symbols, ...Object.fromEntries(symbols) } }
}

interface BookFigures {
  readonly report: BookReport
  readonly analytics: ReturnType<typeof analyze<string>>
}

function figuresOf({ books }: BacktestResult, config: TranchebookConfig): readonly BookFigures[] {
  return books.map(({ book, events }) => {
    const history = historyOf(events)
    const { takerFeePercent } = configFor(config, book.symbol)
    const at: ViewPoint = {
      mark: book.mark?.price ?? null,
      quoteAsset: quoteAssetOf(book.symbol),
      prices: {},
      takerFeePercent,
    }
    return {
      report: reportBook(book, { history, stateHash: stateHash(book), at }),
      analytics: analyze(history, { at, now: book.time, present: AS_TEXT }),
    }
  })
}

function agreementText({ agreement, unprotectedMs }: BacktestResult): string {
  const apart = agreement.filter(({ agrees }) => !agrees)
  const verdict =
    apart.length === 0
      ? `books, venue and log agree in all ${agreement.length} figures`
      : apart.map(({ what, books, other }) => `${what}: the books say ${books}, the other side ${other}`).join('\n')
  return `${verdict}\nunprotected for ${formatDuration(unprotectedMs)} in all\n`
}

function asText(result: BacktestResult, figures: readonly BookFigures[], hasColour: boolean): string {
  const positions = figures.flatMap(({ report }) => report.groups.map((group) => ({ book: report, group })))
  const table =
    positions.length === 0 ? 'nothing was traded' : positionTable(positions, { hasAccounts: false, hasColour })
  const details = figures.map(({ report, analytics }) => `${report.symbol}\n${reportText(analytics, hasColour)}`)
  return visibleText(`${table}\n\n${details.join('\n')}\n${agreementText(result)}`)
}

function* logLines({ books }: BacktestResult): Generator<string, void, undefined> {
  for (const { book, events } of books)
    for (const [index, event] of events.entries()) yield jsonLine({ stream: streamOf(book), version: index + 1, event })
}

function unplayable(error: InputError): CommandFailure {
  return new CommandFailure(
    {
      what: 'these bars cannot be played',
      expected: error.message,
      advice: 'look at the file, and at --from and --until',
    },
    { cause: error },
  )
}

async function play(
  request: BacktestRequest,
  { markets, config }: { readonly markets: readonly RecordedMarket[]; readonly config: TranchebookConfig },
  terminal: Terminal,
): Promise<BacktestResult> {
  const total = markets.reduce((sum, { bars }) => sum + bars.length, 0)
  const progress = startProgress(terminal, { what: 'bars played', total })
  let played = 0
  const { wallet, path, dialect } = request
  try {
    return await backtest({
      markets,
      config,
      strategy: await chooseStrategy(request),
      behaviour: dialect === 'aster' ? ASTER_BEHAVIOUR : BINANCE_BEHAVIOUR,
      onProgress: (bars) => {
        progress.advance(bars - played)
        played = bars
      },
      ...(wallet === undefined ? {} : { wallet }),
      ...(path === undefined ? {} : { path }),
    })
  } catch (error) {
    throw error instanceof InputError ? unplayable(error) : error
  } finally {
    progress.end()
  }
}

/** Plays recorded bars to a strategy and prints what came of it. @throws {CommandFailure} when anything given cannot be read */
export async function runBacktest(request: BacktestRequest, terminal: Terminal): Promise<ExitCode> {
  const read = await readConfig(request.config === undefined ? {} : { config: request.config }, terminal)
  const markets = await readMarkets(request, await readInstruments(request.instruments, terminal), terminal)
  const config = withMarkets(read.config, markets)
  const result = await play(request, { markets, config }, terminal)
  if (request.output !== undefined) await writeWhole(request.output, logLines(result))
  const figures = figuresOf(result, config)
  const { bars, agreement, unprotectedMs } = result
  const books = figures.map(({ report, analytics }) => ({ ...report, analytics }))
  const json = { schema: 'tranchebook/backtest/1', strategy: request.strategy, bars, books, agreement, unprotectedMs }
  const [first, last] = [markets[0]?.bars[0], markets[0]?.bars.at(-1)]
  if (first !== undefined && last !== undefined)
    terminal.note(`${bars} bars from ${formatDay(first.openTime)} to ${formatDay(last.openTime)}`)
  await terminal.print(request.json === true ? jsonText(json) : asText(result, figures, terminal.hasColour))
  return agreement.every(({ agrees }) => agrees) ? EXIT.fine : EXIT.unfit
}
