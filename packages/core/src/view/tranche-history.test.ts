import { describe, expect, it } from 'vitest'
import { closed, eventOf, increased, levelText, marked, opened, reduced } from '../../test/builders/events-builder.js'
import type { BookEvent } from '../book/events.js'
import { formatMoney, parseMoney } from '../money/money.js'
import { parsePrice } from '../money/price.js'
import { parseQuantity } from '../money/quantity.js'
import { historyOf } from './tranche-history.js'
import type { TrancheRecord } from './tranche-record.js'

function recordOf(id: string, ...events: readonly BookEvent[]): TrancheRecord {
  const record = historyOf(events).tranches.get(id)
  if (record === undefined) throw new Error(`no ${id}`)
  return record
}

const money = parseMoney

describe('a tranche that lived and closed', () => {
  // 0.003 @ 50 000; 0.001 @ 52 000 = +2, 0.002 @ 51 000 = +2; exit (52 + 102) ÷ 0.003 = 51 333.33…
  const life = [
    opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.003', fee: '0.075', label: 'swing' }),
    reduced({
      time: 2,
      tranche: 'T1',
      price: '52000',
      quantity: '0.001',
      realizedPnl: '2',
      fee: '0.026',
      entryFees: { USDT: '0.025' },
    }),
    reduced({
      time: 3,
      tranche: 'T1',
      price: '51000',
      quantity: '0.002',
      realizedPnl: '2',
      fee: '0.051',
      entryFees: { USDT: '0.05' },
      reason: 'stop',
    }),
    closed({ time: 3, tranche: 'T1', exitPrice: '51333.333333333333', realizedPnl: '4', reason: 'stop' }),
  ]

  it('keeps entry, exits, results and fees', () => {
    const record = recordOf('T1', ...life)

    expect(record).toMatchObject({
      status: 'closed',
      label: 'swing',
      quantity: 0n,
      cost: 0n,
      exitTime: 3,
      exitReason: 'stop',
    })
    expect(record.realizedPnl).toBe(money('4'))
    expect(record.exitNotional).toBe(money('154'))
    expect(record.exitQuantity).toBe(parseQuantity('0.003'))
    expect(record.openFees).toEqual({ USDT: 0n })
    // 0.025 + 0.026 + 0.05 + 0.051
    expect(record.realizedFees).toEqual({ USDT: money('0.152') })
  })

  it('takes a liquidation as what it is', () => {
    const end = closed(
      { time: 3, tranche: 'T1', exitPrice: '51000', realizedPnl: '4', reason: 'liquidation' },
      'TrancheLiquidated',
    )

    expect(recordOf('T1', ...life.slice(0, 3), end)).toMatchObject({ status: 'liquidated', exitReason: 'liquidation' })
  })

  it('pays an exit fee that comes late', () => {
    const owing = reduced({
      time: 4,
      tranche: 'T1',
      price: '52000',
      quantity: '0.003',
      realizedPnl: '6',
      fee: null,
      feeAsset: null,
      tradeId: '9',
    })
    const late = eventOf('FillFeeBooked', 5, {
      tradeId: '9',
      fee: '0.078',
      feeAsset: 'USDT',
      parts: [{ tranche: 'T1', side: 'LONG', isEntry: false, amount: '0.078' }],
    })
    const end = closed({ time: 4, tranche: 'T1', exitPrice: '52000', realizedPnl: '6' })

    expect(recordOf('T1', life[0]!, owing, end)).toMatchObject({ unknownFeeCount: 1 })
    const record = recordOf('T1', life[0]!, owing, end, late)
    expect(record).toMatchObject({ unknownFeeCount: 0, realizedFees: { USDT: money('0.078') } })
    expect(record.reductions[0]).toMatchObject({ fee: money('0.078'), feeAsset: 'USDT' })
  })

  it('spreads an entry fee that comes after the end over what was closed', () => {
    const birth = opened({
      time: 1,
      tranche: 'T1',
      price: '50000',
      quantity: '0.003',
      fee: null,
      feeAsset: null,
      tradeId: '7',
    })
    const late = eventOf('FillFeeBooked', 5, {
      tradeId: '7',
      fee: '0.09',
      feeAsset: 'USDT',
      parts: [{ tranche: 'T1', side: 'LONG', isEntry: true, amount: '0.09' }],
    })
    const parts = [
      reduced({ time: 2, tranche: 'T1', price: '52000', quantity: '0.001', realizedPnl: '2' }),
      reduced({ time: 3, tranche: 'T1', price: '51000', quantity: '0.002', realizedPnl: '2' }),
    ]
    const record = recordOf('T1', birth, ...parts, life[3]!, late)

    expect(record.reductions.map(({ entryFees }) => entryFees)).toEqual([
      { USDT: money('0.03') },
      { USDT: money('0.06') },
    ])
    expect(record.entries[0]).toMatchObject({ fee: money('0.09'), feeAsset: 'USDT' })
    expect(record.unknownFeeCount).toBe(0)
  })
})

