import type { BookEvent, EventOf } from '@tranchebook/core'
import type { EventStore, StoredEvent } from '@tranchebook/store'
import type { Cell, Column, Table } from './table.js'

/** Streams that are wanted. */
export type Wanted = ReadonlySet<string>

type Fill = EventOf<'FillBooked'>
type Field<Source> = Column & { readonly value: (source: Source) => Cell }

const FILL_FIELDS: readonly Field<Fill>[] = [
  { name: 'time', type: 'time', value: (fill) => fill.time },
  { name: 'tradeId', type: 'text', value: (fill) => fill.tradeId },
  { name: 'orderId', type: 'text', value: (fill) => fill.orderId },
  { name: 'clientOrderId', type: 'text', value: (fill) => fill.clientOrderId },
  { name: 'side', type: 'text', value: (fill) => fill.side },
  { name: 'positionSide', type: 'text', value: (fill) => fill.positionSide },
  { name: 'quantity', type: 'decimal', value: (fill) => fill.quantity },
  { name: 'price', type: 'decimal', value: (fill) => fill.price },
  { name: 'fee', type: 'decimal', value: (fill) => fill.fee },
  { name: 'feeAsset', type: 'text', value: (fill) => fill.feeAsset },
  { name: 'realizedPnl', type: 'decimal', value: (fill) => fill.realizedPnl },
  { name: 'maker', type: 'flag', value: (fill) => fill.maker },
  { name: 'kind', type: 'text', value: (fill) => fill.kind },
  { name: 'late', type: 'flag', value: (fill) => fill.late },
]

const EVENT_FIELDS: readonly Field<StoredEvent<BookEvent>>[] = [
  { name: 'version', type: 'count', value: ({ version }) => version },
  { name: 'time', type: 'time', value: ({ event }) => event.time },
  { name: 'recordedTime', type: 'time', value: ({ recordedTime }) => recordedTime },
  { name: 'type', type: 'text', value: ({ event }) => event.type },
  { name: 'causationId', type: 'text', value: ({ event }) => event.causationId },
  { name: 'correlationId', type: 'text', value: ({ event }) => event.correlationId },
  { name: 'hash', type: 'text', value: ({ hash }) => hash },
  { name: 'event', type: 'text', value: ({ event }) => JSON.stringify(event) },
]

const PLACE: readonly Column[] = [
  { name: 'position', type: 'count' },
  { name: 'account', type: 'text' },
  { name: 'symbol', type: 'text' },
]

function placeOf({ position, stream }: StoredEvent<BookEvent>): readonly Cell[] {
  const [account = '', symbol = ''] = stream.split('/')
  return [position, account, symbol]
}

async function* storedIn(
  store: EventStore<BookEvent>,
  wanted: Wanted,
): AsyncGenerator<StoredEvent<BookEvent>, void, undefined> {
  const [only] = wanted
  const events = wanted.size === 1 && only !== undefined ? store.read(only) : store.readAll()
  for await (const stored of events) if (wanted.has(stored.stream)) yield stored
}

function columnsOf(fields: readonly Column[]): readonly Column[] {
  return [...PLACE, ...fields.map(({ name, type }) => ({ name, type }))]
}

/** Every fill that was booked, in the order of the log. */
export function fillTable(store: EventStore<BookEvent>, wanted: Wanted): Table {
  async function* rows(): AsyncGenerator<readonly Cell[], void, undefined> {
    for await (const stored of storedIn(store, wanted)) {
      const { event } = stored
      if (event.type === 'FillBooked') yield [...placeOf(stored), ...FILL_FIELDS.map(({ value }) => value(event))]
    }
  }
  return { columns: columnsOf(FILL_FIELDS), rows: rows() }
}

/** Every event as it was recorded, in the order of the log. */
export function eventTable(store: EventStore<BookEvent>, wanted: Wanted): Table {
  async function* rows(): AsyncGenerator<readonly Cell[], void, undefined> {
    for await (const stored of storedIn(store, wanted))
      yield [...placeOf(stored), ...EVENT_FIELDS.map(({ value }) => value(stored))]
  }
  return { columns: columnsOf(EVENT_FIELDS), rows: rows() }
}
