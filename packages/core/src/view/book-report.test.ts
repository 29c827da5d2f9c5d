import { describe, expect, it } from 'vitest'
import { PLAIN_CONFIG } from '../../test/builders/context-builder.js'
import { closed, eventOf, opened, reduced } from '../../test/builders/events-builder.js'
import { aLife, buys, sells } from '../../test/builders/life-builder.js'
import { tell } from '../../test/builders/story-builder.js'
import { emptyBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import { evolveAll } from '../evolve/copy-book.js'
import { parsePrice } from '../money/price.js'
import { type BookReport, reportBook } from './book-report.js'
import { historyOf } from './tranche-history.js'
import type { ViewPoint } from './tranche-view.js'

const EMPTY = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' })

function at(mark: string | null, prices: Record<string, string> = {}): ViewPoint {
  return {
    mark: mark === null ? null : parsePrice(mark),
    quoteAsset: 'USDT',
    prices: Object.fromEntries(Object.entries(prices).map(([asset, price]) => [asset, parsePrice(price)])),
    takerFeePercent: PLAIN_CONFIG.takerFeePercent,
  }
}

function report(events: readonly BookEvent[], point: ViewPoint): BookReport {
  return reportBook(evolveAll(EMPTY, events), { history: historyOf(events), stateHash: 'hash', at: point })
}

const LIFE: readonly BookEvent[] = [
  opened({
    time: 1,
    tranche: 'T1',
    price: '50000',
    quantity: '0.1',
    fee: '2.5',
    takeProfit: '52500',
    stop: '49000',
    label: 'first',
  }),
  opened({ time: 2, tranche: 'T2', price: '49000', quantity: '0.1', fee: '2.45' }),
  reduced({
    time: 3,
    tranche: 'T1',
    price: '51000',
    quantity: '0.04',
    realizedPnl: '40',
    fee: '1.02',
    entryFees: { USDT: '1' },
    tradeId: '3',
    reason: 'manual',
    bridge: '20',
  }),
  reduced({
    time: 4,
    tranche: 'T2',
    price: '51000',
    quantity: '0.1',
    realizedPnl: '200',
    fee: '2.55',
    entryFees: { USDT: '2.45' },
    tradeId: '4',
    reason: 'takeProfit',
  }),
  closed({ time: 4, tranche: 'T2', exitPrice: '51000', realizedPnl: '200', reason: 'takeProfit' }),
  eventOf('FundingBooked', 5, {
    fundingId: '1',
    amount: '-0.12',
    asset: 'USDT',
    parts: [{ tranche: 'T1', amount: '-0.12' }],
    unallocated: '0',
  }),
]

describe('reportBook', () => {
  it('names every figure of a group and its tranches, closed ones included', () => {
    const { groups, ...book } = report(LIFE, at('52000'))

    expect(book).toEqual({
      account: 'main',
      symbol: 'BTCUSDT',
      version: 6,
      stateHash: 'hash',
      positionMode: 'HEDGE',
      time: 5,
      quoteAsset: 'USDT',
      unallocatedFunding: {},
      conflict: null,
    })
    // 0.06 left @ 50 000, fees 2.5 + 2.45 + 1.02 + 2.55, net 240 − 8.52 − 0.12
    expect(groups).toMatchObject([
      {
        side: 'LONG',
        quantity: '0.06',
        weightedAverageEntry: '50000',
        realizedPnl: '240',
        unrealizedPnl: '120',
        fees: '8.52',
        funding: '-0.12',
        netPnl: '231.36',
        totalPnl: '351.36',
        syncStatus: null,
        margin: '300',
        pnlPercent: '4',
        roePercent: '40',
      },
    ])
    expect(groups[0]?.tranches[0]).toMatchObject({
      id: 'T1',
      label: 'first',
      status: 'active',
      isolated: false,
      entryPrice: '50000',
      quantity: '0.06',
      originalQuantity: '0.1',
      entryTime: 1,
      takeProfitPrice: '52500',
      stopLossPrice: '49000',
      realizedPnl: '40',
      unrealizedPnl: '120',
      fees: '3.52',
      funding: '-0.12',
      netPnl: '36.36',
      exitPrice: null,
      exitTime: null,
    })
    expect(groups[0]?.tranches[0]?.reductions[0]).toMatchObject({
      quantity: '0.04',
      price: '51000',
      realizedPnl: '40',
      fee: '1.02',
      entryFee: '1',
      time: 3,
      tradeId: '3',
      reason: 'manual',
      bridge: '20',
    })
    expect(groups[0]?.tranches[1]).toMatchObject({
      id: 'T2',
      status: 'closed',
      quantity: '0',
      unrealizedPnl: '0',
      takeProfitPrice: null,
      exitPrice: '51000',
      exitTime: 4,
      exitReason: 'takeProfit',
      // 200 ÷ 4 900
      pnlPercent: '4.081632653061',
    })
  })

  it('is plain JSON', () => {
    const made = report(LIFE, at('52000'))

    expect(JSON.parse(JSON.stringify(made))).toEqual(made)
  })

  it('knows no unrealized figure without a mark, and says null', () => {
    const group = report(LIFE, at(null)).groups[0]

    expect(group).toMatchObject({
      unrealizedPnl: null,
      totalPnl: null,
      pnlPercent: null,
      realizedPnl: '240',
      netPnl: '231.36',
    })
    expect(group?.tranches.map(({ unrealizedPnl }) => unrealizedPnl)).toEqual([null, '0'])
  })

  it('leaves out a side that nothing ever happened on', () => {
    expect(report([], at('1')).groups).toEqual([])
    expect(
      report([opened({ time: 1, tranche: 'T1', price: '1', quantity: '1', side: 'SHORT' })], at('1')).groups,
    ).toMatchObject([{ side: 'SHORT' }])
  })

  it('keeps a side that only the venue reports', () => {
    const checked = eventOf('PositionChecked', 1, {
      positionSide: 'SHORT',
      quantity: '0.5',
      entryPrice: null,
      markPrice: null,
      ours: '0',
      status: 'drift',
      isSettled: true,
    })

    expect(report([checked], at('1')).groups).toMatchObject([
      { side: 'SHORT', syncStatus: 'drift', quantity: '0', tranches: [] },
    ])
  })

  it('is unpriced, never 0, where a fee asset has no price', () => {
    const events = [opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.1', fee: '0.004', feeAsset: 'BNB' })]

    expect(report(events, at('50000')).groups[0]).toMatchObject({
      fees: null,
      netPnl: null,
      totalPnl: null,
      breakevenPrice: null,
      feesByAsset: { BNB: '0.004' },
    })
    // 0.004 × 600
    expect(report(events, at('50000', { BNB: '600' })).groups[0]).toMatchObject({
      fees: '2.4',
      netPnl: '-2.4',
      tranches: [{ fees: '2.4' }],
    })
  })

  it('is unknown where a fee has not been reported', () => {
    const events = [opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.1', fee: null, feeAsset: null })]
    const exit = reduced({ time: 2, tranche: 'T1', price: '50000', quantity: '0.1', realizedPnl: '0', fee: '1' })

    expect(report(events, at('50000')).groups[0]).toMatchObject({ fees: null, netPnl: null, unknownFeeCount: 1 })
    expect(report([...events, exit], at(null)).groups[0]?.tranches[0]?.reductions[0]).toMatchObject({
      fee: '1',
      entryFee: null,
    })
  })

  it('names what swallowed a merged tranche', () => {
    const merged = eventOf('TrancheMerged', 9, {
      tranche: 'T1',
      side: 'LONG',
      absorbed: ['T2'],
      takeProfitPrice: null,
      stopPrice: null,
      levels: [],
    })

    expect(report([...LIFE.slice(0, 2), merged], at('50000')).groups[0]?.tranches).toMatchObject([
      { id: 'T1', quantity: '0.2', entryPrice: '49500' },
      { id: 'T2', status: 'merged', mergedInto: 'T1', quantity: '0', entryPrice: '49000', originalQuantity: '0.1' },
    ])
  })
})

describe('the bridge to the venue', () => {
  const fill = { type: 'fill', side: 'LONG', fee: '0', feeAsset: 'USDT', isLate: false } as const

  it('is what sits in the open tranches, and nothing once flat', () => {
    // 50 000 / 50 100 / 50 200 × 0.001: the venue realizes 1.9 on each, ours LIFO 1.8, 1.9, 2.0
    const scenes = [
      ...['50000', '50100', '50200'].map((price) => ({ ...fill, enters: true, quantity: '0.001', price })),
      ...['52000', '52000', '52000'].map((price) => ({ ...fill, enters: false, quantity: '0.001', price })),
    ]
    const bridges = [4, 5, 6].map((count) => {
      const { book, events } = tell(scenes.slice(0, count))
      return reportBook(book, { history: historyOf(events), stateHash: '', at: at('52000') }).groups[0]?.bridge
    })

    expect(bridges).toMatchObject([
      { own: '1.8', averageCost: '1.9', difference: '0.1' },
      { own: '3.7', averageCost: '3.8', difference: '0.1' },
      { own: '5.7', averageCost: '5.7', difference: '0' },
    ])
  })

  it('names what the venue realized on a close whose entry nobody has seen', () => {
    const life = aLife()
    life.tellAll([
      sells('0.1', '51000', { realizedPnl: '30' }),
      buys('0.1', '50000', { realizedPnl: '0' }),
      sells('0.1', '50100', { realizedPnl: '10' }),
    ])
    const { groups } = reportBook(life.book, { history: historyOf(life.events), stateHash: '', at: at('50000') })
    expect(groups[0]).toMatchObject({
      hasUnknownStart: true,
      bridge: { own: '10', averageCost: '10', difference: '0', reported: '40', unexplained: '30' },
    })
    life.tellAll([buys('0.1', '50000'), sells('0.1', '50100')])
    const unsaid = reportBook(life.book, { history: historyOf(life.events), stateHash: '', at: at('50000') })
    expect(unsaid.groups[0]?.bridge).toMatchObject({ reported: null, unexplained: null })
  })
})
