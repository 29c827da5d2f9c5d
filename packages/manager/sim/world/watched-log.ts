import { type BookEvent, parseEvent } from '@tranchebook/core'
import { type Appended, type AppendOptions, MemoryStore, type NewEvent } from '@tranchebook/store'

/** Told what has been written, once, in order. */
export type OnRecorded = (stream: string, events: readonly BookEvent[], appended: Appended) => void

/** The one log of a world. Whatever is written is told at once. */
export class WatchedLog extends MemoryStore<BookEvent> {
  private readonly onRecorded: OnRecorded

  constructor(now: () => number, onRecorded: OnRecorded) {
    super({ decode: parseEvent, now })
    this.onRecorded = onRecorded
  }

  override async append(
    stream: string,
    events: readonly NewEvent<BookEvent>[],
    options: AppendOptions,
  ): Promise<Appended> {
    const appended = await super.append(stream, events, options)
    if (!appended.isDuplicate)
      this.onRecorded(
        stream,
        events.map(({ event }) => event),
        appended,
      )
    return appended
  }
}