describe('entries of an averaged tranche', () => {
  it('give to a reduction in proportion to what is left of each', () => {
    // 0.1 @ 100 and 0.3 @ 200: average 175; 0.2 closed @ 300 = (300 − 175) × 0.2 = 25
    const record = recordOf(
      'T1',
      opened({ time: 1, tranche: 'T1', price: '100', quantity: '0.1' }),
      increased({ time: 2, tranche: 'T1', price: '200', quantity: '0.3' }),
      reduced({ time: 3, tranche: 'T1', price: '300', quantity: '0.2', realizedPnl: '25' }),
    )

    // 0.05 of the first: (300 − 100) × 0.05 = 10; 0.15 of the second: (300 − 200) × 0.15 = 15
    expect(record.entries).toMatchObject([
      { remaining: parseQuantity('0.05'), cost: money('5'), realizedPnl: money('10') },
      { remaining: parseQuantity('0.15'), cost: money('30'), realizedPnl: money('15') },
    ])
  })
})

describe('an estimate that a fill proves', () => {
  const guess = reduced({
    time: 2,
    tranche: 'T1',
    price: '48000',
    quantity: '0.002',
    realizedPnl: '-4',
    fee: null,
    feeAsset: null,
    tradeId: null,
    evidence: 'position',
    reason: 'drift',
    causationId: 'report-2',
  })
  const birth = opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.002' })
  const end = closed({ time: 2, tranche: 'T1', exitPrice: '48000', realizedPnl: '-4', reason: 'drift' })

  it('corrects a closed tranche: price, result, fee, evidence', () => {
    // 0.002 × (49 000 − 48 000) = +2
    const proof = eventOf('EstimateReplaced', 9, {
      estimate: 'report-2',
      side: 'LONG',
      kind: 'exit',
      tradeId: '77',
      quantity: '0.002',
      price: '49000',
      feeAsset: 'USDT',
      parts: [{ tranche: 'T1', quantity: '0.002', correction: '2', fee: '0.05', isProven: true }],
    })
    const record = recordOf('T1', birth, guess, end, proof)

    expect(record).toMatchObject({ realizedPnl: money('-2'), exitNotional: money('98'), unknownFeeCount: 0 })
    expect(record.reductions).toMatchObject([
      {
        price: parsePrice('49000'),
        estimatedPrice: parsePrice('48000'),
        realizedPnl: money('-2'),
        fee: money('0.05'),
        tradeId: '77',
        evidence: 'fill',
      },
    ])
  })

  it('leaves what is not proven yet an estimate', () => {
    const proof = eventOf('EstimateReplaced', 9, {
      estimate: 'report-2',
      side: 'LONG',
      kind: 'exit',
      tradeId: '77',
      quantity: '0.0005',
      price: '50000',
      feeAsset: 'USDT',
      parts: [{ tranche: 'T1', quantity: '0.0005', correction: '1', fee: '0.01', isProven: false }],
    })
    const record = recordOf('T1', birth, guess, end, proof)

    expect(
      record.reductions.map(({ quantity, realizedPnl, evidence }) => [quantity, formatMoney(realizedPnl), evidence]),
    ).toEqual([
      [parseQuantity('0.0005'), '0', 'fill'],
      [parseQuantity('0.0015'), '-3', 'position'],
    ])
    expect(record).toMatchObject({ realizedPnl: money('-3'), unknownFeeCount: 1 })
  })

  it('shares a late fee between what the fill proved and what it closed besides', () => {
    const more = reduced({
      time: 3,
      tranche: 'T1',
      price: '49000',
      quantity: '0.002',
      realizedPnl: '-2',
      fee: null,
      feeAsset: null,
      tradeId: '77',
    })
    const proof = eventOf('EstimateReplaced', 3, {
      estimate: 'report-2',
      side: 'LONG',
      kind: 'exit',
      tradeId: '77',
      quantity: '0.002',
      price: '49000',
      feeAsset: null,
      parts: [{ tranche: 'T1', quantity: '0.002', correction: '2', fee: null, isProven: true }],
    })
    const part = { tranche: 'T1', side: 'LONG', isEntry: false, amount: '0.05' } as const
    const late = eventOf('FillFeeBooked', 4, { tradeId: '77', fee: '0.1', feeAsset: 'USDT', parts: [part, part] })
    const record = recordOf(
      'T1',
      opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.004' }),
      guess,
      proof,
      more,
      late,
    )

    expect(record.reductions.map(({ fee }) => fee)).toEqual([money('0.05'), money('0.05')])
    expect(record).toMatchObject({ unknownFeeCount: 0, realizedFees: { USDT: money('0.1') } })
  })

  it('corrects the entry of a tranche that has closed', () => {
    const recovered = opened({
      time: 1,
      tranche: 'T1',
      price: '50000',
      quantity: '0.002',
      tradeId: null,
      fee: null,
      feeAsset: null,
      evidence: 'estimate',
    })
    const exit = reduced({ time: 2, tranche: 'T1', price: '51000', quantity: '0.002', realizedPnl: '2' })
    const proof = eventOf('EstimateReplaced', 9, {
      estimate: 'T1',
      side: 'LONG',
      kind: 'entry',
      tradeId: '77',
      quantity: '0.002',
      price: '50500',
      feeAsset: 'USDT',
      parts: [{ tranche: 'T1', quantity: '0.002', correction: '1', fee: '0.04', isProven: true }],
    })
    const record = recordOf(
      'T1',
      recovered,
      exit,
      closed({ time: 2, tranche: 'T1', exitPrice: '51000', realizedPnl: '2' }),
      proof,
    )

    expect(record).toMatchObject({
      realizedPnl: money('1'),
      basisCost: money('101'),
      realizedFees: { USDT: money('0.04') },
    })
    expect(record.reductions[0]).toMatchObject({ realizedPnl: money('1'), entryFees: { USDT: money('0.04') } })
    expect(record.entries[0]).toMatchObject({ tradeId: '77', notional: money('101'), realizedPnl: money('1') })
  })
})

