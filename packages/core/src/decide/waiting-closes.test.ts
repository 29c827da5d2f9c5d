import { describe, expect, it } from 'vitest'
import {
  aLife,
  asks,
  buys,
  eventsOf,
  type Life,
  type LifeChanges,
  type Line,
  nets,
  openOf,
  realizedOf,
  sells,
  shorts,
  theOne,
  typesOf,
} from '../../test/builders/life-builder.js'
import { formatQuantity } from '../money/quantity.js'

function living(changes: LifeChanges, ...lines: readonly Line[]): Life {
  const life = aLife(changes)
  life.tellAll(lines)
  return life
}

function waitingOf(life: Life): readonly string[] {
  return life.book.groups.LONG.unmatched.map(({ tradeId, quantity }) => `${tradeId} ${formatQuantity(quantity)}`)
}

const TICK: Line = { type: 'tick', time: 5000 }
const CLOSE = sells('0.003', '52000', { time: 1000, tradeId: '9' })

describe('a close that has waited longer than the reorder window', () => {
  it.each([
    [1250, false],
    [1251, true],
  ])('of 250 ms is given up: at %d ms %s', (time, isGivenUp) => {
    const life = living({}, CLOSE, { type: 'tick', time })
    expect(eventsOf(life.events, 'FillOrphaned')).toHaveLength(isGivenUp ? 1 : 0)
    expect(life.book.conflict).toBe(isGivenUp ? 'closeExceedsOpen' : null)
  })

  it('says what it rests on', () => {
    const orphaned = theOne(living({}, CLOSE, TICK).events, 'FillOrphaned')
    expect(orphaned.because).toEqual({
      rule: 'fill.unmatched',
      configured: { reorderWindowMs: 250 },
      observed: { tradeId: '9', quantity: '0.003' },
    })
  })

  it('is one conflict with others that have, and none beside another one', () => {
    const two = living({}, CLOSE, sells('0.001', '52000', { time: 1000, tradeId: '8' }), TICK)
    expect(eventsOf(two.events, 'FillOrphaned')).toHaveLength(2)
    expect(eventsOf(two.events, 'ConflictDetected')).toHaveLength(1)
    two.tellAll([sells('0.001', '52000', { time: 6000, tradeId: '10' }), { type: 'tick', time: 9000 }])
    expect(eventsOf(two.events, 'FillOrphaned')).toHaveLength(3)
    expect(eventsOf(two.events, 'ConflictDetected')).toHaveLength(1)
  })
})

it('a close of before an entry closes only what was open then, though more is open when it comes', () => {
  const life = aLife()
  life.tellAll([
    buys('0.001', '50000', { time: 500, tradeId: '1' }),
    buys('0.001', '51000', { time: 2000, tradeId: '3' }),
    sells('0.0015', '52000', { time: 1000, tradeId: '2' }),
  ])
  expect(openOf(life)).toBe('T1 0.001')
  expect(waitingOf(life)).toEqual(['2 0.0005'])
})

