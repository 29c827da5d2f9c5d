import { type BookEvent, parseEvent } from '@tranchebook/core'
import { type Appended, type AppendOptions, MemoryStore, type NewEvent, type VerifyReport } from '@tranchebook/store'

/** Told what has been written, once, in order. */
export type OnRecorded = (stream: string, events: readonly BookEvent[], appended: Appended) => void

/** A log as it is read from its beginning to its end. */
export interface Audit {
  readonly report: VerifyReport
  readonly events: ReadonlyMap<string, readonly BookEvent[]>
}

/** The one log of a world. Whatever is written is told at once. */
export class WatchedLog extends MemoryStore<BookEvent> {
  private readonly onRecorded: OnRecorded
  private onDecoded: ((stream: string, event: BookEvent) => void) | null = null

  constructor(now: () => number, onRecorded: OnRecorded) {
    super({
      decode: (json, place) => {
        const event = parseEvent(json, place)
        this.onDecoded?.(place.stream, event)
        return event
      },
      now,
    })
    this.onRecorded = onRecorded
  }

  /** Verifies the whole chain, and gives what it has read on the way, by stream. */
  async audit(): Promise<Audit> {
    const events = new Map<string, BookEvent[]>()
    this.onDecoded = (stream, event) => {
      const known = events.get(stream)
      if (known === undefined) events.set(stream, [event])
      else known.push(event)
    }
    const report = await this.verify()
    this.onDecoded = null
    return { report, events }
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
