import type { BookEvent } from '@tranchebook/core'
import type { SqlStore, StoredEvent } from '@tranchebook/store'
import type { CommandFailure } from '../command-failure.js'
import { isUnreadableEvent, unreadableLog } from '../database/database-failure.js'
import type { PlacedEvent } from '../format/event-line.js'
import type { FoldedEvent } from '../read/folder.js'

/** Which events of a stream, and where they go. */
export interface StreamReading {
  readonly stream: string
  readonly after?: number
  readonly until: number
  readonly take: (stored: StoredEvent<BookEvent>) => void
}

/** Reads a part of one stream. The answer says what kept it from being read to its end; `null` = nothing. */
export async function readStream(
  store: SqlStore<BookEvent>,
  { stream, after = 0, until, take }: StreamReading,
): Promise<CommandFailure | null> {
  try {
    for await (const stored of store.read(stream, { after, until })) take(stored)
    return null
  } catch (error) {
    if (!isUnreadableEvent(error)) throw error
    return unreadableLog(error)
  }
}

/** An event of a log that is kept, as it is folded. */
export function keptEvent({ stream, version, event, id }: PlacedEvent & { readonly id?: string }): FoldedEvent {
  return {
    stream,
    event,
    where: `version ${version}, ${event.type}${id === undefined ? '' : `, id ${id}`}`,
    advice: `tranchebook log replay ${stream} --until ${version - 1} shows the book before it, tranchebook log tail ${stream} its events`,
  }
}
