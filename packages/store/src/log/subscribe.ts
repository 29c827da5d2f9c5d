import { assertPositionReached } from '../assert-reaches.js'
import type { LogEvent, LogHead, StoredEvent, SubscribeOptions } from '../event-store.js'
import { assertSubscription } from './assert-request.js'
import type { WakeUp } from './wake-up.js'

/** What a subscription reads from. */
export interface SubscriptionSource<Event extends LogEvent> {
  readonly wakeUp: WakeUp
  /** Looks by itself after this long without a wake-up. */
  readonly pollMs: number
  /** True once the store is closed: the subscription ends. */
  readonly isClosed: () => boolean
  readonly logHead: () => Promise<LogHead>
  readonly readBatch: (after: number, limit: number) => Promise<readonly StoredEvent<Event>[]>
  /** Whether a failed read only means that there is nothing to be had now. */
  readonly isOutage: (error: unknown) => boolean
}

type Batch<Event extends LogEvent> = readonly StoredEvent<Event>[]

const DEFAULT_BATCH = 500

/** Looks for the next batch; what answers at the start, and after an outage, may be an older copy of the log. */
function createLook<Event extends LogEvent>(
  source: SubscriptionSource<Event>,
  { batchSize = DEFAULT_BATCH, onOutage }: SubscribeOptions,
): (position: number) => Promise<Batch<Event>> {
  let isReached = false
  return async (position) => {
    try {
      if (!isReached) await assertPositionReached(source, position)
      isReached = true
      return await source.readBatch(position, batchSize)
    } catch (error) {
      if (source.isClosed()) return []
      if (!source.isOutage(error)) throw error
      isReached = false
      onOutage?.(error)
      return []
    }
  }
}

/**
 * Catches up, then follows. Reads only when asked for the next batch, so a slow consumer holds nothing back; a wake-up
 * between a read and the wait after it is not lost, because rings are counted.
 */
export async function* subscribeTo<Event extends LogEvent>(
  source: SubscriptionSource<Event>,
  options: SubscribeOptions,
): AsyncGenerator<Batch<Event>, void, undefined> {
  assertSubscription(options)
  const { after, signal } = options
  const look = createLook(source, options)
  let position = after
  while (!signal.aborted && !source.isClosed()) {
    const rings = source.wakeUp.count
    const batch = await look(position)
    const last = batch.at(-1)
    if (last === undefined) {
      await source.wakeUp.wait(rings, source.pollMs, signal)
    } else {
      position = last.position
      yield batch
    }
  }
}
