import { describe, expect, it } from 'vitest'
import { aBook } from '../../test/builders/book-builder.js'
import { contextOf } from '../../test/builders/context-builder.js'
import { marked } from '../../test/builders/events-builder.js'
import { parsePrice } from '../money/price.js'
import { freshMark } from './fresh-mark.js'

const EMPTY = aBook([])
const PRICE = parsePrice('50000')

describe('a mark to judge levels by', () => {
  it.each([
    ['of this moment', '50000', 20_000, PRICE],
    ['as old as allowed', '50000', 10_000, PRICE],
    ['older than allowed', '50000', 9999, null],
    ['from a clock ahead of ours', '50000', 20_500, PRICE],
    ['of 0', '0', 20_000, null],
    ['that is missing', null, 20_000, null],
  ])('%s', (_name, mark, markTime, expected) => {
    expect(freshMark(EMPTY, contextOf({ mark, markTime }), 20_000)).toBe(expected)
  })

  it('is not older than the last that was recorded', () => {
    const book = aBook([], { events: [marked(900, '49900')] })
    expect(freshMark(book, contextOf({ markTime: 899 }), 1000)).toBeNull()
    expect(freshMark(book, contextOf({ markTime: 900 }), 1000)).toBe(PRICE)
  })

  it('is not older than the last fill, which may have moved the stop it would judge', () => {
    const book = { ...EMPTY, lastFillTime: 900 }
    expect(freshMark(book, contextOf({ markTime: 899 }), 1000)).toBeNull()
    expect(freshMark(book, contextOf({ markTime: 900 }), 1000)).toBe(PRICE)
  })
})
