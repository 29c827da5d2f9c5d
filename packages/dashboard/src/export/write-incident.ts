import type { BookEvent } from '@tranchebook/core'
import type { EventStore } from '@tranchebook/store'

const LINES_AT_ONCE = 500

/** The log of one book up to a version, one line an event, as `tranchebook replay` opens it. */
export async function* writeIncident(
  store: EventStore<BookEvent>,
  stream: string,
  until: number,
): AsyncGenerator<string, void, undefined> {
  let lines: string[] = []
  for await (const { version, event } of store.read(stream, { until })) {
    lines.push(JSON.stringify({ stream, version, event }))
    if (lines.length < LINES_AT_ONCE) continue
    yield `${lines.join('\n')}\n`
    lines = []
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`
}
