import { type BookIdentity, emptyBook, type TrancheBook } from '../book/book.js'
import type { AccountSummary, DecisionContext, ObservedMark } from '../book/context.js'
import type { BookEvent } from '../book/events.js'
import { decide } from '../decide/decide.js'
import { type Refusal, refusalOf } from '../decide/refuse.js'
import { applyEvent } from '../evolve/evolve.js'
import { NO_MONEY } from '../money/money.js'
import { configFor } from '../config/parse-config.js'
import type { SymbolConfig, TranchebookConfig } from '../config/symbol-config.js'
import { unknownInstrument } from '../instrument/instrument.js'
import type { Input } from '../observe/inputs.js'
import { restartMark, widenMark } from '../observe/observed-mark.js'
import { changeConfig } from '../config/change-config.js'

/** What stays the same from one decision of a book to the next. */
export type RunSetup = Omit<DecisionContext, 'market' | 'account' | 'isLate'>

/** What runs of a symbol need, with nothing known of the venue: ready, no filters, orders intended but with nobody to send them. */
export function setupFor(config: TranchebookConfig, symbol: string, changes: Partial<RunSetup> = {}): RunSetup {
  return {
    config: configFor(config, symbol),
    limits: config.limits,
    instrument: unknownInstrument(symbol),
    readiness: { isLive: true, reasons: [] },
    sending: 'trade',
    conditionalRoom: null,
    closingRules: new Map(),
    ...changes,
  }
}

/** What one input led to. */
export interface Step {
  readonly events: readonly BookEvent[]
  readonly refusal: Refusal | null
}

/** A book being driven by inputs: decide, then evolve. Owns its book. */
export interface BookRun {
  readonly book: TrancheBook
  /** As the book's own commands have changed it. */
  readonly config: SymbolConfig
  /** Newest mark, recorded or not. */
  readonly market: ObservedMark | null
  /** Decides one input and folds what was decided. */
  take(input: Input, circumstances?: Circumstances): Step
}

/** What only the caller knows of one input. */
export interface Circumstances {
  readonly isLate?: boolean
  readonly account?: AccountSummary
  /** Called before each event is folded, with the book as it stands. */
  readonly onEvent?: (book: TrancheBook, event: BookEvent) => void
}

/** An account with no other books. */
export const ALONE: AccountSummary = { openTranches: 0, activePositions: 0, tradesToday: 0, marginUsed: NO_MONEY }

/** Drives one book through inputs with no store and no venue: replays of input files, what-if, tests. */
export function runBook(identity: BookIdentity, setup: RunSetup): BookRun {
  const book = emptyBook(identity)
  let market: ObservedMark | null = null
  let { config } = setup
  const known = { closingRules: [...setup.closingRules.keys()] }

  function evolveWith(events: readonly BookEvent[], circumstances: Circumstances): void {
    for (const event of events) {
      circumstances.onEvent?.(book, event)
      applyEvent(book, event)
      if (event.type === 'ConfigurationChanged') config = changeConfig(config, event.options, known)
    }
    if (events.length > 0) market = restartMark(market)
  }

  return {
    book,
    get config() {
      return config
    },
    get market() {
      return market
    },
    take(input, circumstances = {}) {
      if (input.type === 'mark') market = widenMark(market, input)
      const { account = ALONE, isLate = false } = circumstances
      const context: DecisionContext = { ...setup, config, market, account, isLate }
      const events = decide(book, input, context)
      if (events.length === 0) return { events, refusal: refusalOf(book, input, context) }
      evolveWith(events, circumstances)
      return { events, refusal: null }
    },
  }
}
