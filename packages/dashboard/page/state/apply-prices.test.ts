import { describe, expect, it } from 'vitest'
import type { BookListView, BookView, PriceMessage } from '../../src/api/index.js'
import { priceBook, priceBooks } from './apply-prices.js'

const MESSAGE: PriceMessage = {
  account: 'main',
  symbol: 'BTCUSDT',
  version: 7,
  mark: '51000',
  markTime: 10,
  unrealizedPnl: '100',
  sides: [
    {
      side: 'LONG',
      unrealizedPnl: '100',
      pnlPercent: '2',
      totalPnl: '90',
      tranches: [{ id: 'T1', unrealizedPnl: '100', pnlPercent: '2' }],
    },
  ],
}

const BOOK = {
  account: 'main',
  symbol: 'BTCUSDT',
  version: 7,
  isPast: false,
  mark: '50000',
  groups: [
    { side: 'LONG', unrealizedPnl: '0', tranches: [{ id: 'T1', unrealizedPnl: '0', quantity: '0.1' }, { id: 'T2' }] },
    { side: 'SHORT', unrealizedPnl: '5', tranches: [] },
  ],
} as unknown as BookView

describe('new prices', () => {
  it('change what follows from the mark, and nothing else', () => {
    const priced = priceBook(BOOK, [MESSAGE])
    expect(priced.mark).toBe('51000')
    expect(priced.groups[0]).toMatchObject({ unrealizedPnl: '100', totalPnl: '90' })
    expect(priced.groups[0]?.tranches[0]).toMatchObject({ id: 'T1', unrealizedPnl: '100', quantity: '0.1' })
    expect(priced.groups[0]?.tranches[1]).toEqual({ id: 'T2' })
    expect(priced.groups[1]).toBe(BOOK.groups[1])
  })

  it.each([
    ['another version', { ...BOOK, version: 8 }],
    ['the past', { ...BOOK, isPast: true }],
    ['another book', { ...BOOK, symbol: 'ETHUSDT' }],
    ['another account', { ...BOOK, account: 'other' }],
  ])('leave %s alone', (_, book) => {
    expect(priceBook(book, [MESSAGE])).toBe(book)
  })

  it('leave books of the list that are not named as they are', () => {
    const other = { account: 'main', symbol: 'ETHUSDT', version: 1, sides: [] }
    const named = { account: 'main', symbol: 'BTCUSDT', version: 7, sides: [{ side: 'LONG', quantity: '0.1' }] }
    const list = { books: [named, other], position: '1', time: 1 } as unknown as BookListView
    const priced = priceBooks(list, [MESSAGE])
    expect(priced.books[0]).toMatchObject({ unrealizedPnl: '100', sides: [{ quantity: '0.1', pnlPercent: '2' }] })
    expect(priced.books[1]).toBe(list.books[1])
  })
})
