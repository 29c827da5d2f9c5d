import { describe, expect, it } from 'vitest'
import {
  aLife,
  asks,
  eventsOf,
  type Life,
  type LifeChanges,
  type Line,
  marks,
  nets,
  openOf,
  theOne,
  typesOf,
} from '../../test/builders/life-builder.js'
import { runOptions } from '../../test/random-runs.js'
import { formatMoney } from '../money/money.js'
import { parseInput } from '../observe/parse-input.js'
import { redecideLog } from '../replay/regression/redecide-log.js'
import { replay } from '../replay/replay-events.js'
import { runInputs } from '../replay/run-inputs.js'
import { stateHash } from '../replay/state-hash.js'

function venueHolds(quantity: string, more: Line = {}): Line {
  return { type: 'position', positionSide: 'BOTH', quantity, entryPrice: '51000', markPrice: '50500', ...more }
}

function oneWay(changes: LifeChanges, ...lines: readonly Line[]): Life {
  const life = aLife({ positionMode: 'ONE_WAY', ...changes })
  life.tellAll(lines)
  return life
}

describe('taking over what the venue holds on the other side', () => {
  it('closes the wrong side at the mark, as an estimate, and recovers the other; each says who asked', () => {
    const life = oneWay({}, nets('BUY', '0.002', '50000'), nets('BUY', '0.001', '50200'), venueHolds('-0.004'))
    expect(life.book.conflict).toBe('oppositeSide')

    const events = life.tell(asks('takeOver', { actor: 'desk' }))

    expect(typesOf(events)).toEqual([
      'TrancheReduced',
      'TrancheClosed',
      'TrancheReduced',
      'TrancheClosed',
      'TrancheOpened',
      'ConflictResolved',
      'DriftResolved',
    ])
    const because = { rule: 'command.takeOver', observed: { actor: 'desk', venue: '-0.004', ours: '0.003' } }
    // (50500 − 50000) · 0.002 = 1; (50500 − 50200) · 0.001 = 0.3
    expect(eventsOf(events, 'TrancheReduced')).toMatchObject([
      { tranche: 'T1', price: '50500', realizedPnl: '1', reason: 'drift', evidence: 'position', because },
      { tranche: 'T2', price: '50500', realizedPnl: '0.3', because },
    ])
    expect(theOne(events, 'TrancheOpened')).toMatchObject({
      side: 'SHORT',
      quantity: '0.004',
      price: '51000',
      origin: 'recovered',
      because: { rule: 'command.takeOver', observed: { actor: 'desk', venueQuantity: '0.004', ours: '0' } },
    })
    expect(theOne(events, 'ConflictResolved').note).toBe('taken over: the venue holds -0.004, we held 0.003')
    expect([openOf(life), openOf(life, 'SHORT'), life.book.conflict]).toEqual(['', 'T3 0.004', null])
    expect(life.book.checks.BOTH).toMatchObject({ status: 'synced', driftSince: null })
    expect(typesOf(life.tell(venueHolds('-0.004')))).toEqual(['PositionChecked'])
  })

  it('mirrored: a SHORT book that the venue holds LONG', () => {
    const life = oneWay({}, nets('SELL', '0.002', '50000'), venueHolds('0.001'), asks('takeOver'))
    expect([openOf(life), openOf(life, 'SHORT')]).toEqual(['T2 0.001', ''])
    // 50000 − 50500 on 0.002
    expect(formatMoney(life.book.groups.SHORT.realizedPnl)).toBe('-1')
  })

  it('keeps what stood against the wrong side, up to what the venue holds', () => {
    // LONG 0.003 and SHORT 0.002 of orders of their own: net 0.001
    const both = (venue: string): Life => {
      const life = oneWay(
        {},
        nets('BUY', '0.003', '50000'),
        marks('50000'),
        asks('openTranche', { side: 'SHORT', quantity: '0.002' }),
      )
      const { clientOrderId } = theOne(life.events, 'OrderIntended')
      life.tellAll([nets('SELL', '0.002', '50000', { clientOrderId }), venueHolds(venue), asks('takeOver')])
      return life
    }
    expect(openOf(both('-0.005'), 'SHORT')).toBe('T2 0.002, T3 0.003')
    expect(openOf(both('-0.002'), 'SHORT')).toBe('T2 0.002')
    expect(openOf(both('-0.0005'), 'SHORT')).toBe('T2 0.0005')
  })

  it('a fill that comes later replaces the estimate', () => {
    const life = oneWay({}, nets('BUY', '0.001', '50000'), venueHolds('-0.001'))
    const before = life.book.lastFillTime
    life.tellAll([asks('takeOver'), nets('SELL', '0.001', '50400', { time: before + 1 })])
    expect(theOne(life.events, 'EstimateReplaced')).toMatchObject({ side: 'LONG', kind: 'exit', price: '50400' })
    expect(openOf(life, 'SHORT')).toBe('T2 0.001')
  })

  it.each<[name: string, realizedPnl: string | null]>([
    ['', null],
    [', and of which the venue tells a result', '0.8'],
  ])('one late fill that flipped the position proves both estimates%s', (_name, realizedPnl) => {
    const life = oneWay({}, nets('BUY', '0.002', '50000'), venueHolds('-0.003'))
    const before = life.book.lastFillTime
    life.tell(asks('takeOver'))
    const events = life.tell(nets('SELL', '0.005', '50400', { time: before + 1, fee: '5', realizedPnl }))

    expect(theOne(events, 'FillBooked')).toMatchObject({ closes: null, opens: null, unmatched: null })
    expect(theOne(events, 'FillBooked').replaces).toEqual({ side: 'LONG', quantity: '0.005' })
    expect(eventsOf(events, 'EstimateReplaced')).toMatchObject([
      { side: 'LONG', kind: 'exit', quantity: '0.002', parts: [{ tranche: 'T1', fee: '2' }] },
      { side: 'SHORT', kind: 'entry', quantity: '0.003', parts: [{ tranche: 'T2', fee: '3' }] },
    ])
    expect([openOf(life), openOf(life, 'SHORT'), life.book.conflict]).toEqual(['', 'T2 0.003', null])
    // (50400 − 50000) · 0.002, at the fill's price and no more at the mark's
    expect(formatMoney(life.book.groups.LONG.realizedPnl)).toBe('0.8')
    expect(typesOf(life.tell(venueHolds('-0.003', { entryPrice: '50400' })))).toEqual(['PositionChecked'])
  })

  it('is refused where there is no such conflict, and where no price is known', () => {
    const calm = oneWay({}, nets('BUY', '0.001', '50000'))
    expect(theOne(calm.tell(asks('takeOver')), 'CommandRefused')).toMatchObject({ code: 'notOnTheOtherSide' })
    const silent = oneWay(
      {},
      nets('BUY', '0.001', '50000'),
      venueHolds('-0.001', { markPrice: null, entryPrice: null }),
    )
    expect(theOne(silent.tell(asks('takeOver')), 'CommandRefused')).toMatchObject({ code: 'noPrice' })
    expect([openOf(silent), silent.book.conflict]).toEqual(['T1 0.001', 'oppositeSide'])
  })

  it('replays to the same book, and is decided the same from its log', () => {
    const lines = [nets('BUY', '0.002', '50000'), venueHolds('-0.004'), asks('takeOver', { actor: 'desk' })]
    const inputs = lines.map((line, at) =>
      parseInput(
        { symbol: 'BTCUSDT', time: 1000 * (at + 1), tradeId: '1', ...line },
        { account: 'main', positionMode: 'ONE_WAY', sequence: at },
      ),
    )
    const options = runOptions('ONE_WAY', { driftSettleMs: 0 })
    const [run] = runInputs(inputs, options).books
    const events = run?.events ?? []
    expect(typesOf(events)).toContain('ConflictResolved')
    expect(stateHash(replay(events))).toBe(stateHash(run!.book))
    expect(redecideLog(events, options)).toMatchObject({ decisions: 3, differences: [], notRebuilt: [] })
  })
})
