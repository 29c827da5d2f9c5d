import { describe, expect, it } from 'vitest'
import type { BookSummary } from '../../src/api/index.js'
import { bookBeside, filterBooks } from './filter-books.js'

const book = (symbol: string, account = 'main', attention: readonly string[] = []): BookSummary =>
  ({ symbol, account, attention }) as unknown as BookSummary

const BOOKS = [book('BTCUSDT', 'main', ['isolated']), book('ETHUSDT'), book('BTCUSDT', 'second')]
const named = (books: readonly BookSummary[]): readonly string[] =>
  books.map(({ account, symbol }) => `${account}/${symbol}`)

describe('the rail', () => {
  it.each([
    ['', ['main/BTCUSDT', 'main/ETHUSDT', 'second/BTCUSDT']],
    ['btc', ['main/BTCUSDT', 'second/BTCUSDT']],
    ['btc second', ['second/BTCUSDT']],
    ['isolated', ['main/BTCUSDT']],
    ['doge', []],
  ])('finds by «%s»', (search, found) => {
    expect(named(filterBooks(BOOKS, search))).toEqual(found)
  })

  it('steps through books, stays at its ends, begins at the first', () => {
    expect(bookBeside(BOOKS, null, 1)).toBe(BOOKS[0])
    expect(bookBeside(BOOKS, { account: 'main', symbol: 'BTCUSDT' }, 1)).toBe(BOOKS[1])
    expect(bookBeside(BOOKS, { account: 'second', symbol: 'BTCUSDT' }, 1)).toBe(BOOKS[2])
    expect(bookBeside(BOOKS, { account: 'main', symbol: 'BTCUSDT' }, -1)).toBe(BOOKS[0])
    expect(bookBeside([], null, 1)).toBeUndefined()
  })
})
