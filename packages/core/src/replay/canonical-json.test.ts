import { describe, expect, it } from 'vitest'
import { emptyBook, type TrancheBook } from '../book/book.js'
import { parseMoney } from '../money/money.js'
import { canonicalJson } from './canonical-json.js'
import { stateHash } from './state-hash.js'

function bookWith(change: (book: TrancheBook) => void): TrancheBook {
  const book = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' })
  change(book)
  return book
}

describe('canonicalJson', () => {
  it('sorts keys as text, also those that look like numbers, whatever came first', () => {
    const names = ['1000', 'USDT', '9', 'BNB', '__proto__', 'é', 'Z', 'z']
    const texts = [names, names.toReversed()].map((order) =>
      canonicalJson(
        bookWith(
          (book) => (book.unallocatedFunding = Object.fromEntries(order.map((name) => [name, parseMoney('1')]))),
        ),
      ),
    )
    expect(texts[0]).toBe(texts[1])
    const keys = [...(texts[0] ?? '').matchAll(/"([^"]+)":"1000000000000000000000000"/g)].map(([, name]) => name)
    expect(keys).toEqual(['1000', '9', 'BNB', 'USDT', 'Z', '__proto__', 'z', 'é'])
  })

  it('keeps the order of maps: it is state, since rules go through them in that order', () => {
    const [one, other] = [
      ['a', 'b'],
      ['b', 'a'],
    ].map((order) =>
      bookWith((book) => order.forEach((purpose) => book.breakers.set(purpose, { failures: 1, lastTime: 0 }))),
    )
    if (one === undefined || other === undefined) throw new Error('two books were made')
    expect(canonicalJson(one)).toContain(
      '"breakers":[["a",{"failures":1,"lastTime":0}],["b",{"failures":1,"lastTime":0}]]',
    )
    expect(stateHash(one)).not.toBe(stateHash(other))
  })

  it('is JSON, and tells apart books that differ in the last digit kept', () => {
    const book = bookWith((made) => (made.groups.LONG.cost = parseMoney('0.1')))
    const other = bookWith((made) => (made.groups.LONG.cost = parseMoney('0.100000000000000000000001')))
    expect(JSON.parse(canonicalJson(book))).toMatchObject({ groups: { LONG: { cost: '100000000000000000000000' } } })
    expect(stateHash(book)).not.toBe(stateHash(other))
  })
})
