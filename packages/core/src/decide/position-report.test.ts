import { describe, expect, it } from 'vitest'
import {
  aLife,
  asks,
  buys,
  eventsOf,
  type Life,
  type LifeChanges,
  type Line,
  marks,
  nets,
  openOf,
  realizedOf,
  reports,
  shorts,
  theOne,
  trancheIn,
  typesOf,
} from '../../test/builders/life-builder.js'
import { averagePrice } from '../money/money.js'
import { formatPrice } from '../money/price.js'

function living(changes: LifeChanges, ...lines: readonly Line[]): Life {
  const life = aLife(changes)
  life.tellAll(lines)
  return life
}

function entryOf(life: Life, id: string): string {
  const { cost, quantity } = trancheIn(life, id)
  return formatPrice(averagePrice(cost, quantity, 'nearest'))
}

describe('a report that agrees', () => {
  it('counts isolated tranches: one isolated and one active are synced', () => {
    // acceptance 5
    const life = living(
      {},
      buys('0.001', '50000'),
      buys('0.001', '50000'),
      asks('isolateTranche', { tranche: 'T1' }),
      reports('0.002'),
    )

    expect(theOne(life.events, 'PositionChecked')).toMatchObject({
      status: 'synced',
      ours: '0.002',
      quantity: '0.002',
      isSettled: true,
    })
    expect(life.book.checks.LONG).toMatchObject({ status: 'synced', driftSince: null, looks: 0 })
  })

  it('is recorded once, not every ten seconds', () => {
    const life = living({}, buys('0.001', '50000'), reports('0.001'))

    expect(life.tell(reports('0.001'))).toEqual([])
    expect(typesOf(life.tell(reports('0.0010001')))).toEqual(['PositionChecked'])
  })

  it('of an empty book is flat', () => {
    expect(living({}, reports('0')).book.checks.LONG).toMatchObject({ status: 'synced' })
  })

  it.each([
    [
      'within one step',
      { instrument: { stepSize: 1_000_000_000n as never }, config: { driftTolerancePercent: 0n as never } },
      '0.0109',
    ],
    ['within 1 % of what the venue has', {}, '0.0101'],
  ])('%s', (_name, changes, quantity) => {
    const life = living(changes, buys('0.01', '50000'), reports(quantity))

    expect(life.book.checks.LONG?.status).toBe('synced')
    expect(openOf(life)).toBe('T1 0.01')
  })
})

describe('a difference', () => {
  const patient = { config: { driftSettleMs: 3000 } }
  const more = (time: number): Line => reports('0.003', { entryPrice: '49000', markPrice: '49000', time })

  it('must last and be seen a second time', () => {
    const life = living(patient, buys('0.001', '50000', { time: 1000 }))

    expect(theOne(life.tell(more(2000)), 'PositionChecked')).toMatchObject({ status: 'drift', isSettled: false })
    expect(typesOf(life.tell(more(4999)))).toEqual(['PositionChecked'])
    const events = life.tell(more(5000))
    expect(typesOf(events)).toEqual(['PositionChecked', 'DriftDetected', 'TrancheOpened', 'DriftResolved'])
    expect(theOne(events, 'DriftDetected')).toMatchObject({
      ours: '0.001',
      venue: '0.003',
      policy: 'ADOPT',
      because: {
        rule: 'drift',
        configured: { driftTolerancePercent: '1', driftSettleMs: 3000 },
        observed: { since: 2000, looks: 3 },
      },
    })
  })

  it('is forgotten as soon as a report agrees', () => {
    const life = living(patient, buys('0.001', '50000', { time: 1000 }), more(2000))
    expect(typesOf(life.tell(reports('0.001', { time: 3000 })))).toEqual(['PositionChecked', 'DriftResolved'])
    life.tell(more(5500))
    expect(openOf(life)).toBe('T1 0.001')
    life.tell(more(8500))
    expect(openOf(life)).toBe('T1 0.001, T2 0.002')
  })

  it('that becomes another one settles anew', () => {
    const life = living(patient, buys('0.001', '50000', { time: 1000 }), more(2000), more(3000))
    const other = (time: number): Line => reports('0.004', { entryPrice: '49000', markPrice: '49000', time })

    expect(theOne(life.tell(other(5000)), 'PositionChecked')).toMatchObject({ status: 'drift', isSettled: false })
    expect(openOf(life)).toBe('T1 0.001')
    life.tell(other(7999))
    expect(openOf(life)).toBe('T1 0.001')
    life.tell(other(8000))
    expect(openOf(life)).toBe('T1 0.001, T2 0.003')
  })

  it('that a report of before the newest fill shows is none', () => {
    const life = living({}, buys('0.001', '50000', { time: 5000 }))

    expect(life.tell(reports('0', { markPrice: '50000', time: 4999 }))).toEqual([])
    expect(openOf(life)).toBe('T1 0.001')
  })

  it('that an older report shows than the last one is none', () => {
    const life = living({}, buys('0.001', '50000', { time: 1000 }), reports('0.001', { time: 5000 }))

    expect(life.tell(reports('0', { markPrice: '50000', time: 4000 }))).toEqual([])
  })

  it('with a settle time of 0 acts on the first look', () => {
    expect(openOf(living({}, reports('0.002', { entryPrice: '50000' })))).toBe('T1 0.002')
  })
})

