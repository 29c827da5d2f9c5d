import type { BookEvent } from '@tranchebook/core'
import type { StoredEvent } from '@tranchebook/store'
import type { BookPlace } from '../api/paths.js'
import type { TimelineView } from '../api/timeline-view.js'
import { precisionOf } from '../view/looking.js'
import { presentTimeline } from '../view/present-timeline.js'
import { lookAt, type ReadContext } from './read-context.js'

/** Which part of a book's past. */
export interface TimelineQuestion extends BookPlace {
  /** Events before this version; `null` = the newest. */
  readonly before: number | null
  /** Events at least, if there are so many; a decision is never cut in two. */
  readonly limit: number
}

/** Events of one decision that are fetched beyond the limit, so that its beginning is found. */
const OVERLAP = 64

async function readBetween(
  { source }: ReadContext,
  stream: string,
  { after, until }: { after: number; until: number },
): Promise<readonly StoredEvent<BookEvent>[]> {
  const events: StoredEvent<BookEvent>[] = []
  for await (const stored of source.store.read(stream, { after, until })) events.push(stored)
  return events
}

/** Where the decision that holds an event begins. */
function beginningOf(events: readonly StoredEvent<BookEvent>[], index: number): number {
  const cause = events[index]?.event.causationId
  let first = index
  while (first > 0 && events[first - 1]?.event.causationId === cause) first -= 1
  return first
}

/** A page of a book's past, newest first, by what caused the events. */
export async function readTimeline(context: ReadContext, question: TimelineQuestion): Promise<TimelineView> {
  const { account, symbol, before, limit } = question
  const { fold, instrument } = await lookAt(context, question)
  const newestVersion = fold.book.version
  const until = Math.min(before === null ? newestVersion : before - 1, newestVersion)
  const after = Math.max(0, until - limit - OVERLAP)
  const events = await readBetween(context, `${account}/${symbol}`, { after, until })
  const shown = events.slice(beginningOf(events, Math.max(0, events.length - limit)))
  const firstVersion = shown[0]?.version ?? 1
  return {
    account,
    symbol,
    newestVersion,
    groups: presentTimeline(shown, precisionOf(instrument)),
    nextBefore: firstVersion > 1 ? firstVersion : null,
  }
}
