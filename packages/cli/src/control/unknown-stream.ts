import type { EventStore, StreamHead } from '@tranchebook/store'
import type { CommandFailure } from '../command-failure.js'
import { notFound } from '../not-found.js'

/** A stream that was asked for and is not there; `names` are those that are. */
export function unknownStream(stream: string, names: readonly string[]): CommandFailure {
  return notFound(stream, names, {
    what: `no stream is called ${stream}`,
    none: 'expected the name of a stream; nothing is recorded yet',
    advice: 'a stream is account/symbol, such as main/BTCUSDT',
  })
}

/** The end of a stream that must be there. @throws {CommandFailure} when it is not */
export async function headOf(
  store: Pick<EventStore, 'streamHead' | 'takeAnchor'>,
  stream: string,
): Promise<StreamHead> {
  const head = await store.streamHead(stream)
  if (head !== null) return head
  const { streams } = await store.takeAnchor()
  throw unknownStream(
    stream,
    streams.map((each) => each.stream),
  )
}