describe('the venue holds more', () => {
  it('opens a tranche for the excess at the price the venue implies', () => {
    // acceptance 6: (0.003 · 49 000 − 0.001 · 50 000) ÷ 0.002
    const life = living({}, buys('0.001', '50000'), reports('0.003', { entryPrice: '49000', markPrice: '49000' }))

    expect(eventsOf(life.events, 'TrancheOpened').at(-1)).toMatchObject({
      tranche: 'T2',
      origin: 'recovered',
      price: '48500',
      quantity: '0.002',
      evidence: 'position',
      priceEstimated: false,
      fee: null,
      tradeId: null,
      takeProfitPrice: '50925',
      stopPrice: '47530',
      because: {
        rule: 'drift.recover',
        observed: { venueQuantity: '0.003', venueEntryPrice: '49000', ours: '0.001', impliedPrice: '48500' },
      },
    })
    expect(life.book.checks.LONG).toMatchObject({ status: 'synced', driftSince: null })
    expect(
      life
        .tell(reports('0.003', { entryPrice: '49000', markPrice: '49000' }))
        .filter((event) => event.type !== 'PositionChecked'),
    ).toEqual([])
  })

  it('estimates at the entry of the venue where the implied price is out of the way', () => {
    // (0.002 · 20 000 − 50) ÷ 0.001 < 0
    const life = living({}, buys('0.001', '50000'), reports('0.002', { entryPrice: '20000', markPrice: '20000' }))

    expect(eventsOf(life.events, 'TrancheOpened').at(-1)).toMatchObject({
      price: '20000',
      evidence: 'estimate',
      priceEstimated: true,
      because: { observed: { impliedPrice: null } },
    })
    expect(trancheIn(life, 'T2').priceEstimated).toBe(true)
  })

  it('judges by the last mark where the report has none', () => {
    const life = living({}, buys('0.001', '50000'), marks('49000'), reports('0.003', { entryPrice: '49000' }))

    expect(entryOf(life, 'T2')).toBe('48500')
  })

  it('takes the mark for the entry where the venue gives no entry price', () => {
    const life = living({}, reports('0.001', { markPrice: '49000' }))

    expect(entryOf(life, 'T1')).toBe('49000')
  })

  it('books nothing without any price: none is made up', () => {
    const life = living({}, reports('0.001'))

    expect(openOf(life)).toBe('')
    expect(typesOf(life.events)).toEqual(['BookOpened', 'PositionChecked', 'DriftDetected'])
    expect(life.book.checks.LONG?.status).toBe('drift')
    // and says so once
    expect(life.tell(reports('0.001'))).toEqual([])
    life.tell(reports('0.001', { entryPrice: '49000' }))
    expect(openOf(life)).toBe('T1 0.001')
  })

  it('of SHORT', () => {
    const life = living({}, shorts('0.001', '50000'), {
      ...reports('0.003', { entryPrice: '51000', markPrice: '51000' }),
      positionSide: 'SHORT',
    })

    // (153 − 50) ÷ 0.002 = 51 500
    expect(entryOf(life, 'T2')).toBe('51500')
    expect(openOf(life, 'SHORT')).toBe('T1 0.001, T2 0.002')
  })
})

