import type { LogEvent, StoredEvent, SubscribeOptions } from '../event-store.js'
import type { WakeUp } from './wake-up.js'

/** What a subscription reads from. */
export interface SubscriptionSource<Event extends LogEvent> {
  readonly wakeUp: WakeUp
  /** Looks by itself after this long without a wake-up. */
  readonly pollMs: number
  /** True once the store is closed: the subscription ends. */
  readonly isClosed: () => boolean
  readonly readBatch: (after: number, limit: number) => Promise<readonly StoredEvent<Event>[]>
}

const DEFAULT_BATCH = 500

/**
 * Catches up, then follows. Reads only when asked for the next batch, so a slow consumer holds nothing back; a wake-up
 * between a read and the wait after it is not lost, because rings are counted.
 */
export async function* subscribeTo<Event extends LogEvent>(
  source: SubscriptionSource<Event>,
  { after, signal, batchSize = DEFAULT_BATCH }: SubscribeOptions,
): AsyncGenerator<readonly StoredEvent<Event>[], void, undefined> {
  let position = after
  while (!signal.aborted && !source.isClosed()) {
    const rings = source.wakeUp.count
    const batch = await source.readBatch(position, batchSize)
    const last = batch.at(-1)
    if (last === undefined) {
      await source.wakeUp.wait(rings, source.pollMs, signal)
    } else {
      position = last.position
      yield batch
    }
  }
}
