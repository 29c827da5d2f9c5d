import { describe, expect, it } from 'vitest'
import { closed, eventOf, levelText, marked, opened, reduced } from '../../test/builders/events-builder.js'
import type { BookEvent, LevelText } from '../book/events.js'
import { parsePercent } from '../money/percent.js'
import { parsePrice } from '../money/price.js'
import { analyze, type Analytics } from './analytics.js'
import { equityCurve } from './equity-curve.js'
import { AS_DECIMAL, AS_TEXT } from './presentation.js'
import { historyOf } from './tranche-history.js'
import type { ViewPoint } from './tranche-view.js'

function at(mark: string | null): ViewPoint {
  return {
    mark: mark === null ? null : parsePrice(mark),
    quoteAsset: 'USDT',
    prices: {},
    takerFeePercent: parsePercent('0.05'),
  }
}

function analyzed(events: readonly BookEvent[], { mark = null as string | null, now = 0 } = {}): Analytics<string> {
  return analyze(historyOf(events), { at: at(mark), now, present: AS_TEXT })
}

const hits = (level: number, quantity: string): { level: number; quantity: string; isHit: boolean }[] => [
  { level, quantity, isHit: true },
]

/** A trade of 0.3 whose levels earn what is given; what is left goes at its entry. */
function trade(id: string, profits: readonly string[], levels?: readonly LevelText[]): BookEvent[] {
  const time = Number(id.slice(1)) * 100
  const shown = levels ?? ['3', '5', '8'].map((percent, index) => levelText(percent, `${110 + index}`, '0.1'))
  const exits = profits.map((realizedPnl, index) =>
    reduced({
      time: time + index + 1,
      tranche: id,
      price: '110',
      quantity: '0.1',
      realizedPnl,
      reason: 'takeProfit',
      levels: hits(index + 1, '0.1'),
    }),
  )
  const rest = ['0.3', '0.2', '0.1', '0'][profits.length] ?? '0'
  const stop =
    rest === '0'
      ? []
      : [reduced({ time: time + 9, tranche: id, price: '100', quantity: rest, realizedPnl: '0', reason: 'stop' })]
  return [
    opened({ time, tranche: id, price: '100', quantity: '0.3', levels: shown }),
    ...exits,
    ...stop,
    closed({ time: time + 10, tranche: id, exitPrice: '100', realizedPnl: '0' }),
  ]
}

describe('scaled take profit', () => {
  it('row 16: hits 3/2/1, rates 100 / 66.67 / 33.33 %, averages 35 / 50 / 60, full exits 33.33 %', () => {
    const events = [...trade('T1', ['40', '50', '60']), ...trade('T2', ['30', '50']), ...trade('T3', ['35'])]
    const { takeProfit } = analyze(historyOf(events), { at: at(null), now: 0, present: AS_DECIMAL })

    expect(takeProfit.trades).toBe(3)
    expect(takeProfit.levels.map(({ hits: count }) => count)).toEqual([3, 2, 1])
    expect(takeProfit.levels.map(({ hitRatePercent }) => hitRatePercent?.toDecimalPlaces(2).toString())).toEqual([
      '100',
      '66.67',
      '33.33',
    ])
    expect(takeProfit.levels.map(({ averageProfit }) => averageProfit?.toString())).toEqual(['35', '50', '60'])
    expect(takeProfit.levels.map(({ totalProfit }) => totalProfit.toString())).toEqual(['105', '100', '60'])
    expect(takeProfit.fullExits).toBe(1)
    expect(takeProfit.fullExitRatePercent?.toDecimalPlaces(2).toString()).toBe('33.33')
  })

  it('counts a trade that hit nothing, and not one that is still open', () => {
    const open = opened({
      time: 900,
      tranche: 'T9',
      price: '100',
      quantity: '0.3',
      levels: [levelText('3', '103', '0.3')],
    })
    const { takeProfit } = analyzed([...trade('T1', []), ...trade('T2', ['10']), open])

    expect(takeProfit).toMatchObject({
      trades: 2,
      fullExitRatePercent: '0',
      levels: [{ hits: 1, hitRatePercent: '50', averageProfit: '10' }, { averageProfit: null }, {}],
    })
  })

  it('does not count a skipped level against a trade', () => {
    const levels = [levelText('3', '103', '0'), levelText('5', '105', '0.3')]
    const { takeProfit } = analyzed([
      opened({ time: 1, tranche: 'T1', price: '100', quantity: '0.3', levels }),
      reduced({ time: 2, tranche: 'T1', price: '105', quantity: '0.3', realizedPnl: '1.5', levels: hits(2, '0.3') }),
      closed({ time: 2, tranche: 'T1', exitPrice: '105', realizedPnl: '1.5' }),
    ])

    expect(takeProfit).toMatchObject({
      fullExits: 1,
      levels: [
        { trades: 0, hits: 0, hitRatePercent: null },
        { trades: 1, hits: 1, hitRatePercent: '100' },
      ],
    })
  })

  it('is empty where nothing was scaled', () => {
    expect(analyzed([]).takeProfit).toEqual({ trades: 0, levels: [], fullExits: 0, fullExitRatePercent: null })
  })
})

