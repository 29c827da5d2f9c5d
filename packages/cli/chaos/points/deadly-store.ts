import type { BookEvent, OrderPurpose } from '@tranchebook/core'
import type { EventStore } from '@tranchebook/store'
import type { Fuse, Point } from './point.js'

const INTENDED: Readonly<Partial<Record<OrderPurpose, Point>>> = {
  entry: 'entryIntended',
  exit: 'exitIntended',
  stop: 'stopIntended',
}
const ACKNOWLEDGED: Readonly<Partial<Record<OrderPurpose, Point>>> = {
  entry: 'entryAcknowledged',
  stop: 'stopAcknowledged',
}

function decidedPoint(event: BookEvent): Point | null {
  if (event.type === 'TrancheOpened') return 'entryFillDecided'
  return event.type === 'OrderIntended' && event.purpose === 'entry' ? 'entryDecided' : null
}

function durablePoint(event: BookEvent, purposes: ReadonlyMap<string, OrderPurpose>): Point | null {
  switch (event.type) {
    case 'OrderIntended':
      return INTENDED[event.purpose] ?? null
    case 'OrderAcknowledged':
      return ACKNOWLEDGED[purposes.get(event.clientOrderId) ?? 'takeProfit'] ?? null
    case 'TrancheOpened':
      return 'entryBooked'
    case 'TrancheReduced':
      return 'exitBooked'
    case 'CancelIntended':
      return 'cancelIntended'
    default:
      return null
  }
}

/** A store whose writer may die just before an append, or when it is durable and nobody has been told. */
export function deadlyStore<Store extends EventStore<BookEvent>>(store: Store, fuse: Fuse): Store {
  const purposes = new Map<string, OrderPurpose>()
  const append: Store['append'] = async (stream, events, options) => {
    const told = events.map(({ event }) => event)
    for (const event of told) {
      if (event.type === 'OrderIntended') purposes.set(event.clientOrderId, event.purpose)
      fuse.reach(decidedPoint(event))
    }
    const appended = await store.append(stream, events, options)
    for (const event of told) fuse.reach(durablePoint(event, purposes))
    return appended
  }
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'append') return append
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}
