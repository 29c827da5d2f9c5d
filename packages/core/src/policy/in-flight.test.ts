import { describe, expect, it } from 'vitest'
import { aBook, anOrder } from '../../test/builders/book-builder.js'
import type { BookOrder } from '../book/order.js'
import { formatQuantity, parseQuantity } from '../money/quantity.js'
import { exitsInFlight, takeParts, unallocatedExitsInFlight, unfilledOf, unfilledParts } from './in-flight.js'

const TWO = [
  { tranche: 'T1', quantity: '0.04' },
  { tranche: 'T2', quantity: '0.06' },
]

function orderOf(changes: Partial<BookOrder>): BookOrder {
  const intended = anOrder({ clientOrderId: 'x', purpose: 'exit', quantity: '0.1', allocation: TWO })
  const order = aBook([], { events: [intended] }).orders.get('x')
  return { ...order!, ...changes }
}

function partsText(parts: readonly { tranche: string; quantity: ReturnType<typeof parseQuantity> }[]): string {
  return parts.map((part) => `${part.tranche} ${formatQuantity(part.quantity)}`).join(' ')
}

describe('what an order may still fill', () => {
  it.each([
    ['0', 'T1 0.04 T2 0.06'],
    ['0.03', 'T1 0.01 T2 0.06'],
    ['0.04', 'T2 0.06'],
    ['0.07', 'T2 0.03'],
    ['0.1', ''],
  ])('after %s filled, in the order of its allocation: %s', (filled, expected) => {
    const order = orderOf({ filled: parseQuantity(filled) })
    expect(partsText(unfilledParts(order))).toBe(expected)
    expect(unfilledOf(order)).toBe(parseQuantity('0.1') - parseQuantity(filled))
  })

  it('is only what the venue counts beyond our fills once it has ended the order', () => {
    const ending = { status: 'cancelled' as const, filledQuantity: parseQuantity('0.05') }
    const order = orderOf({ filled: parseQuantity('0.03'), ending })
    expect(partsText(unfilledParts(order))).toBe('T1 0.01 T2 0.01')
  })

  it('is nothing when more was filled than was asked for, and unknown for a close-position order', () => {
    expect(unfilledOf(orderOf({ filled: parseQuantity('0.2') }))).toBe(0n)
    expect(unfilledOf(orderOf({ quantity: null }))).toBeNull()
    expect(unfilledParts(orderOf({ quantity: null, allocation: [] }))).toEqual([])
  })

  it('takes no more than there is', () => {
    expect(takeParts([], parseQuantity('1'))).toEqual([])
  })
})

describe('exits in flight', () => {
  it('sum what every exit may still close of a tranche, and leave protective orders out', () => {
    const book = aBook([{ id: 'T1', price: '50000', quantity: '1' }], {
      events: [
        anOrder({ clientOrderId: 'a', purpose: 'exit', quantity: '0.1', allocation: TWO }),
        anOrder({ clientOrderId: 'b', purpose: 'exit', quantity: '0.2' }),
        anOrder({ clientOrderId: 'c', purpose: 'stop', quantity: '1' }),
        anOrder({ clientOrderId: 'd', purpose: 'takeProfit', quantity: '1' }),
        anOrder({ clientOrderId: 'e', purpose: 'exit', quantity: '0.3', allocation: [] }),
        anOrder({ clientOrderId: 'f', purpose: 'exit', quantity: '0.4', allocation: [], side: 'SHORT' }),
      ],
    })
    expect(formatQuantity(exitsInFlight(book, 'T1'))).toBe('0.24')
    expect(formatQuantity(exitsInFlight(book, 'T2'))).toBe('0.06')
    expect(formatQuantity(exitsInFlight(book, 'T9'))).toBe('0')
    expect(formatQuantity(unallocatedExitsInFlight(book, 'LONG'))).toBe('0.3')
  })
})
