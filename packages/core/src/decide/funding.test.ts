import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aLife, asks, buys, type Life, type Line, nets, shorts, theOne } from '../../test/builders/life-builder.js'
import { LAW } from '../../test/law-runs.js'
import { formatMoney, parseMoney } from '../money/money.js'

function pays(amount: string, more: Line = {}): Line {
  return { type: 'funding', amount, ...more }
}

function living(...lines: readonly Line[]): Life {
  const life = aLife()
  life.tellAll(lines)
  return life
}

describe('funding', () => {
  it('is spread over open tranches by quantity, isolated ones too, the last taking what is left', () => {
    const life = living(
      buys('0.001', '50000'),
      buys('0.002', '50000'),
      asks('isolateTranche', { tranche: 'T1' }),
      pays('-0.1', { positionSide: 'LONG' }),
    )

    expect(theOne(life.events, 'FundingBooked')).toMatchObject({
      amount: '-0.1',
      asset: 'USDT',
      parts: [
        { tranche: 'T1', amount: `-0.0${'3'.repeat(23)}` },
        { tranche: 'T2', amount: `-0.0${'6'.repeat(22)}7` },
      ],
      unallocated: '0',
    })
    expect(formatMoney(life.book.groups.LONG.funding['USDT']!)).toBe('-0.1')
  })

  it('of one side leaves the other alone', () => {
    const life = living(buys('0.001', '50000'), shorts('0.001', '50000'), pays('0.1', { positionSide: 'SHORT' }))

    expect(theOne(life.events, 'FundingBooked').parts).toEqual([{ tranche: 'T2', amount: '0.1' }])
    expect(life.book.groups.LONG.funding).toEqual({})
    const long = living(buys('0.001', '50000'), shorts('0.001', '50000'), pays('0.1', { positionSide: 'LONG' }))
    expect(theOne(long.events, 'FundingBooked').parts).toEqual([{ tranche: 'T1', amount: '0.1' }])
  })

  it('without a side is spread over both', () => {
    // −0.2 · 3/4 and 1/4
    const life = living(buys('0.003', '50000'), shorts('0.001', '50000'), pays('-0.2'))

    expect(theOne(life.events, 'FundingBooked').parts).toEqual([
      { tranche: 'T1', amount: '-0.15' },
      { tranche: 'T2', amount: '-0.05' },
    ])
    expect(formatMoney(life.book.groups.SHORT.funding['USDT']!)).toBe('-0.05')
  })

  it.each<[string, readonly Line[], Line]>([
    ['nothing is open', [], pays('0.1')],
    ['the side is flat', [buys('0.001', '50000')], pays('0.1', { positionSide: 'SHORT' })],
  ])('stays with the book where %s', (_name, before, payment) => {
    const life = living(...before, payment)

    expect(theOne(life.events, 'FundingBooked')).toMatchObject({ parts: [], unallocated: '0.1' })
    expect(life.book.unallocatedFunding).toEqual({ USDT: parseMoney('0.1') })
  })

  it('is booked once', () => {
    const life = living(buys('0.001', '50000'), pays('0.1', { id: '77' }))

    expect(life.tell(pays('0.1', { id: '77' }))).toEqual([])
    expect(life.tell(pays('0.1', { id: '78' }))).toHaveLength(1)
    expect(formatMoney(life.book.groups.LONG.funding['USDT']!)).toBe('0.2')
  })

  it('is kept per asset', () => {
    const life = living(buys('0.001', '50000'), pays('0.1'), pays('0.00001', { asset: 'BNB' }))

    expect(life.book.groups.LONG.funding).toEqual({ USDT: parseMoney('0.1'), BNB: parseMoney('0.00001') })
  })

  it('of one-way mode goes to whatever is open', () => {
    const life = aLife({ positionMode: 'ONE_WAY' })
    life.tellAll([nets('SELL', '0.001', '50000'), pays('0.1', { positionSide: 'BOTH' })])

    expect(theOne(life.events, 'FundingBooked').parts).toEqual([{ tranche: 'T1', amount: '0.1' }])
  })

  it('sums exactly, whatever is open', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 999 }), { maxLength: 5 })
    fc.assert(
      fc.property(
        sizes,
        sizes,
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.constantFrom('LONG', 'SHORT', null),
        (longs, sells, units, positionSide) => {
          const life = living(
            ...longs.map((size) => buys(`0.${String(size).padStart(3, '0')}`, '50000')),
            ...sells.map((size) => shorts(`0.${String(size).padStart(3, '0')}`, '50000')),
            pays(formatMoney(parseMoney(`${units}`)), { positionSide }),
          )
          const { amount, parts, unallocated } = theOne(life.events, 'FundingBooked')
          const sum = parts.reduce((total, part) => total + parseMoney(part.amount), parseMoney(unallocated) as bigint)
          expect(sum).toBe(parseMoney(amount))
        },
      ),
      LAW,
    )
  })
})
