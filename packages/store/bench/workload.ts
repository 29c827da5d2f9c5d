import {
  ALONE,
  type BookEvent,
  configFor,
  parseConfig,
  parseInput,
  runBook,
  unknownInstrument,
} from '@tranchebook/core'
import type { LogEvent, NewEvent } from '../src/event-store.js'
import type { SqlStore } from '../src/sql/sql-store.js'

const CONFIG = parseConfig({ defaults: { maxTranches: 20, closingStrategy: 'FIFO' } })

function fillLine(sequence: number, side: 'BUY' | 'SELL'): unknown {
  return {
    type: 'fill',
    time: 1_714_000_000_000 + sequence * 400,
    symbol: 'BTCUSDT',
    side,
    positionSide: 'LONG',
    quantity: '0.01',
    price: `${50_000 + ((sequence * 7) % 400)}.${sequence % 10}`,
    fee: '0.25',
    feeAsset: 'USDT',
    tradeId: String(sequence),
    orderId: String(sequence),
    realizedPnl: '0',
  }
}

/** Events of a book that keeps three tranches open: it opens and closes by turns. Made by the core, so they fold. */
export function bookEvents(account: string, count: number): BookEvent[] {
  const run = runBook(
    { account, symbol: 'BTCUSDT', positionMode: 'HEDGE' },
    {
      config: configFor(CONFIG, 'BTCUSDT'),
      limits: CONFIG.limits,
      instrument: unknownInstrument('BTCUSDT'),
      readiness: { isLive: true, reasons: [] },
      sending: 'observe',
      conditionalRoom: null,
      closingRules: new Map(),
    },
  )
  const events: BookEvent[] = []
  for (let sequence = 1; events.length < count; sequence += 1) {
    const side = sequence <= 3 || sequence % 2 === 0 ? 'BUY' : 'SELL'
    const line = parseInput(fillLine(sequence, side), { account, positionMode: 'HEDGE', sequence })
    events.push(...run.take(line, { account: ALONE }).events)
  }
  return events.slice(0, count)
}

/** Gives events the ids of their places. */
export function recorded<Event extends LogEvent>(events: readonly Event[], after: number): NewEvent<Event>[] {
  return events.map((event, index) => ({ id: `${after + index + 1}`, event }))
}

const BATCH = 1000

/** Events as many as one append may hold, batch by batch. */
export function batches<Event>(events: readonly Event[]): readonly (readonly Event[])[] {
  return Array.from({ length: Math.ceil(events.length / BATCH) }, (_, index) =>
    events.slice(index * BATCH, (index + 1) * BATCH),
  )
}

/** Appends events to a new stream. */
export async function appendAll<Event extends LogEvent>(
  store: SqlStore<Event>,
  stream: string,
  events: readonly Event[],
): Promise<void> {
  let expected = 0
  for (const batch of batches(events)) {
    await store.append(stream, recorded(batch, expected), { expected })
    expected += batch.length
  }
}
