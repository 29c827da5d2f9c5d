import type { FundingRequest } from '@tranchebook/adapters'
import { emptyBook, FUNDING_WINDOW, parseQuantity, type TrancheBook } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import type { BookLoop } from '../src/book/book-loop.js'
import { FundingWatch } from '../src/reconcile/funding-watch.js'
import { silentLogger } from '../src/report/logger.js'
import { PaperExchange } from './paper-exchange.js'
import { PaperVenue } from './paper-venue.js'
import { VirtualClock } from './virtual-clock.js'

const SYMBOL = 'BTCUSDT'
const DAY_MS = 86_400_000

describe('the past of a book', () => {
  const NOW = 100 * DAY_MS

  /** What is asked for by so many looks back at day 100, as days, of a book that began at day 80. */
  async function lookedBack(change: (book: TrancheBook) => void, looks: number): Promise<readonly string[]> {
    const book = emptyBook({ account: 'main', symbol: SYMBOL, positionMode: 'HEDGE' })
    book.lastFillTime = 80 * DAY_MS
    book.checks.LONG = {
      positionSide: 'LONG',
      quantity: parseQuantity('0.01'),
      entryPrice: null,
      markPrice: null,
      time: NOW,
      status: 'drift',
      difference: parseQuantity('0.01'),
      driftSince: NOW,
      looks: 1,
    }
    change(book)
    const venue = new PaperVenue(new PaperExchange('main', () => NOW), new VirtualClock(NOW), [])
    const asked: string[] = []
    venue.fetchFunding = async ({ since, until }: FundingRequest) => {
      asked.push(`${(since ?? 0) / DAY_MS} to ${(until ?? 0) / DAY_MS}`)
      return Promise.resolve({ payments: [], isComplete: true })
    }
    const loop = { symbol: SYMBOL, book, isHalted: false, idle: async () => Promise.resolve() } as unknown as BookLoop
    const watch = new FundingWatch({
      venue,
      now: () => NOW,
      logger: silentLogger,
      loops: () => [loop],
      beginningOf: () => 80 * DAY_MS,
      newestFunding: async () => Promise.resolve(null),
      isListed: () => true,
      doubtInstruments: async () => Promise.resolve(),
    })
    for (let look = 0; look < looks; look += 1) await watch.lookBack()
    return asked
  }

  it('is gone through six days at a time, from its beginning to what is asked for anyway, and then again', async () => {
    expect(await lookedBack(() => undefined, 4)).toEqual(['80 to 86', '86 to 92', '92 to 98', '80 to 86'])
  })

  it('is left alone where payments are forgotten: they could not be told from new ones, and would be booked twice', async () => {
    const ids = Array.from({ length: FUNDING_WINDOW }, (_, id) => String(id))
    expect(await lookedBack((book) => book.fundingIds.push(...ids), 2)).toEqual(['93 to 99', '93 to 99'])
    expect(await lookedBack((book) => book.fundingIds.push(...ids.slice(1)), 1)).toEqual(['80 to 86'])
  })

  it('ends six days after the last position, unless the venue holds what the book does not know', async () => {
    const agree = (book: TrancheBook): void => {
      book.checks.LONG = null
    }
    expect(await lookedBack(agree, 2)).toEqual(['80 to 86', '80 to 86'])
  })
})
