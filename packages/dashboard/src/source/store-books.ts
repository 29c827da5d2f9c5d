import { type BookEvent, parseEvent, streamOf, type TrancheBook } from '@tranchebook/core'
import { MemoryStore, recordEvents } from '@tranchebook/store'

/** A book that was replayed, and all it recorded. */
export interface ReplayedBook {
  readonly book: Pick<TrancheBook, 'account' | 'symbol'>
  readonly events: readonly BookEvent[]
}

interface Run {
  readonly stream: string
  readonly after: number
  readonly events: readonly BookEvent[]
}

/** Events of one append. */
const AT_ONCE = 500

/** Events of one input stay together. */
function runsOf({ book, events }: ReplayedBook): readonly Run[] {
  const runs: { stream: string; after: number; events: BookEvent[] }[] = []
  for (const [index, event] of events.entries()) {
    const last = runs.at(-1)
    const isSameCause = last?.events[0]?.causationId === event.causationId
    if (last !== undefined && isSameCause && last.events.length < AT_ONCE) last.events.push(event)
    else runs.push({ stream: streamOf(book), after: index, events: [event] })
  }
  return runs
}

function timeOf({ events }: Run): number {
  return events[0]?.time ?? 0
}

/** Puts the logs of replayed books into one log in memory, in the order of time; within a book in its own order. */
export async function storeBooks(books: readonly ReplayedBook[]): Promise<MemoryStore<BookEvent>> {
  const store = new MemoryStore<BookEvent>({ decode: parseEvent })
  const runs = books.flatMap((book) => inOrder(runsOf(book)))
  for (const { stream, after, events } of runs.toSorted((left, right) => left.time - right.time))
    await store.append(stream, recordEvents(events, after), { expected: after === 0 ? 'none' : after })
  return store
}

/** A book's own order wins over times: a late fill is older than what was recorded before it. */
function inOrder(runs: readonly Run[]): readonly (Run & { readonly time: number })[] {
  let time = 0
  return runs.map((run) => {
    time = Math.max(time, timeOf(run))
    return { ...run, time }
  })
}
