import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql'
import { applyEvent, type BookEvent, stateHash, type TrancheBook, upcast } from '@tranchebook/core'
import type { LogEvent } from '../src/event-store.js'
import { decodeAny } from '../src/log/decode-event.js'
import { openPostgresStore } from '../src/open-store.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { newBook, replayInto } from './restart.js'
import { rounded, secondsPerMillion } from './timing.js'
import { appendAll, batches, bookEvents } from './workload.js'

type Figures = Record<string, number | string | null>

const STREAM = 'rival/BTCUSDT'

interface Told {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

const PLACE = { stream: 'rival', version: 1 }

/** The same events through Emmett, checked and folded by the same functions. */
async function emmettSeconds(url: string, events: readonly BookEvent[], hash: string): Promise<number> {
  const store = getPostgreSQLEventStore(url)
  for (const batch of batches(events)) {
    const messages = batch.map((event) => ({ type: event.type, data: { ...event } }))
    await store.appendToStream('rival', messages)
  }
  const evolve = (book: TrancheBook, { data }: Told): TrancheBook => {
    applyEvent(book, upcast(data, PLACE))
    return book
  }
  const seconds = await secondsPerMillion(events.length, async () => {
    const { state } = await store.aggregateStream<TrancheBook, Told>('rival', {
      evolve,
      initialState: () => newBook('rival'),
    })
    if (stateHash(state) !== hash) throw new Error('Emmett folds to another state')
  })
  await store.close()
  return seconds
}

/** A book's log through this store and through Emmett's. */
export async function rivalFigures(url: string, store: SqlStore<BookEvent>, count: number): Promise<Figures> {
  const events = bookEvents('rival', count)
  await appendAll(store, STREAM, events)
  const hash = stateHash(await replayInto(newBook('rival'), store, STREAM))
  const own = await secondsPerMillion(count, async () => replayInto(newBook('rival'), store, STREAM))
  const emmett = await emmettSeconds(url, events, hash)
  return { replayVersusEmmett: rounded(emmett / own), emmettReplayMillionSeconds: emmett }
}

interface SmallEvent extends LogEvent {
  readonly q: string
}

/** 57 characters, as the goal for replays was set with. */
const smallEvent = (quantity: number): SmallEvent => ({
  type: 'Sold',
  version: 1,
  time: 1_714_000_000_000,
  q: `${10 + (quantity % 90)}`,
})

function isSmall(event: LogEvent): event is SmallEvent {
  return 'q' in event && typeof event.q === 'string'
}

function decodeSmall(json: unknown): SmallEvent {
  const event = decodeAny(json)
  if (isSmall(event)) return event
  throw new TypeError('expected an event with a quantity')
}

/** Events as small as those that the goal for replays was measured with, and a reducer as small. */
export async function smallReplayFigures(url: string, count: number): Promise<Figures> {
  const store = await openPostgresStore({ connectionString: url, decode: decodeSmall })
  const events = Array.from({ length: count }, (_, index) => smallEvent(index))
  await appendAll(store, 'small/BTCUSDT', events)
  const wanted = events.reduce((sum, { q }) => sum + BigInt(q), 0n)
  const seconds = await secondsPerMillion(count, async () => {
    let sum = 0n
    for await (const page of store.replay('small/BTCUSDT', {})) for (const { q } of page) sum += BigInt(q)
    if (sum !== wanted) throw new Error('the replay has lost something')
  })
  await store.close()
  return { replayMillionSmallSeconds: seconds, replaySmallEventBytes: JSON.stringify(events[0]).length }
}
