import type { BookPlace } from '../../src/api/index.js'

/** Rooms of a book. */
export const BOOK_ROOMS = ['book', 'timeline', 'orders', 'reconciliation', 'analytics', 'settings'] as const

/** A room of a book. */
export type BookRoom = (typeof BOOK_ROOMS)[number]

/** What is looked at; it stands in the address, so that it can be kept and sent. */
export type Route =
  | { readonly type: 'home' }
  | { readonly type: 'health' }
  | {
      readonly type: 'book'
      readonly place: BookPlace
      readonly room: BookRoom
      /** `null` = now. */
      readonly version: number | null
    }

const PATH = /^#\/books\/([^/]+)\/([^/?]+)(?:\/([a-z]+))?(?:\?at=(\d+))?$/

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** Reads the part of an address after `#`; whatever is not understood is home. */
export function parseRoute(hash: string): Route {
  if (hash === '#/health') return { type: 'health' }
  const [, account = '', symbol = '', name = 'book', at] = PATH.exec(hash) ?? []
  const room = BOOK_ROOMS.find((one) => one === name)
  const place = { account: decoded(account), symbol: decoded(symbol) }
  if (room === undefined || place.account === null || place.symbol === null || place.symbol === '') {
    return { type: 'home' }
  }
  const version = at === undefined ? null : Number(at)
  return { type: 'book', place: { account: place.account, symbol: place.symbol }, room, version }
}

/** Writes a route as the part of an address after `#`. */
export function formatRoute(route: Route): string {
  switch (route.type) {
    case 'home':
      return '#/'
    case 'health':
      return '#/health'
    case 'book': {
      const { place, room, version } = route
      const path = `#/books/${encodeURIComponent(place.account)}/${encodeURIComponent(place.symbol)}`
      return `${path}${room === 'book' ? '' : `/${room}`}${version === null ? '' : `?at=${version}`}`
    }
  }
}
