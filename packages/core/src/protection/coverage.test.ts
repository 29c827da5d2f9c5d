import { describe, expect, it } from 'vitest'
import { aBook, anOrder, type OrderText, resting, type TrancheText } from '../../test/builders/book-builder.js'
import { type ContextChanges, contextOf } from '../../test/builders/context-builder.js'
import { eventOf } from '../../test/builders/events-builder.js'
import type { BookEvent } from '../book/events.js'
import type { PositionMode } from '../config/symbol-config.js'
import { formatQuantity } from '../money/quantity.js'
import { coverage } from './coverage.js'

const T1: TrancheText = { id: 'T1', price: '50000', quantity: '0.1', stop: '49000' }
const T2: TrancheText = { ...T1, id: 'T2', quantity: '0.2' }

const stop = (clientOrderId: string, quantity: string, tranche = 'T1'): OrderText => ({
  clientOrderId,
  quantity,
  allocation: [{ tranche, quantity }],
})
const pooled = (quantity: string): OrderText => ({ clientOrderId: 'p', quantity, allocation: [] })
const failSafe: OrderText = { clientOrderId: 'f', purpose: 'failSafe', quantity: null }

interface Given extends ContextChanges {
  readonly tranches?: readonly TrancheText[]
  readonly positionMode?: PositionMode
  readonly side?: 'LONG' | 'SHORT'
}

function covered(events: readonly BookEvent[], given: Given = {}): string {
  const { tranches = [T1], positionMode = 'HEDGE', side = 'LONG' } = given
  const result = coverage(aBook(tranches, { positionMode, events }), side, contextOf(given))
  const missing = result.uncovered.map((part) => `${part.tranche} ${formatQuantity(part.quantity)}`).join(' ')
  const verdict = result.protected ? 'protected' : `unprotected: ${missing}`
  return `${formatQuantity(result.covered)} of ${formatQuantity(result.open)}, ${verdict}`
}

describe('what is behind stops that rest', () => {
  it.each([
    ['nothing', [], '0 of 0.1, unprotected: T1 0.1'],
    ['a stop that is only intended', [anOrder(stop('a', '0.1'))], '0 of 0.1, unprotected: T1 0.1'],
    ['a stop that works', resting(stop('a', '0.1')), '0.1 of 0.1, protected'],
    ['a stop that is too small', resting(stop('a', '0.06')), '0.06 of 0.1, unprotected: T1 0.04'],
    ['two stops together', [...resting(stop('a', '0.06')), ...resting(stop('b', '0.04'))], '0.1 of 0.1, protected'],
    ['a stop larger than the tranche', resting(stop('a', '0.3')), '0.1 of 0.1, protected'],
    [
      'a stop being cancelled',
      [...resting(stop('a', '0.1')), eventOf('CancelIntended', 3, { clientOrderId: 'a', reason: 'replaced' })],
      '0.1 of 0.1, protected',
    ],
    [
      'a stop of which nobody knows',
      [...resting(stop('a', '0.1')), eventOf('OrderOutcomeUnknown', 3, { clientOrderId: 'a', message: null })],
      '0 of 0.1, unprotected: T1 0.1',
    ],
    ['the stop of another tranche', resting(stop('a', '0.1', 'T9')), '0 of 0.1, unprotected: T1 0.1'],
    ['a take profit', resting({ ...stop('a', '0.1'), purpose: 'takeProfit' }), '0 of 0.1, unprotected: T1 0.1'],
    ['a close-position stop', resting(failSafe), '0.1 of 0.1, protected'],
    ['a close-position stop that is only intended', [anOrder(failSafe)], '0 of 0.1, unprotected: T1 0.1'],
    [
      'the close-position stop of the other side',
      resting({ ...failSafe, side: 'SHORT' }),
      '0 of 0.1, unprotected: T1 0.1',
    ],
    [
      'a close-position stop that the venue has ended',
      [
        ...resting(failSafe),
        eventOf('OrderEnding', 3, { clientOrderId: 'f', status: 'expired', filledQuantity: '0.01' }),
      ],
      '0 of 0.1, unprotected: T1 0.1',
    ],
  ])('is judged by %s', (_name, events, expected) => {
    expect(covered(events)).toBe(expected)
  })

  it('counts what the venue has closed and we have not booked yet', () => {
    const ending = eventOf('OrderEnding', 3, { clientOrderId: 'a', status: 'filled', filledQuantity: '0.1' })
    expect(covered([...resting(stop('a', '0.1')), ending])).toBe('0.1 of 0.1, protected')
    const half = eventOf('OrderEnding', 3, { clientOrderId: 'a', status: 'cancelled', filledQuantity: '0.05' })
    expect(covered([...resting(stop('a', '0.1')), half])).toBe('0.05 of 0.1, unprotected: T1 0.05')
  })

  it('judges each tranche by its own stops, and lends pooled ones to whom they are missing', () => {
    const tranches = [T1, T2]
    expect(covered(resting(stop('a', '0.3')), { tranches })).toBe('0.1 of 0.3, unprotected: T2 0.2')
    expect(covered(resting(pooled('0.25')), { tranches })).toBe('0.25 of 0.3, unprotected: T2 0.05')
    const mixed = [...resting(stop('a', '0.1')), ...resting(pooled('0.2'))]
    expect(covered(mixed, { tranches })).toBe('0.3 of 0.3, protected')
  })

  it('misses the stop of isolated tranches first when a combined book has only the pair', () => {
    const tranches = [{ ...T1, isolated: true }, T2]
    const config = { protection: 'COMBINED' } as const
    expect(covered(resting(pooled('0.2')), { tranches, config })).toBe('0.2 of 0.3, unprotected: T1 0.1')
  })

  it('asks nothing of a tranche that has no stop on purpose', () => {
    expect(covered([], { tranches: [{ ...T1, stop: null }] })).toBe('0.1 of 0.1, protected')
  })

  it('forgives less than one step in all', () => {
    const tranches = [{ ...T1, quantity: '0.1005' }]
    expect(covered(resting(stop('a', '0.1')), { tranches })).toBe('0.1005 of 0.1005, protected')
    expect(covered(resting(stop('a', '0.099')), { tranches })).toBe('0.099 of 0.1005, unprotected: T1 0.0015')
    expect(covered(resting(stop('a', '0.099')))).toBe('0.099 of 0.1, unprotected: T1 0.001')
  })

  it('asks in one-way mode for the net position only, nearest stops first to be missed', () => {
    const tranches: readonly TrancheText[] = [
      T1,
      T2,
      { ...T1, id: 'T3', side: 'SHORT', stop: '51000', quantity: '0.2' },
    ]
    const given = { tranches, positionMode: 'ONE_WAY' } as const
    expect(covered(resting(stop('a', '0.1')), given)).toBe('0.3 of 0.3, protected')
    expect(covered(resting(stop('a', '0.1')), { ...given, side: 'SHORT' })).toBe('0.2 of 0.2, protected')
    expect(covered([], given)).toBe('0.2 of 0.3, unprotected: T1 0.1')
  })

  it('is nothing to worry about when nothing is open', () => {
    expect(covered([], { tranches: [] })).toBe('0 of 0, protected')
  })
})