// The story of three tranches: 9 + 11 + 5 = 25, the first isolated on the way.
const STORY: readonly BookEvent[] = [
  opened({ time: 0, tranche: 'T1', price: '50000', quantity: '0.01', fee: '0.25' }),
  marked(10, '47500'),
  eventOf('TrancheIsolated', 10, { tranche: 'T1', side: 'LONG', price: '47500', pnlPercent: '-5' }),
  opened({ time: 20, tranche: 'T2', price: '47800', quantity: '0.01', fee: '0.24' }),
  marked(25, '48600', { high: '48800', low: '47300' }),
  reduced({
    time: 30,
    tranche: 'T2',
    price: '48700',
    quantity: '0.01',
    realizedPnl: '9',
    fee: '0.24',
    entryFees: { USDT: '0.24' },
    reason: 'takeProfit',
  }),
  closed({ time: 30, tranche: 'T2', exitPrice: '48700', realizedPnl: '9', reason: 'takeProfit' }),
  reduced({
    time: 40,
    tranche: 'T1',
    price: '50500',
    quantity: '0.01',
    realizedPnl: '5',
    fee: '0.25',
    entryFees: { USDT: '0.25' },
    reason: 'recovery',
  }),
  closed({ time: 40, tranche: 'T1', exitPrice: '50500', realizedPnl: '5', reason: 'recovery' }),
  opened({ time: 50, tranche: 'T3', price: '48200', quantity: '0.02', fee: '0.48' }),
  reduced({
    time: 60,
    tranche: 'T3',
    price: '49300',
    quantity: '0.01',
    realizedPnl: '11',
    fee: '0.25',
    entryFees: { USDT: '0.24' },
    reason: 'takeProfit',
  }),
  eventOf('FundingBooked', 70, {
    fundingId: '1',
    amount: '-0.1',
    asset: 'USDT',
    parts: [{ tranche: 'T3', amount: '-0.1' }],
    unallocated: '0',
  }),
]

describe('results cut four ways', () => {
  const { pnl } = analyzed(STORY, { mark: '48000' })

  it('by tranche', () => {
    expect(
      pnl.byTranche.map(({ key, realizedPnl, unrealizedPnl, netPnl }) => [key, realizedPnl, unrealizedPnl, netPnl]),
    ).toEqual([
      ['T1', '5', '0', '4.5'],
      ['T2', '9', '0', '8.52'],
      // 11 − 0.48 − 0.25 − 0.1 funding; 0.01 × (48 000 − 48 200) open
      ['T3', '11', '-2', '10.17'],
    ])
  })

  it('by entry fill', () => {
    expect(pnl.byEntry.map(({ key, totalPnl }) => [key, totalPnl])).toEqual([
      ['fill-0', '4.5'],
      ['fill-20', '8.52'],
      ['fill-50', '8.17'],
    ])
  })

  it('by the reason of the exit, what is open beside them', () => {
    expect(
      pnl.byExitReason.map(({ key, count, realizedPnl, unrealizedPnl }) => [key, count, realizedPnl, unrealizedPnl]),
    ).toEqual([
      ['recovery', 1, '5', '0'],
      ['takeProfit', 2, '20', '0'],
      ['open', 1, '0', '-2'],
    ])
  })

  it('by cycle, from flat to flat', () => {
    expect(pnl.byCycle.map(({ key, count, realizedPnl }) => [key, count, realizedPnl])).toEqual([
      ['LONG 1', 2, '14'],
      ['LONG 2', 1, '11'],
    ])
  })

  it('and in all', () => {
    // 25 − (0.25 + 0.25 + 0.24 + 0.24 + 0.48 + 0.25) − 0.1
    expect(pnl.total).toMatchObject({
      realizedPnl: '25',
      fees: '1.71',
      funding: '-0.1',
      netPnl: '23.19',
      unrealizedPnl: '-2',
      totalPnl: '21.19',
      count: 3,
    })
  })
})

