import type { BookEvent } from '@tranchebook/core'
import type { SqlStore } from '../src/sql/sql-store.js'
import { rounded, timeByTurns } from './timing.js'
import { bookEvents, recorded } from './workload.js'

/** Time from the call of an append on one store until a subscription of another store hands the event over. */
export async function subscriptionFigures(
  writer: SqlStore<BookEvent>,
  reader: SqlStore<BookEvent>,
  turns: number,
): Promise<Record<string, number>> {
  const stop = new AbortController()
  const { position: after } = await writer.logHead()
  const batches = reader.subscribe({ after, signal: stop.signal })
  const events = bookEvents('heard', 2).slice(1)
  const hear = async (turn: number): Promise<void> => {
    const next = batches.next()
    await writer.append('heard/BTCUSDT', recorded(events, turn), { expected: turn })
    await next
  }
  const times = await timeByTurns({ heard: hear }, turns)
  stop.abort()
  const heard = times.get('heard') ?? { p50: NaN, p99: NaN }
  return { appendToSubscriberMs: rounded(heard.p50), appendToSubscriberP99Ms: rounded(heard.p99) }
}
