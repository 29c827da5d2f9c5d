import { describe, expect, it } from 'vitest'
import { aBook } from '../../test/builders/book-builder.js'
import { closed, eventOf, opened, reduced } from '../../test/builders/events-builder.js'
import type { BookEvent } from '../book/events.js'
import { InvariantError } from '../errors.js'
import { canonicalJson } from '../replay/canonical-json.js'
import { copyBook, evolveAll } from './copy-book.js'
import { applyEvent, evolve } from './evolve.js'

const one = aBook([{ id: 'T1', price: '50000', quantity: '0.003', stop: '49000' }])
const cut = { time: 9, tranche: 'T1', price: '51000', realizedPnl: '1' }

function stop(to: string, forced = false): BookEvent {
  return eventOf('StopMoved', 9, {
    tranche: 'T1',
    side: 'LONG',
    from: '49000',
    to,
    rung: 'command',
    forced,
    trailingBest: null,
  })
}

describe('an event that does not fit', () => {
  it.each<[name: string, event: BookEvent, says: string]>([
    [
      'a tranche that exists',
      opened({ time: 9, tranche: 'T1', price: '1', quantity: '1' }),
      'tranche T1 exists already',
    ],
    ['a tranche of nothing', opened({ time: 9, tranche: 'T2', price: '1', quantity: '0' }), 'tranche T2 opens with 0'],
    ['a reduction of more than there is', reduced({ ...cut, quantity: '0.004' }), 'T1 cannot give 0.004'],
    ['a reduction of nothing', reduced({ ...cut, quantity: '0' }), 'T1 cannot give 0'],
    [
      'a reduction of a tranche that is not open',
      reduced({ ...cut, tranche: 'T7', quantity: '0.001' }),
      'no open LONG tranche T7',
    ],
    [
      'an end while something is held',
      closed({ time: 9, tranche: 'T1', exitPrice: '1', realizedPnl: '0' }),
      'T1 cannot close while it holds a quantity',
    ],
    ['a stop that goes back', stop('48000'), 'the stop of T1 would move against its favour'],
    [
      'an order that nobody intended',
      eventOf('OrderClosed', 9, { clientOrderId: 'x', status: 'filled', filledQuantity: null }),
      'no working order x',
    ],
    [
      'a fee that is not owed',
      eventOf('FillFeeBooked', 9, { tradeId: 'fill-9', fee: '1', feeAsset: 'USDT', parts: [] }),
      'the fee of fill fill-9 is not owed',
    ],
    [
      'an orphan that never waited',
      eventOf('FillOrphaned', 9, { tradeId: 'x', side: 'LONG', quantity: '1' }),
      'fill x is not waiting for an entry',
    ],
  ])('%s breaks a law, and leaves the book as it was', (_name, event, says) => {
    const book = copyBook(one)
    const before = canonicalJson(book)

    expect(() => applyEvent(book, event)).toThrow(InvariantError)
    expect(() => applyEvent(book, event)).toThrow(says)
    expect(canonicalJson(book)).toBe(before)
  })

  it('names the stream and the version', () => {
    expect(() => evolve(one, stop('48000'))).toThrow(
      expect.objectContaining({ code: 'book.invariant', details: { stream: 'main/BTCUSDT', version: 1 } }),
    )
    expect(() => evolve(one, stop('48000'))).toThrow('main/BTCUSDT at version 1: ')
  })
})

describe('evolve', () => {
  it('leaves the book before as it was and freezes the one after', () => {
    const before = canonicalJson(one)
    const after = evolve(one, stop('49500'))

    expect(canonicalJson(one)).toBe(before)
    expect(after.version).toBe(2)
    expect(after.groups.LONG.tranches[0]?.stopPrice).toBe(49_500n * 10n ** 12n)
    expect(Object.isFrozen(after.groups.LONG.tranches)).toBe(true)
  })

  it('gives what the plain recipe gives', () => {
    const events = [stop('49500'), reduced({ ...cut, quantity: '0.001' }), stop('49000', true)]

    expect(canonicalJson(events.reduce(evolve, one))).toBe(canonicalJson(evolveAll(one, events)))
  })

  it('counts every event and never turns the clock back', () => {
    const book = evolveAll(one, [stop('49500'), { ...stop('49600'), time: 3 }])

    expect([book.version, book.time]).toEqual([3, 9])
  })
})

describe('a copy', () => {
  it('shares nothing with its original', () => {
    const copy = copyBook(one)
    applyEvent(copy, reduced({ ...cut, quantity: '0.001' }))

    expect(one.groups.LONG.quantity).toBe(3_000_000_000n)
    expect(copy.groups.LONG.quantity).toBe(2_000_000_000n)
    expect(copy.orders).toBeInstanceOf(Map)
  })
})
