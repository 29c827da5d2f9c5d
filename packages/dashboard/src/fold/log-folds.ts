import { type BookEvent, type EventOf, InvariantError } from '@tranchebook/core'
import type { EventStore, StoredEvent } from '@tranchebook/store'
import type { BookPlace } from '../api/paths.js'
import { beginFold, type BookFold, foldEvent, type FoldStart } from './book-fold.js'

/** How books are begun. */
export type StartOf = (book: BookPlace) => FoldStart

/** Events folded before others get a turn. */
const TURN = 250

async function giveTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

function assertOpened(event: BookEvent, stream: string): asserts event is EventOf<'BookOpened'> {
  if (event.type === 'BookOpened') return
  throw new InvariantError(
    'log.no-beginning',
    `expected the log of ${stream} to begin with BookOpened, got ${event.type}: its beginning was moved away`,
  )
}

/** Every book of a log, folded as far as somebody last looked. Reading brings it up to date; nothing runs in between. */
export class LogFolds {
  private readonly folds = new Map<string, BookFold>()
  private readonly store: EventStore<BookEvent>
  private readonly startOf: StartOf
  private readTo = 0
  private newestTime = 0
  private reading: Promise<void> = Promise.resolve()

  constructor(store: EventStore<BookEvent>, startOf: StartOf) {
    this.store = store
    this.startOf = startOf
  }

  /** Place of the newest event that was folded. */
  get position(): number {
    return this.readTo
  }

  /** Largest time of any event, epoch ms; 0 = there is none. */
  get time(): number {
    return this.newestTime
  }

  /** All books after everything that is in the log now. The folds are shared: read them, do not change them. */
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

  private take({ stream, event, position }: StoredEvent<BookEvent>): void {
    const fold = this.folds.get(stream) ?? this.begin(stream, event)
    foldEvent(fold, event, this.startOf(fold.book))
    fold.position = position
    this.readTo = position
    this.newestTime = Math.max(this.newestTime, event.time)
  }

  private begin(stream: string, event: BookEvent): BookFold {
    assertOpened(event, stream)
    const fold = beginFold(event, this.startOf(event))
    this.folds.set(stream, fold)
    return fold
  }
}
