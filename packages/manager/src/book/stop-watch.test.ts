import { parsePrice } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { StopWatch, type WatchedBook } from './stop-watch.js'

function bookWith(stops: { readonly long?: string; readonly short?: string }, version = 1): WatchedBook {
  const tranches = (stop?: string): WatchedBook['groups']['LONG'] => ({
    tranches: stop === undefined ? [] : [{ stopPrice: parsePrice(stop) }],
  })
  return { version, groups: { LONG: tranches(stops.long), SHORT: tranches(stops.short) } }
}

const at = parsePrice

describe('the watch over stops', () => {
  it('rests between the stops, is due at and beyond them, and not with every tick', () => {
    const watch = new StopWatch()
    const book = bookWith({ long: '49000', short: '51000' })
    expect(watch.isDue(book, at('49000.1'), 0)).toBe(false)
    expect(watch.isDue(book, at('50999.9'), 10)).toBe(false)
    expect(watch.isDue(book, at('49000'), 20)).toBe(true)
    expect(watch.isDue(book, at('48900'), 60)).toBe(false)
    expect(watch.isDue(book, at('51000'), 120)).toBe(true)
  })

  it('follows the book', () => {
    const watch = new StopWatch()
    expect(watch.isDue(bookWith({}), at('1'), 0)).toBe(false)
    expect(watch.isDue(bookWith({ long: '48000' }, 2), at('48500'), 0)).toBe(false)
    expect(watch.isDue(bookWith({ long: '48600' }, 3), at('48500'), 0)).toBe(true)
  })
})