describe('a merged tranche', () => {
  it('hands everything to the one that stays', () => {
    const history = historyOf([
      opened({ time: 1, tranche: 'T1', price: '100', quantity: '1', fee: '0.1' }),
      opened({ time: 2, tranche: 'T2', price: '200', quantity: '1', fee: '0.2' }),
      reduced({ time: 3, tranche: 'T2', price: '250', quantity: '0.5', realizedPnl: '25', entryFees: { USDT: '0.1' } }),
      eventOf('TrancheMerged', 4, {
        tranche: 'T1',
        side: 'LONG',
        absorbed: ['T2'],
        takeProfitPrice: '140',
        stopPrice: '130',
        levels: [],
      }),
    ])

    expect(history.tranches.get('T2')).toMatchObject({
      status: 'merged',
      mergedInto: 'T1',
      quantity: 0n,
      realizedPnl: 0n,
      reductions: [],
      exitTime: 4,
    })
    expect(history.tranches.get('T1')).toMatchObject({
      status: 'active',
      quantity: parseQuantity('1.5'),
      cost: money('200'),
      realizedPnl: money('25'),
      openFees: { USDT: money('0.2') },
      stopPrice: parsePrice('130'),
    })
    expect([...history.open.keys()]).toEqual(['T1'])
  })

  it('keeps the rung of the stop that stays', () => {
    const moved = eventOf('StopMoved', 3, {
      tranche: 'T2',
      side: 'LONG',
      from: null,
      to: '190',
      rung: 'trailing',
      forced: false,
      trailingBest: '200',
    })
    const merged = eventOf('TrancheMerged', 4, {
      tranche: 'T1',
      side: 'LONG',
      absorbed: ['T2'],
      takeProfitPrice: null,
      stopPrice: '190',
      levels: [],
    })
    const record = recordOf(
      'T1',
      opened({ time: 1, tranche: 'T1', price: '100', quantity: '1', stop: '98' }),
      opened({ time: 2, tranche: 'T2', price: '200', quantity: '1' }),
      moved,
      merged,
    )

    expect(record).toMatchObject({
      stopPrice: parsePrice('190'),
      stopRung: 'trailing',
      trailing: { best: parsePrice('200') },
    })
  })
})

