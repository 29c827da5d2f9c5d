import { describe, expect, it } from 'vitest'
import { BTC, PLAIN_CONFIG } from '../../test/builders/context-builder.js'
import { eventOf, opened } from '../../test/builders/events-builder.js'
import { emptyBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import { evolveAll } from '../evolve/copy-book.js'
import { Decimal } from '../money/decimal.js'
import { parsePercent } from '../money/percent.js'
import { parsePrice } from '../money/price.js'
import { type LiveGroupView, type LivePoint, viewGroup } from './live-group-view.js'

const EMPTY = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' })

function view(events: readonly BookEvent[], changes: Partial<LivePoint> = {}): LiveGroupView {
  const plain = { config: PLAIN_CONFIG, instrument: BTC, mark: parsePrice('50000'), prices: {}, now: 99_999 }
  return viewGroup(evolveAll(EMPTY, events), events[0]?.type === 'TrancheOpened' ? events[0].side : 'LONG', {
    ...plain,
    ...changes,
  })
}

describe('viewGroup', () => {
  it('speaks in Decimal', () => {
    const group = view([opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.1' })])

    expect(group.quantity).toBeInstanceOf(Decimal)
    expect(group.tranches[0]?.entryPrice.toString()).toBe('50000')
    expect(group).toMatchObject({
      account: 'main',
      symbol: 'BTCUSDT',
      phase: 'OPEN',
      activeTranches: 1,
      isolatedTranches: 0,
    })
  })

  it('tells price move and return on margin apart, each with its base', () => {
    // 0.12 × (1 158.474 − 1 113.75) = 5.36688: 4.0156 % of the entry; margin 5.346 at entry, 5.5606752 at the mark
    const group = view([opened({ time: 1, tranche: 'T1', price: '1113.75', quantity: '0.12', leverage: 25 })], {
      mark: parsePrice('1158.474'),
    })

    expect(group.unrealizedPnl?.toString()).toBe('5.36688')
    expect(group.pnlPercent?.toDecimalPlaces(3).toString()).toBe('4.016')
    expect(group.margin.toString()).toBe('5.346')
    expect(group.roePercent?.toDecimalPlaces(2).toString()).toBe('100.39')
    expect(group.roeAtMarkPercent?.toDecimalPlaces(2).toString()).toBe('96.51')
  })

  it.each([
    // 50 000 · 1.0005 ÷ 0.9995 and 50 000 · 0.9995 ÷ 1.0005
    { side: 'LONG' as const, fee: '2.5', breakeven: '50050.025012506254' },
    { side: 'SHORT' as const, fee: '2.5', breakeven: '49950.024987506246' },
  ])('puts the breakeven of a $side beyond both fees', ({ side, fee, breakeven }) => {
    const group = view([opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.1', side, fee })])

    expect(group.breakevenPrice?.toString()).toBe(breakeven)
  })

  it('knows no breakeven while a fee is unknown', () => {
    expect(
      view([opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.1', fee: null, feeAsset: null })])
        .breakevenPrice,
    ).toBeNull()
  })

  it('says what no stop covers', () => {
    const stop = eventOf('OrderIntended', 2, {
      clientOrderId: 's',
      intent: 1,
      attempt: 1,
      purpose: 'stop',
      orderType: 'STOP_MARKET',
      side: 'LONG',
      orderSide: 'SELL',
      positionSide: 'LONG',
      quantity: '0.06',
      price: null,
      triggerPrice: '49000',
      reduceOnly: false,
      closePosition: false,
      allocation: [{ tranche: 'T1', quantity: '0.06' }],
      level: null,
      entryTranche: null,
      label: null,
      reason: 'protection',
    })
    const resting = eventOf('OrderAcknowledged', 3, { clientOrderId: 's', venueOrderId: '1' })
    const events = [opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.1', stop: '49000' }), stop, resting]

    const group = view(events)
    expect(group.protected).toBe(false)
    expect(group.uncovered.map(({ tranche, quantity }) => [tranche, quantity.toString()])).toEqual([['T1', '0.04']])
  })

  it('shows the venue beside it', () => {
    const checked = eventOf('PositionChecked', 7, {
      positionSide: 'LONG',
      quantity: '0.1',
      entryPrice: '50010',
      markPrice: null,
      ours: '0.1',
      status: 'synced',
      isSettled: true,
    })
    const group = view([opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.1' }), checked])

    expect(group.syncStatus).toBe('synced')
    expect(group.venue?.entryPrice?.toString()).toBe('50010')
  })

  it('is calm about a group with nothing in it', () => {
    expect(view([], { config: { ...PLAIN_CONFIG, takerFeePercent: parsePercent('0') } })).toMatchObject({
      phase: 'CLOSED',
      protected: true,
      weightedAverageEntry: null,
      breakevenPrice: null,
      pnlPercent: null,
      roePercent: null,
      tranches: [],
      venue: null,
    })
  })
})
