import { describe, expect, it } from 'vitest'
import {
  aLife,
  buys,
  covers,
  eventsOf,
  type Life,
  type Line,
  nets,
  openOf,
  realizedOf,
  reports,
  sells,
  shorts,
  theOne,
  trancheIn,
  typesOf,
} from '../../test/builders/life-builder.js'
import { averagePrice, formatMoney } from '../money/money.js'
import { formatPrice } from '../money/price.js'

function living(...lines: readonly Line[]): Life {
  const life = aLife()
  life.tellAll(lines)
  return life
}

function entryOf(life: Life, id: string): string {
  const { cost, quantity } = trancheIn(life, id)
  return formatPrice(averagePrice(cost, quantity, 'nearest'))
}

function mirrored(life: Life, side: 'LONG' | 'SHORT' = 'LONG'): string {
  return formatMoney(life.book.averageCost[side].realizedPnl)
}

describe('a fill that proves an estimated exit', () => {
  /** 0.003 @ 50 000; at 5000 the venue has 0.001 and the mark is 51 000: 0.002 are given up for +2. */
  const given = [buys('0.003', '50000', { time: 1000, fee: '0' }), reports('0.001', { markPrice: '51000', time: 5000 })]
  const fill = sells('0.002', '51500', { time: 4000, tradeId: '9', fee: '0.2' })

  it('replaces it at its own price, and does not close again', () => {
    const life = living(...given)
    expect(realizedOf(life)).toBe('2')
    const events = life.tell(fill)

    expect(typesOf(events)).toEqual(['FillBooked', 'EstimateReplaced'])
    expect(theOne(events, 'FillBooked')).toMatchObject({
      closes: null,
      opens: null,
      unmatched: null,
      replaces: { side: 'LONG', quantity: '0.002' },
    })
    expect(theOne(events, 'EstimateReplaced')).toMatchObject({
      kind: 'exit',
      tradeId: '9',
      quantity: '0.002',
      price: '51500',
      parts: [{ tranche: 'T1', quantity: '0.002', correction: '1', fee: '0.2', isProven: true }],
    })
    expect(openOf(life)).toBe('T1 0.001')
    expect(realizedOf(life)).toBe('3')
    expect(mirrored(life)).toBe('3')
    expect(formatMoney(trancheIn(life, 'T1').realizedPnl)).toBe('3')
    expect(life.book.groups.LONG).toMatchObject({ estimates: [], unknownFeeCount: 0, fees: { USDT: 2n * 10n ** 23n } })
  })

  it('in parts, each at its own price', () => {
    const life = living(...given, { ...fill, quantity: '0.0005', fee: '0.05' })

    // 500 · 0.0005
    expect(realizedOf(life)).toBe('2.25')
    expect(theOne(life.events, 'EstimateReplaced').parts).toMatchObject([{ isProven: false, correction: '0.25' }])
    expect(life.book.groups.LONG.unknownFeeCount).toBe(1)
    life.tell({ ...fill, tradeId: '10', quantity: '0.0015', price: '50500', fee: '0.15' })
    // −500 · 0.0015
    expect(realizedOf(life)).toBe('1.5')
    expect(life.book.groups.LONG).toMatchObject({ estimates: [], unknownFeeCount: 0 })
  })

  it('that is larger closes the rest in earnest', () => {
    const life = living(...given, { ...fill, quantity: '0.0025', fee: '0.25' })

    expect(openOf(life)).toBe('T1 0.0005')
    // +3 for the proven part, 1500 · 0.0005 for the rest
    expect(realizedOf(life)).toBe('3.75')
    expect(theOne(life.events, 'EstimateReplaced').parts).toMatchObject([{ fee: '0.2' }])
    expect(eventsOf(life.events, 'TrancheReduced').at(-1)).toMatchObject({
      quantity: '0.0005',
      fee: '0.05',
      tradeId: '9',
    })
  })

  it('corrects what is closed by now', () => {
    const life = living(buys('0.003', '50000', { time: 1000 }), reports('0', { markPrice: '51000', time: 5000 }))
    expect(realizedOf(life)).toBe('3')
    life.tell({ ...fill, quantity: '0.003' })

    expect(realizedOf(life)).toBe('4.5')
    expect(mirrored(life)).toBe('4.5')
  })

  it('goes through several tranches in the order in which they were given up', () => {
    const life = living(
      buys('0.001', '50000', { time: 1000 }),
      buys('0.002', '50100', { time: 1001 }),
      reports('0', { markPrice: '51000', time: 5000 }),
      { ...fill, quantity: '0.0025', fee: '0.25' },
    )

    // LIFO gave up T2 first
    expect(theOne(life.events, 'EstimateReplaced').parts).toEqual([
      { tranche: 'T2', quantity: '0.002', correction: '1', fee: '0.2', isProven: true },
      { tranche: 'T1', quantity: '0.0005', correction: '0.25', fee: '0.05', isProven: false },
    ])
  })

  it('of SHORT earns less where it was dearer', () => {
    const life = living(
      shorts('0.003', '50000', { time: 1000 }),
      { ...reports('0.001', { markPrice: '49000', time: 5000 }), positionSide: 'SHORT' },
      covers('0.002', '49500', { time: 4000 }),
    )

    // +2 estimated, −500 · 0.002
    expect(realizedOf(life, 'SHORT')).toBe('1')
    expect(mirrored(life, 'SHORT')).toBe('1')
  })

  it('must have happened before the estimate was made', () => {
    const life = living(...given)
    life.tell({ ...fill, quantity: '0.001', time: 5001 })

    expect(eventsOf(life.events, 'EstimateReplaced')).toEqual([])
    expect(openOf(life)).toBe('')
  })

  it('must move the same side the same way', () => {
    const life = living(...given)
    life.tellAll([buys('0.001', '50500', { time: 4000 }), covers('0.001', '50500', { time: 4000 })])

    expect(eventsOf(life.events, 'EstimateReplaced')).toEqual([])
    expect(openOf(life)).toBe('T1 0.001, T2 0.001')
  })

  it('has one effect, however often it is told', () => {
    const life = living(...given, fill)

    expect(life.tell(fill)).toEqual([])
    expect(realizedOf(life)).toBe('3')
  })

  it('of one-way mode proves it before it could open the other side', () => {
    const life = aLife({ positionMode: 'ONE_WAY' })
    life.tellAll([
      nets('BUY', '0.001', '50000', { time: 1000 }),
      { type: 'position', positionSide: 'BOTH', quantity: '0', markPrice: '51000', time: 5000 },
      nets('SELL', '0.001', '51500', { time: 4000 }),
    ])

    expect(openOf(life)).toBe('')
    expect(openOf(life, 'SHORT')).toBe('')
    expect(realizedOf(life)).toBe('1.5')
  })
})