describe('isolation', () => {
  const birth = opened({ time: 0, tranche: 'T1', price: '50000', quantity: '0.01' })
  const isolated = eventOf('TrancheIsolated', 100, { tranche: 'T1', side: 'LONG', price: '47500', pnlPercent: '-5' })

  it('measures a stretch: what was worth what, the extremes, the time under water', () => {
    const record = recordOf(
      'T1',
      marked(10, '52000', { high: '53000', low: '49000' }),
      birth,
      marked(50, '50500', { high: '51000', low: '49500' }),
      isolated,
      marked(200, '46000', { high: '47500', low: '45000' }),
      marked(300, '50100', { high: '50200', low: '46000' }),
      marked(350, '49900'),
      eventOf('FundingBooked', 360, {
        fundingId: '1',
        amount: '-0.3',
        asset: 'USDT',
        parts: [{ tranche: 'T1', amount: '-0.3' }],
        unallocated: '0',
      }),
      reduced({ time: 400, tranche: 'T1', price: '50500', quantity: '0.01', realizedPnl: '5' }),
      closed({ time: 400, tranche: 'T1', exitPrice: '50500', realizedPnl: '5' }),
    )

    expect(record.highestMark).toBe(parsePrice('51000'))
    expect(record.lowestMark).toBe(parsePrice('45000'))
    // Under water from 100 to 300 and from 350 to 400.
    expect(record.isolations).toEqual([
      {
        from: 100,
        to: 400,
        end: 'closed',
        price: parsePrice('47500'),
        quantity: parseQuantity('0.01'),
        invested: money('475'),
        proceeds: money('505'),
        remaining: 0n,
        endPrice: null,
        funding: { USDT: money('-0.3') },
        highestMark: parsePrice('50200'),
        lowestMark: parsePrice('45000'),
        underWaterMs: 250,
        underWaterSince: null,
      },
    ])
    expect(record.isolated).toBe(true)
  })

  it('ends by release, and may begin again', () => {
    const released = eventOf('TrancheReleased', 200, { tranche: 'T1', side: 'LONG', price: '50000', pnlPercent: '0' })
    const again = eventOf('TrancheIsolated', 300, { tranche: 'T1', side: 'LONG', price: '47000', pnlPercent: '-6' })
    const record = recordOf('T1', birth, isolated, released, again)

    expect(record.isolations).toMatchObject([
      { from: 100, to: 200, end: 'released', endPrice: parsePrice('50000'), underWaterMs: 100 },
      { from: 300, to: null, end: null, endPrice: null, underWaterSince: 300 },
    ])
    expect(record).toMatchObject({ isolated: true, isolatedPrice: parsePrice('47000') })
  })

  it('counts what is added while isolated at its own price', () => {
    const record = recordOf(
      'T1',
      birth,
      isolated,
      increased({ time: 150, tranche: 'T1', price: '46000', quantity: '0.01' }),
    )

    // 0.01 × 47 500 + 0.01 × 46 000
    expect(record.isolations[0]).toMatchObject({ invested: money('935'), remaining: parseQuantity('0.02') })
  })

  it('knows no price where none was seen', () => {
    const byHand = eventOf('TrancheIsolated', 100, { tranche: 'T1', side: 'LONG', price: null, pnlPercent: null })

    expect(recordOf('T1', birth, byHand).isolations[0]).toMatchObject({
      price: null,
      invested: null,
      underWaterSince: null,
    })
    expect(recordOf('T1', marked(1, '49000'), birth, byHand).isolations[0]).toMatchObject({
      price: parsePrice('49000'),
      underWaterSince: 100,
    })
  })
})

