import {
  type BookEvent,
  changeConfig,
  copyBook,
  type ObservedMark,
  type SymbolConfig,
  type TrancheBook,
} from '@tranchebook/core'
import type { BookRules } from './book-rules.js'

/** A book together with its configuration as the book's own commands have changed it. */
export interface BookAndConfig {
  readonly book: TrancheBook
  readonly config: SymbolConfig
}

interface Copy {
  book: TrancheBook
  config: SymbolConfig
}

/** What events are folded with. */
export interface FoldSetup {
  readonly known: Parameters<typeof changeConfig>[2]
  readonly rules: BookRules
}

function fold(copy: Copy, events: readonly BookEvent[], { known, rules }: FoldSetup): void {
  for (const event of events) {
    rules.applyEvent(copy.book, event)
    if (event.type === 'ConfigurationChanged') copy.config = changeConfig(copy.config, event.options, known)
  }
}

/**
 * One book twice. Decisions run ahead on `working`, so that the inputs of a batch see each other; everything else (views, sending,
 * snapshots) looks at `durable`, which knows only what the log has. Folding each event twice costs a microsecond and buys that
 * nothing unrecorded is ever seen or sent, and that a failed append is undone by one copy instead of a read of the log.
 */
export class BookState {
  /** Newest mark, recorded or not. */
  market: ObservedMark | null = null
  private readonly ahead: Copy
  private readonly behind: Copy
  private readonly setup: FoldSetup

  constructor({ book, config }: BookAndConfig, setup: FoldSetup) {
    this.behind = { book, config }
    this.ahead = { book: copyBook(book), config }
    this.setup = setup
  }

  get working(): BookAndConfig {
    return this.ahead
  }

  get durable(): BookAndConfig {
    return this.behind
  }

  /** Folds what was decided and is not durable yet. */
  propose(events: readonly BookEvent[]): void {
    fold(this.ahead, events, this.setup)
  }

  /** Folds what has become durable; it was proposed before. */
  commit(events: readonly BookEvent[]): void {
    fold(this.behind, events, this.setup)
  }

  /** Forgets what was proposed and has not become durable. */
  rollBack(): void {
    this.ahead.book = copyBook(this.behind.book)
    this.ahead.config = this.behind.config
  }

  /** Takes over what the log says instead. */
  restart({ book, config }: BookAndConfig): void {
    this.behind.book = book
    this.behind.config = config
    this.rollBack()
  }
}
