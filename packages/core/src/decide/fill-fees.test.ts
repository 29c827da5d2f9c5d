import { describe, expect, it } from 'vitest'
import {
  aLife,
  buys,
  eventsOf,
  type Life,
  reports,
  sells,
  theOne,
  trancheIn,
  typesOf,
} from '../../test/builders/life-builder.js'
import type { Amounts } from '../book/tranche.js'
import { formatMoney } from '../money/money.js'

function texts(amounts: Amounts): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(amounts).map(([asset, amount]) => [asset, formatMoney(amount)]))
}

function feesOf(life: Life): Readonly<Record<string, string>> {
  return texts(life.book.groups.LONG.fees)
}

describe('fees', () => {
  it('stay with what is open and move with what is closed, in proportion', () => {
    const life = aLife()
    life.tellAll([buys('0.004', '50000', { fee: '0.08' }), sells('0.001', '51000', { fee: '0.03' })])

    expect(texts(trancheIn(life, 'T1').openFees)).toEqual({ USDT: '0.06' })
    // 0.08 · 1/4 + 0.03
    expect(texts(trancheIn(life, 'T1').realizedFees)).toEqual({ USDT: '0.05' })
    expect(theOne(life.events, 'TrancheReduced')).toMatchObject({ fee: '0.03', entryFees: { USDT: '0.02' } })
    expect(feesOf(life)).toEqual({ USDT: '0.11' })
  })

  it('of one fill are shared by quantity among what it closes, exactly', () => {
    const life = aLife({ config: { closingStrategy: 'FIFO' } })
    life.tellAll([buys('0.001', '50000'), buys('0.002', '50000'), sells('0.003', '50000', { fee: '0.1' })])

    // 0.1 ÷ 3 cut at 10^-24, the last part takes what is left
    const parts = eventsOf(life.events, 'TrancheReduced').map((event) => event.fee)
    expect(parts).toEqual([`0.0${'3'.repeat(23)}`, `0.0${'6'.repeat(22)}7`])
  })

  it('are kept per asset', () => {
    const life = aLife()
    life.tellAll([
      buys('0.002', '50000', { fee: '0.0001', feeAsset: 'BNB' }),
      buys('0.002', '50000', { fee: '0.04', tranche: 'T1' }),
    ])
    life.tell(sells('0.001', '50000', { fee: '0.00005', feeAsset: 'BNB' }))

    // a quarter of both entry fees, and the exit's own
    expect(texts(trancheIn(life, 'T1').realizedFees)).toEqual({ BNB: '0.000075', USDT: '0.01' })
    expect(feesOf(life)).toEqual({ BNB: '0.00015', USDT: '0.04' })
  })

  it('that are rebates are negative', () => {
    const life = aLife()
    life.tell(buys('0.001', '50000', { fee: '-0.005', maker: true }))

    expect(feesOf(life)).toEqual({ USDT: '-0.005' })
  })

  it('of 0 are known', () => {
    const life = aLife()
    life.tell(buys('0.001', '50000', { fee: '0' }))

    expect(life.book.groups.LONG.unknownFeeCount).toBe(0)
    expect(feesOf(life)).toEqual({ USDT: '0' })
  })
})