describe('a fill that proves an estimated entry', () => {
  /** 0.001 @ 50 000; the venue has 0.003 at 49 000: 0.002 @ 48 500 are recovered. */
  const given = [
    buys('0.001', '50000', { time: 1000, fee: '0' }),
    reports('0.003', { entryPrice: '49000', markPrice: '49000', time: 5000 }),
  ]
  const fill = buys('0.002', '48600', { time: 4000, tradeId: '9', fee: '0.2' })

  it('gives the tranche its real price and fee, and opens nothing', () => {
    const life = living(...given)
    expect(entryOf(life, 'T2')).toBe('48500')
    const events = life.tell(fill)

    expect(typesOf(events)).toEqual(['FillBooked', 'EstimateReplaced'])
    expect(theOne(events, 'EstimateReplaced')).toMatchObject({
      kind: 'entry',
      parts: [{ tranche: 'T2', correction: '0.2', fee: '0.2', isProven: true }],
    })
    expect(openOf(life)).toBe('T1 0.001, T2 0.002')
    expect(entryOf(life, 'T2')).toBe('48600')
    expect(trancheIn(life, 'T2')).toMatchObject({
      evidence: 'fill',
      priceEstimated: false,
      unknownFeeCount: 0,
      openFees: { USDT: 2n * 10n ** 23n },
    })
    // 50 + 97.2
    expect(formatMoney(life.book.groups.LONG.cost)).toBe('147.2')
    expect(formatMoney(life.book.averageCost.LONG.cost)).toBe('147.2')
    expect(life.book.groups.LONG.unknownFeeCount).toBe(0)
  })

  it('in part leaves it an estimate', () => {
    const life = living(...given, { ...fill, quantity: '0.001', fee: '0.1' })

    // 48 600 and 48 500
    expect(entryOf(life, 'T2')).toBe('48550')
    expect(trancheIn(life, 'T2')).toMatchObject({ evidence: 'position', priceEstimated: true })
    life.tell({ ...fill, quantity: '0.001', tradeId: '10', fee: '0.1' })
    expect(entryOf(life, 'T2')).toBe('48600')
    expect(trancheIn(life, 'T2')).toMatchObject({ evidence: 'fill', priceEstimated: false })
  })

  it('that is larger joins what it has just corrected, where entries average: targets follow the proven average', () => {
    const life = aLife({ config: { entryMode: 'AVERAGE_UNTIL_UNDERWATER' } })
    life.tellAll([
      reports('0.002', { entryPrice: '50000', markPrice: '50000', time: 5000 }),
      buys('0.004', '49000', { time: 4000, tradeId: '9' }),
    ])
    // all of it was bought at 49 000: 49 000 · 1.05 and 49 000 · 0.98
    expect(openOf(life)).toBe('T1 0.004')
    expect(entryOf(life, 'T1')).toBe('49000')
    const { takeProfitPrice, stopPrice } = trancheIn(life, 'T1')
    expect([formatPrice(takeProfitPrice!), formatPrice(stopPrice!)]).toEqual(['51450', '48020'])
  })

  it('that is larger opens the rest', () => {
    const life = living(...given, { ...fill, quantity: '0.003' })

    expect(openOf(life)).toBe('T1 0.001, T2 0.002, T3 0.001')
    expect(entryOf(life, 'T3')).toBe('48600')
  })

  it('corrects the result where the tranche is closed by now', () => {
    const life = living(...given, sells('0.002', '49000', { time: 6000, tranche: 'T2' }))
    // 500 · 0.002
    expect(realizedOf(life)).toBe('1')
    life.tell(fill)
    expect(realizedOf(life)).toBe('0.8')
    expect(openOf(life)).toBe('T1 0.001')
  })

  it('corrects what is closed and what is open by now, each in proportion', () => {
    const life = living(...given, sells('0.001', '49000', { time: 6000, tranche: 'T2' }), fill)

    // entry 48 600 instead of 48 500: the 0.001 that closed earned 0.4 instead of 0.5, the 0.001 that is open cost 48.6
    expect(entryOf(life, 'T2')).toBe('48600')
    expect(realizedOf(life)).toBe('0.4')
    expect(formatMoney(trancheIn(life, 'T2').realizedPnl)).toBe('0.4')
  })

  it('of SHORT', () => {
    const life = living(
      { ...reports('0.002', { entryPrice: '50000', markPrice: '50000', time: 5000 }), positionSide: 'SHORT' },
      shorts('0.002', '50100', { time: 4000 }),
    )

    expect(entryOf(life, 'T1')).toBe('50100')
    expect(formatMoney(life.book.averageCost.SHORT.cost)).toBe('-100.2')
    life.tell(covers('0.002', '50000', { time: 6000 }))
    expect(realizedOf(life, 'SHORT')).toBe('0.2')
    expect(mirrored(life, 'SHORT')).toBe('0.2')
  })
})
