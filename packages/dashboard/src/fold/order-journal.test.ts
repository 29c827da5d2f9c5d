import type { BookEvent, EventOf } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { emptyJournal, ENDED_KEPT, filledText, type OrderJournal, recordOrder } from './order-journal.js'

const HEADER = { version: 1, time: 1000, causationId: 'c', correlationId: 'c' } as const

function intended(clientOrderId: string): EventOf<'OrderIntended'> {
  return {
    ...HEADER,
    type: 'OrderIntended',
    clientOrderId,
    intent: 1,
    attempt: 1,
    purpose: 'entry',
    orderType: 'LIMIT',
    side: 'LONG',
    orderSide: 'BUY',
    positionSide: 'LONG',
    quantity: '0.1',
    price: '50000',
    triggerPrice: null,
    reduceOnly: false,
    closePosition: false,
    allocation: [],
    level: null,
    entryTranche: null,
    label: null,
    reason: 'command',
  }
}

function filled(quantity: string, ids: Partial<EventOf<'FillBooked'>>): EventOf<'FillBooked'> {
  return {
    ...HEADER,
    type: 'FillBooked',
    tradeId: quantity,
    orderId: null,
    clientOrderId: null,
    side: 'BUY',
    positionSide: 'LONG',
    quantity,
    price: '50000',
    fee: null,
    feeAsset: null,
    realizedPnl: null,
    maker: null,
    kind: 'trade',
    tranche: null,
    closes: null,
    opens: null,
    unmatched: null,
    replaces: null,
    late: false,
    ...ids,
  }
}

function journalOf(...events: readonly BookEvent[]): OrderJournal {
  const journal = emptyJournal()
  for (const [index, event] of events.entries()) recordOrder(journal, event, index + 1)
  return journal
}

function closed(status: EventOf<'OrderClosed'>['status'], clientOrderId = 'a'): EventOf<'OrderClosed'> {
  return { ...HEADER, type: 'OrderClosed', clientOrderId, status, filledQuantity: null }
}

const UNKNOWN: BookEvent = { ...HEADER, type: 'OrderOutcomeUnknown', clientOrderId: 'a', message: null }
const KNOWN: BookEvent = { ...HEADER, type: 'OrderAcknowledged', clientOrderId: 'a', venueOrderId: '77' }

describe('an order', () => {
  it.each([
    ['is open', [], 'open'],
    ['is unknown', [UNKNOWN], 'unknown'],
    ['was found after all', [UNKNOWN, KNOWN], 'open'],
    ['was filled', [KNOWN, closed('filled')], 'filled'],
    ['was cancelled', [KNOWN, closed('cancelled')], 'cancelled'],
    [
      'was filled in part, then cancelled',
      [KNOWN, filled('0.04', { clientOrderId: 'a' }), closed('cancelled')],
      'partlyFilled',
    ],
    ['never reached the venue', [UNKNOWN, closed('absent')], 'absent'],
  ] as const)('%s', (_title, events, outcome) => {
    expect(journalOf(intended('a'), ...events).orders.get('a')?.outcome).toBe(outcome)
  })

  it('counts fills that name it, its id at the venue, or the order it became', () => {
    const triggered: BookEvent = { ...HEADER, type: 'OrderTriggered', clientOrderId: 'a', childOrderId: '78' }
    const fills = [
      filled('0.01', { clientOrderId: 'a' }),
      filled('0.02', { orderId: '77' }),
      filled('0.03', { orderId: '78' }),
    ]
    const journal = journalOf(intended('a'), KNOWN, triggered, ...fills, filled('9', { orderId: '99' }))
    const order = journal.orders.get('a')
    expect(order?.fills.map(({ quantity }) => quantity)).toEqual(['0.01', '0.02', '0.03'])
    expect(order === undefined ? '' : filledText(order)).toBe('0.06')
  })

  it('learns a fee that comes later', () => {
    const fee: BookEvent = { ...HEADER, type: 'FillFeeBooked', tradeId: '0.01', fee: '0.2', feeAsset: 'BNB', parts: [] }
    const journal = journalOf(intended('a'), filled('0.01', { clientOrderId: 'a' }), fee)
    expect(journal.orders.get('a')?.fills).toMatchObject([{ fee: '0.2', feeAsset: 'BNB' }])
  })
})

describe('the journal', () => {
  it('keeps all that are open and the newest that have ended', () => {
    const many = Array.from({ length: ENDED_KEPT + 10 }, (_, index) => `o${index}`)
    const journal = journalOf(
      intended('first'),
      ...many.flatMap((id) => [intended(id), closed('filled', id)]),
      closed('filled', 'o5'),
    )
    expect(journal.orders.size).toBe(ENDED_KEPT + 1)
    expect(journal.orders.has('first')).toBe(true)
    expect(journal.orders.has('o9')).toBe(false)
    expect(journal.orders.has('o10')).toBe(true)
    expect(journal.dropped).toBe(10)
  })
})
