import { describe, expect, it } from 'vitest'
import { aBook, anOrder } from '../../test/builders/book-builder.js'
import { contextOf } from '../../test/builders/context-builder.js'
import { eventOf } from '../../test/builders/events-builder.js'
import type { BookEvent } from '../book/events.js'
import { splitClosing } from '../decide/close-lots.js'
import { parsePrice } from '../money/price.js'
import { parseQuantity } from '../money/quantity.js'
import { evolveAll } from './copy-book.js'

const targets = { takeProfitPrice: null, stopPrice: null, levels: [] }
const mergeOf = (...absorbed: readonly string[]): BookEvent =>
  eventOf('TrancheMerged', 10, { tranche: 'T1', side: 'LONG', absorbed, ...targets })

describe('a merge', () => {
  const book = aBook([
    { id: 'T1', price: '50000', quantity: '0.1' },
    { id: 'T2', price: '49000', quantity: '0.1' },
  ])

  it('lets an order of both tranches close the one, never more than it has', () => {
    const allocation = [
      { tranche: 'T1', quantity: '0.1' },
      { tranche: 'T2', quantity: '0.1' },
    ]
    const stop = anOrder({ clientOrderId: 'both', quantity: '0.2', allocation })
    // 50 000·0.1 + 49 000·0.1 = 9 900 for 0.2, so 0.05 of it cost 2 475
    const reduced = eventOf('TrancheReduced', 11, {
      tranche: 'T1',
      side: 'LONG',
      quantity: '0.05',
      price: '49500',
      realizedPnl: '0',
      fee: '0',
      feeAsset: 'USDT',
      entryFees: {},
      tradeId: '9',
      reason: 'manual',
      evidence: 'fill',
      levels: [],
      bridge: null,
    })
    const after = evolveAll(book, [stop, mergeOf('T2'), reduced])
    const demand = { side: 'LONG' as const, quantity: parseQuantity('0.15'), price: parsePrice('49000'), tranche: null }
    const { parts } = splitClosing(after, { ...demand, order: after.orders.get('both') ?? null }, contextOf())
    expect(parts).toEqual([{ tranche: 'T1', quantity: parseQuantity('0.15') }])
  })

  it('refuses to absorb a tranche twice, or into itself', () => {
    expect(() => evolveAll(book, [mergeOf('T2', 'T2')])).toThrow('cannot absorb itself, nor a tranche twice')
    expect(() => evolveAll(book, [mergeOf('T1')])).toThrow('cannot absorb itself, nor a tranche twice')
  })

  it('joins the parts of an estimate, so that a fill proves each of them once', () => {
    const given = (tranche: string, price: string): BookEvent =>
      eventOf('TrancheReduced', 5, {
        tranche,
        side: 'LONG',
        quantity: '0.04',
        price: '50000',
        realizedPnl: price,
        fee: null,
        feeAsset: null,
        entryFees: {},
        tradeId: null,
        reason: 'drift',
        evidence: 'position',
        levels: [],
        bridge: null,
      })
    // (50 000 − 50 000)·0.04 = 0 and (50 000 − 49 000)·0.04 = 40
    const after = evolveAll(book, [given('T1', '0'), given('T2', '40'), mergeOf('T2')])
    const parts = after.groups.LONG.estimates.flatMap((estimate) => estimate.parts)
    expect(parts).toEqual([{ tranche: 'T1', quantity: parseQuantity('0.08') }])
  })
})
