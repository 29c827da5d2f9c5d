import { closestName } from '@tranchebook/core'
import type { EventStore, StreamHead } from '@tranchebook/store'
import { CommandFailure } from '../command-failure.js'
import { listNames } from '../format/list-names.js'

/** A stream that was asked for and is not there; `names` are those that are. */
export function unknownStream(stream: string, names: readonly string[]): CommandFailure {
  const closest = closestName(stream, names)
  return new CommandFailure({
    what: `no stream is called ${stream}`,
    expected:
      names.length === 0
        ? 'expected the name of a stream; nothing is recorded yet'
        : `expected one of ${listNames(names)}; got ${stream}`,
    advice: closest === null ? 'a stream is account/symbol, such as main/BTCUSDT' : `did you mean ${closest}?`,
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
