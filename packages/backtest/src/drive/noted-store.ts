import type { BookEvent } from '@tranchebook/core'
import {
  type AppendOptions,
  type Appended,
  MemoryStore,
  type MemoryStoreOptions,
  type NewEvent,
} from '@tranchebook/store'

/** A log in memory that says when something begins to be recorded. */
export class NotedStore extends MemoryStore<BookEvent> {
  private readonly note: () => void

  constructor(options: MemoryStoreOptions<BookEvent>, note: () => void) {
    super(options)
    this.note = note
  }

  override async append(
    stream: string,
    events: readonly NewEvent<BookEvent>[],
    options: AppendOptions,
  ): Promise<Appended> {
    this.note()
    return super.append(stream, events, options)
  }
}