describe('a fee that comes later', () => {
  const entry = buys('0.004', '50000', { tradeId: '1' })

  it('is unknown until then, never 0', () => {
    const life = aLife()
    life.tell(entry)

    expect(life.book.groups.LONG).toMatchObject({ unknownFeeCount: 1, fees: {} })
    expect(trancheIn(life, 'T1')).toMatchObject({ unknownFeeCount: 1, openFees: {} })
  })

  it('is booked when the fill is told again with it, once', () => {
    const life = aLife()
    life.tell(entry)
    const events = life.tell({ ...entry, fee: '0.08' })

    expect(events).toEqual([
      {
        type: 'FillFeeBooked',
        version: 1,
        time: 2000,
        causationId: 'fill:1',
        correlationId: 'fill:1',
        tradeId: '1',
        fee: '0.08',
        feeAsset: 'USDT',
        parts: [{ side: 'LONG', tranche: 'T1', isEntry: true, amount: '0.08' }],
      },
    ])
    expect(texts(trancheIn(life, 'T1').openFees)).toEqual({ USDT: '0.08' })
    expect(trancheIn(life, 'T1').unknownFeeCount).toBe(0)
    expect(life.book.groups.LONG.unknownFeeCount).toBe(0)
    expect(life.tell({ ...entry, fee: '0.08' })).toEqual([])
    expect(life.tell({ ...entry, fee: '0.09' })).toEqual([])
    expect(feesOf(life)).toEqual({ USDT: '0.08' })
  })

  it('of a fill that closed several tranches is shared among them, closed ones too', () => {
    const life = aLife({ config: { closingStrategy: 'FIFO' } })
    life.tellAll([buys('0.001', '50000', { fee: '0' }), buys('0.004', '50000', { fee: '0' })])
    const exit = sells('0.004', '51000', { tradeId: '9' })
    life.tell(exit)
    expect(life.book.groups.LONG.unknownFeeCount).toBe(2)
    const events = life.tell({ ...exit, fee: '0.4' })

    // T1 0.001 (closed), T2 0.003
    expect(theOne(events, 'FillFeeBooked').parts).toEqual([
      { side: 'LONG', tranche: 'T1', isEntry: false, amount: '0.1' },
      { side: 'LONG', tranche: 'T2', isEntry: false, amount: '0.3' },
    ])
    expect(life.book.groups.LONG.unknownFeeCount).toBe(0)
    expect(texts(trancheIn(life, 'T2').realizedFees)).toEqual({ USDT: '0.3' })
    expect(feesOf(life)).toEqual({ USDT: '0.4' })
  })

  it('of a flip goes to the close and to the opening', () => {
    const life = aLife({ positionMode: 'ONE_WAY' })
    const flip = { type: 'fill', side: 'SELL', positionSide: 'BOTH', quantity: '0.003', price: '50000', tradeId: '5' }
    life.tellAll([{ ...flip, side: 'BUY', quantity: '0.001', tradeId: '4', fee: '0' }, flip, { ...flip, fee: '0.3' }])

    expect(theOne(life.events, 'FillFeeBooked').parts).toEqual([
      { side: 'LONG', tranche: 'T1', isEntry: false, amount: '0.1' },
      { side: 'SHORT', tranche: 'T2', isEntry: true, amount: '0.2' },
    ])
    expect(texts(life.book.groups.SHORT.fees)).toEqual({ USDT: '0.2' })
  })

  it('is not owed by a fill whose fee was told', () => {
    const life = aLife()
    life.tell({ ...entry, fee: '0.08' })

    expect(life.tell({ ...entry, fee: '0.09' })).toEqual([])
  })

  it('is still unknown where the fill is told again without it', () => {
    const life = aLife()
    life.tellAll([entry, entry])

    expect(life.book.groups.LONG.unknownFeeCount).toBe(1)
  })

  it('of a fill that proved an estimate is booked too', () => {
    const life = aLife()
    life.tellAll([buys('0.002', '50000', { fee: '0' }), reports('0.001', { markPrice: '51000', time: 5000 })])
    const exit = sells('0.001', '51500', { tradeId: '9', time: 4000 })
    life.tell(exit)
    expect(typesOf(life.tell({ ...exit, fee: '0.05' }))).toEqual(['FillFeeBooked'])

    expect(feesOf(life)).toEqual({ USDT: '0.05' })
    expect(life.book.groups.LONG.unknownFeeCount).toBe(0)
    expect(trancheIn(life, 'T1').unknownFeeCount).toBe(0)
  })

  it('of fills that proved an estimate in parts is unknown until the last of them is told', () => {
    const life = aLife()
    life.tellAll([buys('0.004', '50000', { fee: '0' }), reports('0.001', { markPrice: '51000', time: 5000 })])
    const first = sells('0.001', '51500', { tradeId: '8', time: 4000 })
    const second = sells('0.002', '51500', { tradeId: '9', time: 4000 })
    life.tellAll([first, second])
    const unknown = (): number => life.book.groups.LONG.unknownFeeCount
    expect(unknown()).toBe(2)
    life.tell({ ...first, fee: '0.05' })
    expect(unknown()).toBe(1)
    life.tell({ ...second, fee: '0.1' })
    expect(unknown()).toBe(0)
    expect(feesOf(life)).toEqual({ USDT: '0.15' })
  })

  it('of a close that waits for its entry is booked with what it takes', () => {
    const life = aLife()
    const exit = sells('0.002', '52000', { time: 1000, tradeId: '2' })
    life.tellAll([
      exit,
      { ...exit, fee: '0.2' },
      buys('0.002', '50000', { time: 900, fee: '0' }),
      { type: 'tick', time: 1100 },
    ])

    expect(feesOf(life)).toEqual({ USDT: '0.2' })
    expect(life.book.groups.LONG.unknownFeeCount).toBe(0)
  })

  it('of a close that waits in part goes in proportion to what was closed and what waits', () => {
    const life = aLife()
    const exit = sells('0.004', '52000', { time: 1000, tradeId: '2' })
    life.tellAll([buys('0.001', '50000', { time: 900, fee: '0' }), exit, { ...exit, fee: '0.4' }])

    expect(feesOf(life)).toEqual({ USDT: '0.1' })
    expect(formatMoney(life.book.groups.LONG.unmatched[0]!.fee!)).toBe('0.3')
    expect(life.book.groups.LONG.unknownFeeCount).toBe(0)
  })

  it('of a close that was given up is paid all the same', () => {
    const life = aLife()
    const exit = sells('0.004', '52000', { time: 1000, tradeId: '2' })
    life.tellAll([exit, { type: 'tick', time: 9000 }, { ...exit, fee: '0.4' }])

    expect(feesOf(life)).toEqual({ USDT: '0.4' })
  })

  it('of a close that took its late entry already is booked too', () => {
    const life = aLife()
    const exit = sells('0.002', '52000', { time: 1000, tradeId: '2' })
    life.tellAll([
      exit,
      buys('0.002', '50000', { time: 900, fee: '0' }),
      { type: 'tick', time: 1100 },
      { ...exit, fee: '0.2' },
    ])

    expect(feesOf(life)).toEqual({ USDT: '0.2' })
    expect(life.book.groups.LONG.unknownFeeCount).toBe(0)
  })
})
