import { describe, expect, it } from 'vitest'
import { BOOK_ROOMS, formatRoute, parseRoute, type Route } from './route.js'

const PLACE = { account: 'main', symbol: 'BTCUSDT' }

describe('the address', () => {
  const routes: readonly Route[] = [
    { type: 'home' },
    { type: 'health' },
    ...BOOK_ROOMS.map((room): Route => ({ type: 'book', place: PLACE, room, version: null })),
    { type: 'book', place: PLACE, room: 'book', version: 12 },
    { type: 'book', place: { account: 'a b/c', symbol: 'ÄÖ' }, room: 'orders', version: 3 },
  ]

  it.each(routes)('says what is looked at: $type $room $version', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route)
  })

  it.each(['', '#', '#/books/main', '#/books/main/BTCUSDT/nowhere', '#/books/%E0%A4%A/x'])(
    'is home for «%s»',
    (hash) => {
      expect(parseRoute(hash)).toEqual({ type: 'home' })
    },
  )
})
