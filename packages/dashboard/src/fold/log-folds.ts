import { type BookEvent, type BookIdentity, replay, type SymbolConfig } from '@tranchebook/core'
import { type EventStore, type StoredEvent, StoreError } from '@tranchebook/store'
import type { BookPlace } from '../api/paths.js'
import { giveTurn, TURN } from '../give-turn.js'
import { beginFold, type BookFold, foldEvent, type FoldStart } from './book-fold.js'

/** How books are begun and folded. */
export interface FoldTerms extends Pick<FoldStart, 'closingRules'> {
  /** Whether books of an account are folded. */
  shows(account: string): boolean
  configOf(book: BookPlace): SymbolConfig
}

/** The book of a stream, by its name alone. Of a book that has no beginning nobody knows the position mode. */
function nameOf(stream: string): BookIdentity {
  const [account = '', symbol = ''] = stream.split('/')
  return { account, symbol, positionMode: 'ONE_WAY' }
}

/** An event of one book that nobody here can read; `null` = another failure. */
function unreadableOf(error: unknown): { readonly stream: string; readonly position: number } | null {
  if (!(error instanceof StoreError) || error.code !== 'store.event.unreadable') return null
  const { stream, position } = error.details
  return typeof stream === 'string' && typeof position === 'number' ? { stream, position } : null
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

  /** An event that cannot be read ends its own book; the others are read on behind it. */
  private async read(): Promise<void> {
    try {
      await this.readOn()
    } catch (error) {
      const unreadable = unreadableOf(error)
      if (unreadable === null || unreadable.position <= this.readTo) throw error
      this.readTo = unreadable.position
      this.fail(unreadable.stream, error)
      await this.read()
    }
  }

  private async readOn(): Promise<void> {
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
    if (!this.start.shows(nameOf(stream).account)) return
    this.newestTime = Math.max(this.newestTime, event.time)
    try {
      const fold = this.folds.get(stream) ?? this.begin(stream, replay([event]))
      if (fold.fault !== null) return
      foldEvent(fold, event, this.start)
      fold.position = position
    } catch (error) {
      this.fail(stream, error)
    }
  }

  private fail(stream: string, error: unknown): void {
    const identity = nameOf(stream)
    if (!this.start.shows(identity.account)) return
    const fold = this.folds.get(stream) ?? this.begin(stream, identity)
    fold.fault ??= error instanceof Error ? error.message : String(error)
  }

  private begin(stream: string, identity: BookIdentity): BookFold {
    const fold = beginFold(identity, { config: this.start.configOf(identity), closingRules: this.start.closingRules })
    this.folds.set(stream, fold)
    return fold
  }
}
