import { describe, expect, it } from 'vitest'
import { emptyBook, type TrancheBook } from '../book/book.js'
import { parseMoney } from '../money/money.js'
import { NO_QUANTITY } from '../money/quantity.js'
import { loadSnapshot, saveSnapshot } from './snapshot.js'

function bookWithFees(): TrancheBook {
  const book = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' })
  book.groups.LONG.fees = { USDT: parseMoney('0.000000000000000000000001'), '1000': parseMoney('-2.5') }
  book.fills.seen.set('18446744073709551617', { time: 1000, side: null, net: NO_QUANTITY, owed: null })
  book.version = 7
  return book
}

type Json = Record<string, unknown>

/** A snapshot as a store gives it back, with something done to it. */
function damaged(damage: (snapshot: Json, book: Json) => void): unknown {
  const snapshot = JSON.parse(JSON.stringify(saveSnapshot(bookWithFees()))) as Json
  damage(snapshot, snapshot['book'] as Json)
  return snapshot
}

describe('saveSnapshot', () => {
  it('writes exact numbers as decimal text and maps as pairs', () => {
    const snapshot = saveSnapshot(bookWithFees())
    expect(snapshot).toMatchObject({
      schema: 'tranchebook/snapshot/3',
      version: 7,
      book: {
        groups: { LONG: { quantity: '0', fees: { USDT: '0.000000000000000000000001', '1000': '-2.5' } } },
        fills: { seen: [['18446744073709551617', { time: 1000, owed: null }]] },
      },
    })
    expect(snapshot.stateHash).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('loadSnapshot', () => {
  it('gives the book back, as a copy of its own', () => {
    const book = bookWithFees()
    const loaded = loadSnapshot(saveSnapshot(book))
    expect(loaded).toEqual({ isUsable: true, book })
    if (loaded.isUsable) expect(loaded.book.groups).not.toBe(book.groups)
  })

  it.each([
    ['nothing', undefined, 'notASnapshot', 'expected a snapshot object, got nothing'],
    ['a list', [], 'notASnapshot', 'expected a snapshot object, got []'],
    ['no schema', {}, 'otherSchema', 'expected schema tranchebook/snapshot/3, got nothing'],
    [
      'a newer schema',
      damaged((snapshot) => (snapshot['schema'] = 'tranchebook/snapshot/4')),
      'otherSchema',
      'expected schema tranchebook/snapshot/3, got "tranchebook/snapshot/4"',
    ],
    [
      'no book',
      damaged((snapshot) => delete snapshot['book']),
      'malformedState',
      'book: expected an object, got nothing',
    ],
    [
      'a field less',
      damaged((_, book) => delete book['nextIntent']),
      'malformedState',
      'nextIntent: expected a whole number, got nothing',
    ],
    [
      'a number for a decimal',
      damaged((_, book) => (((book['groups'] as Json)['LONG'] as Json)['cost'] = 12)),
      'malformedState',
      'groups.LONG.cost: expected text, got 12',
    ],
    [
      'an exponent',
      damaged((_, book) => (((book['groups'] as Json)['LONG'] as Json)['cost'] = '1e3')),
      'malformedState',
      'groups.LONG.cost: expected a plain decimal as text, got "1e3"',
    ],
    [
      'another word',
      damaged((_, book) => (book['positionMode'] = 'NETTED')),
      'malformedState',
      'positionMode: expected HEDGE, ONE_WAY, got "NETTED"',
    ],
    [
      'another state',
      damaged((_, book) => (book['nextIntent'] = 2)),
      'otherHash',
      'expected the state of version 7 with hash',
    ],
    [
      'another version',
      damaged((snapshot) => (snapshot['version'] = 8)),
      'otherHash',
      'expected the state of version 8 with hash',
    ],
  ])('refuses %s and says why', (_, json, code, message) => {
    const loaded = loadSnapshot(json)
    expect(loaded).toMatchObject({ isUsable: false, code })
    if (!loaded.isUsable) {
      expect(loaded.message).toContain(message)
      expect(loaded.message).toMatch(/; replay the log from its beginning$/)
    }
  })
})
