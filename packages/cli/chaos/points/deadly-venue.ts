import type { AccountEvent, OrderRequest, Venue, WriteResult } from '@tranchebook/adapters'
import type { Fuse, Point } from './point.js'

function answeredPoint({ terms: { purpose } }: OrderRequest): Point | null {
  if (purpose === 'entry') return 'entryAnswered'
  if (purpose === 'exit') return 'exitAnswered'
  return purpose === 'stop' ? 'stopAnswered' : null
}

function toldPoint(event: AccountEvent, entrySide: 'BUY' | 'SELL'): Point | null {
  if (event.type !== 'fill') return null
  return event.side === entrySide ? 'entryTold' : 'exitTold'
}

/** A venue whose customer may die when an answer or a fill has reached it, before anything comes of that. Entries here are all LONG. */
export function deadlyVenue(venue: Venue, fuse: Fuse): Venue {
  const answered = (request: OrderRequest, result: WriteResult): WriteResult => {
    fuse.reach(answeredPoint(request))
    return result
  }
  const told: Pick<Venue, 'submit' | 'submitMany' | 'streamAccount'> = {
    submit: async (request) => answered(request, await venue.submit(request)),
    submitMany: async (requests) => {
      const results = await venue.submitMany(requests)
      for (const request of requests) fuse.reach(answeredPoint(request))
      return results
    },
    streamAccount: (take) =>
      venue.streamAccount((event) => {
        fuse.reach(toldPoint(event, 'BUY'))
        take(event)
      }),
  }
  return new Proxy(venue, {
    get: (target, name) => {
      if (Object.hasOwn(told, name)) return Reflect.get(told, name) as unknown
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}
