import {
  type BookEvent,
  type BookReport,
  configFor,
  historyOf,
  type Instrument,
  parseConfig,
  parseInput,
  type RanBook,
  reportBook,
  runInputs,
  stateHash,
  type TranchebookConfig,
  unknownInstrument,
} from '@tranchebook/core'
import type { OptionsFile } from '../src/lines/config-file.js'
import type { InputLine } from '../src/lines/input-line.js'

type GroupReport = BookReport['groups'][number]

/** Where a level stands and what it closes. */
export interface LevelTexts {
  readonly price: string
  readonly quantity: string
}

/** What came of a replay. `events`, `stateHash` and `levels` are those of its first book. */
export interface Replay {
  readonly books: readonly BookReport[]
  readonly ran: readonly RanBook[]
  readonly events: readonly BookEvent[]
  readonly stateHash: string
  readonly levels: (side: 'LONG' | 'SHORT', tranche: number) => readonly LevelTexts[]
}

/** What a replay may be given besides inputs and options. */
export interface ReplayMore {
  readonly positionMode?: 'HEDGE' | 'ONE_WAY'
  readonly instrument?: Partial<Instrument>
}

function reportOf(ran: RanBook, config: TranchebookConfig): BookReport {
  const { book, events, market } = ran
  const { takerFeePercent } = configFor(config, book.symbol)
  const { quoteAsset } = unknownInstrument(book.symbol)
  const at = { mark: market?.price ?? null, quoteAsset, prices: {}, takerFeePercent }
  return reportBook(book, { history: historyOf(events), stateHash: stateHash(book), at })
}

/** Decides input lines as `tranchebook replay` does, and reports what came of them. */
export function replay(lines: readonly InputLine[], options: OptionsFile = {}, more: ReplayMore = {}): Replay {
  const positionMode = more.positionMode ?? 'HEDGE'
  const config = parseConfig({ positionMode, defaults: options })
  const defaults = { account: config.account, positionMode }
  const inputs = lines.map((line, index) => parseInput(line, { ...defaults, sequence: index + 1 }))
  const symbols = new Set(lines.map(({ symbol }) => symbol))
  const instruments = new Map(
    [...symbols].map((symbol) => [symbol, { ...unknownInstrument(symbol), ...more.instrument }]),
  )
  const { books: ran } = runInputs(inputs, {
    config,
    positionMode,
    instruments,
    closingRules: new Map(),
    sending: 'observe',
  })
  const books = ran.map((one) => reportOf(one, config))
  return {
    books,
    ran,
    events: ran[0]?.events ?? [],
    stateHash: books[0]?.stateHash ?? '',
    levels: (side, tranche) => {
      const group = books[0]?.groups.find((one) => one.side === side)
      return (group?.tranches[tranche]?.takeProfitLevels ?? []).map(({ price, quantity }) => ({ price, quantity }))
    },
  }
}

/** The book that was run, of the only or of the named symbol. */
export function bookOf(run: Replay, symbol?: string): RanBook {
  const ran = run.ran.find(({ book }) => symbol === undefined || book.symbol === symbol)
  if (ran === undefined) throw new Error(`no book of ${symbol ?? 'anything'} was run`)
  return ran
}

/** A group's report, of the only or of the named symbol. */
export function groupOf(run: Replay, side: 'LONG' | 'SHORT' = 'LONG', symbol?: string): GroupReport {
  const book = run.books.find((one) => symbol === undefined || one.symbol === symbol)
  const group = book?.groups.find((one) => one.side === side)
  if (group === undefined) throw new Error(`nothing is reported for ${side} of ${symbol ?? 'the book'}`)
  return group
}
