import { describe, expect, it } from 'vitest'
import { aBook } from '../../test/builders/book-builder.js'
import { entryIntended, opened } from '../../test/builders/events-builder.js'
import type { BookEvent } from '../book/events.js'
import { formatMoney } from '../money/money.js'
import { parsePrice } from '../money/price.js'
import { accountShareOf } from './account-share.js'

const LONG = opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.01', orderId: 'e-old' })
const SHORT = opened({ time: 2, tranche: 'T2', price: '49000', quantity: '0.01', side: 'SHORT', leverage: 7 })

function shareOf(events: readonly BookEvent[], mark: string | null = '50000'): readonly [number, number, string] {
  const book = aBook([], { events })
  const share = accountShareOf(book, { mark: mark === null ? null : parsePrice(mark), leverage: 10 })
  return [share.openTranches, share.activePositions, formatMoney(share.marginUsed)]
}

describe('accountShareOf', () => {
  it.each<[name: string, events: readonly BookEvent[], wanted: readonly [number, number, string]]>([
    ['nothing', [], [0, 0, '0']],
    // 500 ÷ 10
    ['a tranche', [LONG], [1, 1, '50']],
    // 490 ÷ 7 = 70
    ['both sides: two tranches of one book', [LONG, SHORT], [2, 1, '120']],
    // 0.02 · 50 000 ÷ 10
    ['an entry at market, valued at the mark', [entryIntended(3, 'e1', { quantity: '0.02' })], [1, 1, '100']],
    ['an entry at a limit, valued there', [entryIntended(3, 'e1', { quantity: '0.02', price: '40000' })], [1, 1, '80']],
    ['an entry of SHORT', [entryIntended(3, 'e1', { quantity: '0.02', side: 'SHORT' })], [1, 1, '100']],
    [
      'an entry that adds to a tranche holds no slot',
      [LONG, entryIntended(3, 'e1', { quantity: '0.02', tranche: 'T1' })],
      [1, 1, '150'],
    ],
    [
      'an entry whose tranche is open already holds no slot',
      [LONG, entryIntended(3, 'e-old', { quantity: '0.02' })],
      [1, 1, '150'],
    ],
  ])('of %s', (_name, events, wanted) => {
    expect(shareOf(events)).toEqual(wanted)
  })

  it('values an entry at market by nothing where no mark is known', () => {
    expect(shareOf([entryIntended(3, 'e1', { quantity: '0.02' })], null)).toEqual([1, 1, '0'])
  })
})
