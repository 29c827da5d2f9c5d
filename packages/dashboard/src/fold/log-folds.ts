import { type BookEvent, type EventOf, InvariantError, type SymbolConfig } from '@tranchebook/core'
import type { EventStore, StoredEvent } from '@tranchebook/store'
import type { BookPlace } from '../api/paths.js'
import { giveTurn, TURN } from '../give-turn.js'
import { beginFold, type BookFold, foldEvent, type FoldStart } from './book-fold.js'

/** How books are begun and folded. */
export interface FoldTerms extends Pick<FoldStart, 'closingRules'> {
  /** Whether books of an account are folded. */
  shows(account: string): boolean
  configOf(book: BookPlace): SymbolConfig
}

function assertOpened(event: BookEvent, stream: string): asserts event is EventOf<'BookOpened'> {
  if (event.type === 'BookOpened') return
  throw new InvariantError(
    'log.no-beginning',
    `expected the log of ${stream} to begin with BookOpened, got ${event.type}: its beginning was moved away`,
  )
}

/** The account of a stream: the part before `/`. */
function accountOf(stream: string): string {
  return stream.split('/')[0] ?? stream
}

/** Every book of a log, folded as far as somebody last looked. Reading brings it up to date; nothing runs in between. */
export class LogFolds {
  private readonly folds = new Map<string, BookFold>()
  private readonly store: EventStore<BookEvent>
  private id: Promise<string> | null = null
  private readonly start: FoldTerms
  private readTo = 0
  private newestTime = 0
  private reading: Promise<void> = Promise.resolve()

  constructor(store: EventStore<BookEvent>, start: FoldTerms) {
    this.store = store
    this.start = start
  }

  /** Which log this is. It is asked for once: an open log does not become another. */
  async logId(): Promise<string> {
    this.id ??= this.store.logHead().then(
      ({ logId }) => logId,
      (error: unknown) => {
        this.id = null
        throw error
      },
    )
    return this.id
  }

  /** Place of the newest event that was folded. */
  get position(): number {
    return this.readTo
  }

  /** All books as far as they were folded. The folds are shared: read them, do not change them. */
  get known(): ReadonlyMap<string, BookFold> {
    return this.folds
  }

  /** Largest time of any event, epoch ms; 0 = there is none. */
  get time(): number {
    return this.newestTime
  }

  /** The same, after everything that is in the log now. */
  async catchUp(): Promise<ReadonlyMap<string, BookFold>> {
    const turn = this.reading.then(async () => this.read())
    this.reading = turn.catch(() => undefined)
    await turn
    return this.folds
  }

  private async read(): Promise<void> {
    let count = 0
    for await (const stored of this.store.readAll({ after: this.readTo })) {
      this.take(stored)
      count += 1
      if (count % TURN === 0) await giveTurn()
    }
  }

  /** A log that breaks a law of its book stops that book here, visibly; the others go on. */
  private take({ stream, event, position }: StoredEvent<BookEvent>): void {
    this.readTo = position
    if (!this.start.shows(accountOf(stream))) return
    this.newestTime = Math.max(this.newestTime, event.time)
    const fold = this.folds.get(stream) ?? this.begin(stream, event)
    if (fold.fault !== null) return
    try {
      foldEvent(fold, event, this.start)
      fold.position = position
    } catch (error) {
      fold.fault = error instanceof Error ? error.message : String(error)
    }
  }

  private begin(stream: string, event: BookEvent): BookFold {
    assertOpened(event, stream)
    const fold = beginFold(event, { config: this.start.configOf(event), closingRules: this.start.closingRules })
    this.folds.set(stream, fold)
    return fold
  }
}
