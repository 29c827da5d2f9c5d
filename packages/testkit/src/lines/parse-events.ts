import type { BookEvent } from '@tranchebook/core'

/** Reads events from the JSON text that a log keeps of them. */
export function parseEvents(text: string): readonly BookEvent[] {
  return JSON.parse(text) as readonly BookEvent[]
}