describe('trades', () => {
  it('are counted by gross and by net', () => {
    const { trades } = analyzed([
      ...STORY,
      opened({ time: 100, tranche: 'T4', price: '100', quantity: '1', fee: '0.5' }),
      reduced({
        time: 110,
        tranche: 'T4',
        price: '93',
        quantity: '1',
        realizedPnl: '-7',
        fee: '0.5',
        entryFees: { USDT: '0.5' },
        reason: 'stop',
      }),
      closed({ time: 110, tranche: 'T4', exitPrice: '93', realizedPnl: '-7' }),
    ])

    expect(trades.gross).toEqual({
      trades: 3,
      wins: 2,
      losses: 1,
      even: 0,
      winRatePercent: '66.666666666667',
      profit: '14',
      loss: '-7',
      profitFactor: '2',
      averageWin: '7',
      averageLoss: '-7',
      expectancy: '2.333333333333333333333333',
      best: '9',
      worst: '-7',
    })
    expect(trades.net).toMatchObject({ profit: '13.02', loss: '-8', profitFactor: '1.6275' })
    // T1 40, T2 10, T4 10; T3 is open
    expect(trades.averageHeldMs).toBe(20)
  })

  it('have no net while a fee is unknown', () => {
    const { trades } = analyzed([
      opened({ time: 1, tranche: 'T1', price: '100', quantity: '1', fee: null, feeAsset: null }),
      reduced({ time: 2, tranche: 'T1', price: '101', quantity: '1', realizedPnl: '1' }),
      closed({ time: 2, tranche: 'T1', exitPrice: '101', realizedPnl: '1' }),
    ])

    expect(trades).toMatchObject({ gross: { wins: 1, profitFactor: null, worst: '1' }, net: null })
  })

  it('that have not ended have no average', () => {
    expect(analyzed([]).trades.averageHeldMs).toBeNull()
  })
})

describe('isolation', () => {
  it('says what holding on earned', () => {
    // 0.01 × (50 500 − 47 500)
    expect(analyzed(STORY).isolation).toMatchObject({
      count: 1,
      open: 0,
      worthwhile: 1,
      result: '30',
      isolations: [
        {
          tranche: 'T1',
          from: 10,
          to: 40,
          end: 'closed',
          durationMs: 30,
          underWaterMs: 30,
          price: '47500',
          result: '30',
          bestExcursionPercent: '-2.4',
          worstExcursionPercent: '-5.4',
        },
      ],
    })
  })

  it('values one that lasts at the mark, and knows nothing without', () => {
    const lasting = STORY.slice(0, 3)

    expect(analyzed(lasting, { mark: '47000', now: 110 }).isolation).toMatchObject({
      open: 1,
      result: '-5',
      isolations: [{ to: null, durationMs: 100, underWaterMs: 100, result: '-5' }],
    })
    expect(analyzed(lasting, { now: 110 }).isolation.result).toBeNull()
  })

  it('is signed for a SHORT', () => {
    const short = [
      opened({ time: 0, tranche: 'T1', price: '100', quantity: '1', side: 'SHORT' }),
      eventOf('TrancheIsolated', 10, { tranche: 'T1', side: 'SHORT', price: '105', pnlPercent: '-5' }),
      eventOf('TrancheReleased', 20, { tranche: 'T1', side: 'SHORT', price: '98', pnlPercent: '2' }),
    ]

    expect(analyzed(short).isolation).toMatchObject({ result: '7', isolations: [{ end: 'released', result: '7' }] })
  })
})

describe('excursions', () => {
  it('are moves on the entry, from its own life only', () => {
    expect(analyzed(STORY).excursions).toEqual([
      { tranche: 'T1', bestPercent: '-2.4', worstPercent: '-5.4', resultPercent: '1' },
      {
        tranche: 'T2',
        bestPercent: '2.092050209205',
        worstPercent: '-1.046025104603',
        resultPercent: '1.882845188285',
      },
      { tranche: 'T3', bestPercent: null, worstPercent: null, resultPercent: '2.282157676349' },
    ])
  })
})

describe('equityCurve', () => {
  it('has a point whenever the worth changed', () => {
    const curve = equityCurve(STORY, { at: at(null), present: AS_TEXT })

    expect(
      curve.map(({ time, realizedPnl, unrealizedPnl, equity }) => [time, realizedPnl, unrealizedPnl, equity]),
    ).toEqual([
      [0, '0', null, null],
      [10, '0', '-25', '-25.25'],
      // T2 enters at 47 800 while the newest mark is 47 500
      [20, '0', '-28', '-28.49'],
      [25, '0', '-6', '-6.49'],
      [30, '9', '-14', '-5.73'],
      [40, '14', '0', '13.02'],
      [50, '14', '8', '20.54'],
      [60, '25', '4', '27.29'],
      [70, '25', '4', '27.19'],
    ])
  })
})