describe('the venue holds less', () => {
  const three = [buys('0.001', '50000'), buys('0.001', '50100'), buys('0.001', '50200')]

  it('gives up exactly the difference, by the closing rule, at the mark, as an estimate', () => {
    // acceptance 7
    const life = living({}, ...three, reports('0.0015', { markPrice: '52000' }))

    expect(openOf(life)).toBe('T1 0.001, T2 0.0005')
    expect(life.book.groups.LONG.quantity).toBe(1_500_000_000n)
    expect(eventsOf(life.events, 'TrancheReduced')).toMatchObject([
      {
        tranche: 'T3',
        quantity: '0.001',
        price: '52000',
        realizedPnl: '1.8',
        fee: null,
        tradeId: null,
        reason: 'drift',
        evidence: 'position',
        bridge: null,
      },
      { tranche: 'T2', quantity: '0.0005', realizedPnl: '0.95', because: { rule: 'drift.reduce closing.LIFO' } },
    ])
    expect(life.book.groups.LONG.unknownFeeCount).toBe(5)
  })

  it('closes everything where the venue says flat', () => {
    const life = living({}, ...three, reports('0', { markPrice: '50000' }))

    expect(openOf(life)).toBe('')
    expect(eventsOf(life.events, 'TrancheClosed')).toHaveLength(3)
    expect(realizedOf(life)).toBe('-0.3')
  })

  it('uses the newest mark where the report has none, and nothing where there is none', () => {
    expect(realizedOf(living({}, ...three, marks('51000'), reports('0')))).toBe('2.7')
    const unpriced = living({}, ...three, reports('0'))
    expect(openOf(unpriced)).toBe('T1 0.001, T2 0.001, T3 0.001')
    expect(unpriced.book.checks.LONG?.status).toBe('drift')
  })

  it('by a step of ours that the venue does not have, where it is flat', () => {
    const life = living(
      { instrument: { stepSize: 1_000_000_000n as never } },
      buys('0.0005', '50000'),
      reports('0', { markPrice: '50000' }),
    )

    expect(openOf(life)).toBe('')
  })
})

describe('driftPolicy', () => {
  const excess = reports('0.003', { entryPrice: '49000', markPrice: '49000' })

  it('HALT stops entries, once, until a command; the book is left as it is', () => {
    const life = living({ config: { driftPolicy: 'HALT' } }, buys('0.001', '50000'), excess, excess)

    expect(openOf(life)).toBe('T1 0.001')
    expect(theOne(life.events, 'TradingPaused')).toMatchObject({ kind: 'driftHalt', actor: null })
    expect(theOne(life.events, 'DriftDetected').policy).toBe('HALT')
    expect(eventsOf(life.events, 'DriftResolved')).toEqual([])
    expect(life.book.pauses).toEqual(['driftHalt'])
    life.tell(asks('resume'))
    expect(life.book.pauses).toEqual([])
  })

  it('ALERT says so and does nothing', () => {
    const life = living({ config: { driftPolicy: 'ALERT' } }, buys('0.001', '50000'), excess)

    expect(typesOf(life.events).slice(-2)).toEqual(['PositionChecked', 'DriftDetected'])
    expect(openOf(life)).toBe('T1 0.001')
  })

  it('says it again when the difference is another one', () => {
    const life = living({ config: { driftPolicy: 'ALERT' } }, buys('0.001', '50000'), excess, excess)
    expect(life.tell(excess)).toEqual([])

    expect(typesOf(life.tell(reports('0.004', { markPrice: '49000' })))).toContain('PositionChecked')
  })
})