describe('an entry that comes after its close was given up', () => {
  const entry = (quantity: string, tradeId: string): Line => buys(quantity, '50000', { time: 900, tradeId })

  it('is closed by it at once, and ends the conflict', () => {
    const life = living({}, CLOSE, TICK)
    const events = life.tell(entry('0.003', '1'))
    expect(typesOf(events)).toEqual([
      'FillBooked',
      'TrancheOpened',
      'UnmatchedSettled',
      'TrancheReduced',
      'TrancheClosed',
      'ConflictResolved',
    ])
    expect(theOne(events, 'TrancheReduced')).toMatchObject({
      time: 1000,
      tradeId: '9',
      price: '52000',
      reason: 'external',
      evidence: 'fill',
      because: { rule: 'fill.lateEntry', observed: { entryTime: 900, closeTime: 1000 } },
    })
    expect([openOf(life), realizedOf(life), life.book.conflict, waitingOf(life)]).toEqual(['', '6', null, []])
  })

  it('leaves the conflict while a part of the close still waits', () => {
    const life = living({}, CLOSE, TICK, entry('0.002', '1'))
    expect([life.book.conflict, waitingOf(life)]).toEqual(['closeExceedsOpen', ['9 0.001']])
    life.tell(entry('0.001', '2'))
    expect([life.book.conflict, waitingOf(life)]).toEqual([null, []])
  })

  it('leaves the conflict while another close waits', () => {
    const life = living({}, CLOSE, sells('0.001', '52000', { time: 1001, tradeId: '10' }), TICK)
    life.tell(entry('0.003', '1'))
    expect([life.book.conflict, waitingOf(life)]).toEqual(['closeExceedsOpen', ['10 0.001']])
  })

  it('ends no conflict of another kind', () => {
    const life = living({}, CLOSE, { type: 'position', positionSide: 'LONG', quantity: '0', time: 1100 })
    life.book.conflict = 'positionMode'
    expect(typesOf(life.tell(entry('0.003', '1')))).not.toContain('ConflictResolved')
    expect(life.book.conflict).toBe('positionMode')
  })

  it('ends no conflict where there is none', () => {
    expect(typesOf(living({}, CLOSE).tell(entry('0.003', '1')))).not.toContain('ConflictResolved')
  })

  it('gives what it adds to a tranche that is open, and no more', () => {
    const life = living(
      { config: { entryMode: 'AVERAGE_UNTIL_UNDERWATER' } },
      buys('0.001', '50000', { time: 800, tradeId: '1' }),
      sells('0.003', '52000', { time: 1000, tradeId: '9' }),
      buys('0.005', '50000', { time: 1100, tradeId: '11' }),
      buys('0.001', '50000', { time: 900, tradeId: '2' }),
    )
    expect(theOne(life.events, 'TrancheIncreased')).toMatchObject({ tranche: 'T2', quantity: '0.001' })
    expect(theOne(life.events, 'UnmatchedSettled')).toMatchObject({ quantity: '0.001' })
    expect([openOf(life), waitingOf(life)]).toEqual(['T2 0.005', ['9 0.001']])
  })

  it('of the other side frees nothing', () => {
    const life = living({}, CLOSE, shorts('0.003', '50000', { time: 900, tradeId: '1' }))
    expect([openOf(life, 'SHORT'), waitingOf(life)]).toEqual(['T1 0.003', ['9 0.003']])
  })
})

describe('in one-way mode', () => {
  /** A reduce-only exit of ours closes 0.002 of which 0.001 is known to be open. */
  function waiting(): Life {
    const life = living({ positionMode: 'ONE_WAY' }, nets('BUY', '0.002', '50000', { time: 500, tradeId: '1' }))
    const { clientOrderId } = theOne(life.tell(asks('closeTranche', { tranche: 'T1', time: 600 })), 'OrderIntended')
    life.tellAll([
      nets('SELL', '0.001', '50000', { time: 700, tradeId: '2' }),
      nets('SELL', '0.002', '52000', { time: 1000, tradeId: '9', clientOrderId }),
    ])
    expect(waitingOf(life)).toEqual(['9 0.001'])
    return life
  }

  it.each<[what: string, time: number, tradeId: string, left: readonly string[]]>([
    ['before it', 900, '3', []],
    ['in its millisecond, under a lower id', 1000, '8', []],
    ['in its millisecond, under a higher id', 1000, '10', ['9 0.001']],
    ['after it', 1100, '10', ['9 0.001']],
  ])('a close takes from an entry that the venue executed %s', (_what, time, tradeId, left) => {
    const life = waiting()
    life.tell(nets('BUY', '0.003', '50000', { time, tradeId }))
    expect(waitingOf(life)).toEqual(left)
    expect(openOf(life)).toBe(left.length === 0 ? 'T2 0.002' : 'T2 0.003')
  })
})