describe('targets, labels and notes', () => {
  it('follow their events', () => {
    const record = recordOf(
      'T1',
      opened({
        time: 1,
        tranche: 'T1',
        price: '50000',
        quantity: '0.1',
        stop: '49000',
        levels: [levelText('3', '51500', '0.04'), levelText('5', '52500', '0.06')],
      }),
      eventOf('TakeProfitReached', 2, { tranche: 'T1', side: 'LONG', level: 1, price: '51500', by: 'mark' }),
      eventOf('StopMoved', 3, {
        tranche: 'T1',
        side: 'LONG',
        from: '49000',
        to: '50000',
        rung: 'ladder',
        forced: false,
        trailingBest: '51500',
      }),
      reduced({
        time: 4,
        tranche: 'T1',
        price: '51500',
        quantity: '0.04',
        realizedPnl: '60',
        levels: [{ level: 1, quantity: '0.04', isHit: true }],
      }),
      eventOf('TakeProfitMoved', 5, { tranche: 'T1', side: 'LONG', from: null, to: '55000' }),
      eventOf('TrancheLabelled', 6, { tranche: 'T1', side: 'LONG', label: 'runner' }),
      eventOf('TrancheAnnotated', 7, { tranche: 'T1', side: 'LONG', note: 'half out' }),
    )

    expect(record).toMatchObject({
      label: 'runner',
      notes: ['half out'],
      stopPrice: parsePrice('50000'),
      stopRung: 'ladder',
      trailing: { best: parsePrice('51500') },
      takeProfitPrice: parsePrice('55000'),
      levels: [
        { hitTime: 2, filled: parseQuantity('0.04') },
        { hitTime: null, filled: 0n },
      ],
    })
  })
})

describe('a history', () => {
  it('numbers the cycles of each side', () => {
    const exit = (time: number, tranche: string): BookEvent[] => [
      reduced({ time, tranche, price: '100', quantity: '1', realizedPnl: '0' }),
      closed({ time, tranche, exitPrice: '100', realizedPnl: '0' }),
    ]
    const history = historyOf([
      opened({ time: 1, tranche: 'T1', price: '100', quantity: '1' }),
      opened({ time: 2, tranche: 'T2', price: '100', quantity: '1' }),
      ...exit(3, 'T1'),
      opened({ time: 4, tranche: 'T3', price: '100', quantity: '1', side: 'SHORT' }),
      ...exit(5, 'T2'),
      opened({ time: 6, tranche: 'T4', price: '100', quantity: '1' }),
    ])

    expect([...history.tranches.values()].map(({ id, cycle }) => [id, cycle])).toEqual([
      ['T1', 1],
      ['T2', 1],
      ['T3', 1],
      ['T4', 2],
    ])
    expect(history.cycles).toEqual({ LONG: 2, SHORT: 1 })
  })

  it('ignores what tells of no tranche, or of one it never saw open', () => {
    expect(
      historyOf([
        eventOf('TradingResumed', 1, { actor: null }),
        eventOf('TrancheLabelled', 2, { tranche: 'T9', side: 'LONG', label: 'x' }),
      ]).tranches.size,
    ).toBe(0)
  })
})