describe('one-way mode', () => {
  function net(...lines: readonly Line[]): Life {
    return living({ positionMode: 'ONE_WAY' }, ...lines)
  }

  const reported = (quantity: string, more: Line = {}): Line => ({
    type: 'position',
    positionSide: 'BOTH',
    quantity,
    markPrice: '50000',
    entryPrice: '50000',
    ...more,
  })

  it('compares signed sums', () => {
    const life = net(nets('SELL', '0.002', '50000'), reported('-0.002'))

    expect(life.book.checks.BOTH).toMatchObject({ status: 'synced', quantity: -2_000_000_000n })
  })

  it('recovers on the side of the sign', () => {
    expect(openOf(net(reported('-0.002')), 'SHORT')).toBe('T1 0.002')
    expect(openOf(net(reported('0.002')))).toBe('T1 0.002')
  })

  it('gives up on the side of ours', () => {
    expect(openOf(net(nets('SELL', '0.002', '50000'), reported('-0.0005')), 'SHORT')).toBe('T1 0.0005')
    expect(openOf(net(nets('SELL', '0.002', '50000'), reported('0')), 'SHORT')).toBe('')
  })

  it('adds what the net has beyond both sides', () => {
    // LONG 0.003 and SHORT 0.001, opened by orders of their own: net 0.002
    const life = net(
      nets('BUY', '0.003', '50000'),
      marks('50000'),
      asks('openTranche', { side: 'SHORT', quantity: '0.001' }),
    )
    const { clientOrderId } = theOne(life.events, 'OrderIntended')
    life.tellAll([nets('SELL', '0.001', '50000', { clientOrderId }), reported('0.003')])

    expect(openOf(life)).toBe('T1 0.003, T3 0.001')
    expect(openOf(life, 'SHORT')).toBe('T2 0.001')
    expect(life.tell(reported('0.003')).filter((event) => event.type === 'DriftDetected')).toEqual([])
  })
})

describe('the venue stands on the other side', () => {
  const wrong: Line = {
    type: 'position',
    positionSide: 'BOTH',
    quantity: '-0.001',
    entryPrice: '50000',
    markPrice: '50000',
  }

  it('is a conflict: nothing is booked, and only a command ends it', () => {
    const life = living({ positionMode: 'ONE_WAY' }, nets('BUY', '0.001', '50000'), wrong)

    expect(theOne(life.events, 'PositionChecked')).toMatchObject({ status: 'conflict', isSettled: true })
    expect(theOne(life.events, 'ConflictDetected')).toMatchObject({ code: 'oppositeSide' })
    expect(theOne(life.events, 'ConflictDetected').message).toContain(
      'the venue holds -0.001, we hold 0.001 on the other side',
    )
    expect(openOf(life)).toBe('T1 0.001')
    life.tellAll([wrong, { ...wrong, quantity: '0.001' }])
    expect(eventsOf(life.events, 'ConflictDetected')).toHaveLength(1)
    expect(life.book.conflict).toBe('oppositeSide')
    life.tell(asks('resolveConflict', { note: 'closed by hand' }))
    expect(life.book.conflict).toBeNull()
    expect(theOne(life.events, 'ConflictResolved').note).toBe('closed by hand')
  })

  it('must last as any difference', () => {
    const life = living({ positionMode: 'ONE_WAY', config: { driftSettleMs: 3000 } }, nets('BUY', '0.001', '50000'), {
      ...wrong,
      time: 2000,
    })
    expect(life.book.conflict).toBeNull()
    life.tell({ ...wrong, time: 5000 })
    expect(life.book.conflict).toBe('oppositeSide')
  })

  it('is not confused with a drift that was there before', () => {
    const life = living({ positionMode: 'ONE_WAY', config: { driftSettleMs: 3000 } }, nets('BUY', '0.001', '50000'), {
      ...wrong,
      quantity: '0.005',
      time: 2000,
    })
    life.tell({ ...wrong, time: 5500 })

    expect(life.book.conflict).toBeNull()
  })
})

describe('a position report that cannot be', () => {
  it('is refused in the wrong position mode', () => {
    const life = aLife()
    expect(life.tell({ ...reports('0.001'), positionSide: 'BOTH' })).toEqual([])
    expect(life.refusal()).toMatchObject({ code: 'input.position-mode' })
  })
})
