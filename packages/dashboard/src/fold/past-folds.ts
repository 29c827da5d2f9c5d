import { applyEvent, type BookEvent, copyBook, emptyBook, type TrancheBook } from '@tranchebook/core'
import type { EventStore } from '@tranchebook/store'
import { giveTurn, TURN } from '../give-turn.js'
import { beginFold, type BookFold, copyFold, foldEvent, type FoldStart } from './book-fold.js'

/** A fold is kept so many versions before the one asked for, so that steps back and forth around it are cheap. */
const BEFORE = 256
const REACH = 1024
const KEPT = 4

interface Kept {
  readonly stream: string
  readonly fold: BookFold
}

/** Books as they were. */
export class PastFolds {
  private readonly kept: Kept[] = []
  private readonly store: EventStore<BookEvent>

  constructor(store: EventStore<BookEvent>) {
    this.store = store
  }

  /** The book after its first `version` events, at least 1; the caller's own. `null` = the stream has not that many. */
  async at(stream: string, version: number, start: FoldStart): Promise<BookFold | null> {
    const base = this.nearest(stream, version)
    let fold = base === null ? null : copyFold(base)
    for await (const { event, position } of this.store.read(stream, {
      after: fold?.book.version ?? 0,
      until: version,
    })) {
      if (fold === null && event.type === 'BookOpened') fold = beginFold(event, start)
      if (fold === null) return null
      foldEvent(fold, event, start)
      fold.position = position
      if (fold.book.version % TURN === 0) await giveTurn()
      if (fold.book.version === version - BEFORE) this.keep(stream, copyFold(fold))
    }
    return fold?.book.version === version ? fold : null
  }

  /** Only the book after its first `version` events, at least 1: no figures of tranches that are closed. */
  async bookAt(stream: string, version: number): Promise<TrancheBook | null> {
    const base = this.nearest(stream, version)
    const batches = this.store.replay(stream, { after: base?.book.version ?? 0, until: version })
    let book = base === null ? null : copyBook(base.book)
    for await (const batch of batches)
      for (const event of batch) {
        book ??= event.type === 'BookOpened' ? emptyBook(event) : null
        if (book === null) return null
        applyEvent(book, event)
        if (book.version % TURN === 0) await giveTurn()
      }
    return book?.version === version ? book : null
  }

  private nearest(stream: string, version: number): BookFold | null {
    const near = this.kept.filter(
      (kept) =>
        kept.stream === stream && kept.fold.book.version <= version && version - kept.fold.book.version <= REACH,
    )
    return near.reduce<BookFold | null>(
      (best, { fold }) => (best === null || fold.book.version > best.book.version ? fold : best),
      null,
    )
  }

  private keep(stream: string, fold: BookFold): void {
    this.kept.push({ stream, fold })
    if (this.kept.length > KEPT) this.kept.shift()
  }
}
