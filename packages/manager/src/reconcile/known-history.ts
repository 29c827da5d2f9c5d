import type { BookEvent, TrancheBook } from '@tranchebook/core'
import type { EventStore } from '@tranchebook/store'

function isNewer(left: { id: string; time: number }, right: { id: string; time: number }): boolean {
  if (left.time !== right.time) return left.time > right.time
  return left.id.length === right.id.length ? left.id > right.id : left.id.length > right.id.length
}

/** Id of the newest trade a book remembers, `null` = none. */
export function newestTradeId({ fills }: TrancheBook): string | null {
  let newest: { id: string; time: number } | null = null
  for (const generation of [fills.older, fills.seen])
    for (const [id, { time }] of generation) if (newest === null || isNewer({ id, time }, newest)) newest = { id, time }
  return newest?.id ?? null
}

/** When the log of a book begins, epoch ms; `null` = it has not begun. */
export async function beginningOf(store: EventStore<BookEvent>, stream: string): Promise<number | null> {
  for await (const { event } of store.read(stream, { until: 1 })) return event.time
  return null
}
