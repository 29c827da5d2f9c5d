import { describe, expect, it } from 'vitest'
import { runOptions } from '../../test/random-runs.js'
import type { BookEvent } from '../book/events.js'
import { parseInput } from '../observe/parse-input.js'
import { differenceBetween } from './difference.js'
import { replay } from './replay-events.js'
import { runInputs } from './run-inputs.js'
import { saveSnapshot } from './snapshot.js'
import { bookAt, openTimeline } from './time-travel.js'

const at = { symbol: 'BTCUSDT', positionSide: 'LONG', feeAsset: 'USDT' }
const LINES = [
  { ...at, type: 'fill', time: 1000, side: 'BUY', quantity: '0.001', price: '50000', fee: '0.02', tradeId: '1' },
  { ...at, type: 'fill', time: 2000, side: 'BUY', quantity: '0.002', price: '49000', fee: '0.04', tradeId: '2' },
  { ...at, type: 'fill', time: 3000, side: 'SELL', quantity: '0.002', price: '49500', fee: '0.04', tradeId: '3' },
]

function logOf(lines: readonly object[]): readonly BookEvent[] {
  const inputs = lines.map((line, sequence) => parseInput(line, { account: 'main', positionMode: 'HEDGE', sequence }))
  return runInputs(inputs, runOptions('HEDGE', {})).books[0]?.events ?? []
}

const LOG = logOf(LINES)

describe('bookAt', () => {
  it('shows the book after each event of its log', () => {
    const open = LOG.map((_, index) =>
      bookAt(LOG, index + 1)
        .groups.LONG.tranches.map(({ id }) => id)
        .join(),
    )
    // opened, fill, T1, fill, T2, fill, T2 reduced, T2 closed
    expect(LOG.map(({ type }) => type)).toEqual([
      'BookOpened',
      'FillBooked',
      'TrancheOpened',
      'FillBooked',
      'TrancheOpened',
      'FillBooked',
      'TrancheReduced',
      'TrancheClosed',
    ])
    expect(open).toEqual(['', '', 'T1', 'T1', 'T1,T2', 'T1,T2', 'T1,T2', 'T1'])
  })

  it('is empty at version 0 and complete at the last', () => {
    expect(bookAt(LOG, 0).version).toBe(0)
    expect(bookAt(LOG, LOG.length)).toEqual(replay(LOG))
  })

  it('starts from the newest snapshot that is not too new, and leaves it as it is', () => {
    const snapshots = [bookAt(LOG, 6), bookAt(LOG, 2), bookAt(LOG, 4)]
    const before = JSON.stringify(snapshots.map(saveSnapshot))
    for (let version = 0; version <= LOG.length; version += 1)
      expect(bookAt(LOG, version, snapshots)).toEqual(bookAt(LOG, version))
    expect(JSON.stringify(snapshots.map(saveSnapshot))).toBe(before)
  })

  it.each([-1, 9, 1.5, Number.NaN])('refuses version %s and says which there are', (version) => {
    expect(() => bookAt(LOG, version)).toThrow(
      expect.objectContaining({
        code: 'log.version-out-of-range',
        message: `expected a version from 0 (nothing happened yet) to 8 (all of this log), got ${version}`,
      }),
    )
  })
})

describe('differenceBetween', () => {
  it('tells what a tranche that opened changed, in decimals', () => {
    const changes = differenceBetween(bookAt(LOG, 4), bookAt(LOG, 5))
    const told = changes.map(({ subject, field, before, after }) => [
      Object.values(subject).join(' '),
      field,
      before,
      after,
    ])
    expect(told).toContainEqual(['book', 'nextTranche', 2, 3])
    expect(told).toContainEqual(['group LONG', 'quantity', '0.001', '0.003'])
    expect(told).toContainEqual(['group LONG', 'cost', '50', '148'])
    expect(told).toContainEqual(['group LONG', 'fees.USDT', '0.02', '0.06'])
    expect(told).toContainEqual(['tranche LONG T2', 'quantity', null, '0.002'])
    // 49000 · 1.05 and 49000 · 0.98
    expect(told).toContainEqual(['tranche LONG T2', 'takeProfitPrice', null, '51450'])
    expect(told).toContainEqual(['tranche LONG T2', 'stopPrice', null, '48020'])
    expect(changes.filter(({ kind }) => kind === 'appeared').every(({ subject }) => subject.type === 'tranche')).toBe(
      true,
    )
  })

  it('tells what a reduction changed, and nothing else', () => {
    const changes = differenceBetween(bookAt(LOG, 6), bookAt(LOG, 7))
    // (49500 − 49000) · 0.002 = 1
    expect(changes).toContainEqual({
      subject: { type: 'tranche', side: 'LONG', tranche: 'T2' },
      kind: 'changed',
      field: 'realizedPnl',
      before: '0',
      after: '1',
    })
    expect(changes.some(({ subject }) => subject.type === 'tranche' && subject.tranche === 'T1')).toBe(false)
    expect(changes.some(({ subject }) => subject.type === 'group' && subject.side === 'SHORT')).toBe(false)
  })

  it('tells that a tranche vanished', () => {
    const vanished = differenceBetween(bookAt(LOG, 7), bookAt(LOG, 8)).filter(({ kind }) => kind === 'vanished')
    expect(vanished).toContainEqual({
      subject: { type: 'tranche', side: 'LONG', tranche: 'T2' },
      kind: 'vanished',
      field: 'realizedPnl',
      before: '1',
      after: null,
    })
  })

  it('is empty where nothing differs, and turns round with its arguments', () => {
    expect(differenceBetween(bookAt(LOG, 5), bookAt(LOG, 5))).toEqual([])
    const there = differenceBetween(bookAt(LOG, 2), bookAt(LOG, 8))
    const back = differenceBetween(bookAt(LOG, 8), bookAt(LOG, 2))
    expect(
      new Set(back.map(({ subject, field, before, after }) => JSON.stringify([subject, field, after, before]))),
    ).toEqual(
      new Set(there.map(({ subject, field, before, after }) => JSON.stringify([subject, field, before, after]))),
    )
  })

  it('tells subjects in one order, whatever came first', () => {
    const types = differenceBetween(bookAt(LOG, 0), bookAt(LOG, 5)).map(({ subject }) => subject.type)
    const order = ['book', 'group', 'tranche', 'averageCost']
    const ranks = types.map((type) => order.indexOf(type))
    expect(ranks).toEqual(ranks.toSorted((left, right) => left - right))
  })
})

describe('openTimeline', () => {
  it('answers for every version as a replay would', () => {
    const timeline = openTimeline(LOG, 3)
    expect(timeline.length).toBe(8)
    for (let version = 0; version <= 8; version += 1) expect(timeline.bookAt(version)).toEqual(bookAt(LOG, version))
    expect(timeline.eventAt(3).type).toBe('TrancheOpened')
    expect(timeline.changes(4)).toEqual(differenceBetween(bookAt(LOG, 4), bookAt(LOG, 5)))
    expect(timeline.changes(0, 8)).toEqual(differenceBetween(bookAt(LOG, 0), bookAt(LOG, 8)))
  })

  it('gives copies: what is done to one is not seen by the next', () => {
    const timeline = openTimeline(LOG, 3)
    timeline.bookAt(6).groups.LONG.tranches.length = 0
    expect(timeline.bookAt(6)).toEqual(bookAt(LOG, 6))
  })

  it('refuses what is not there', () => {
    const timeline = openTimeline(LOG)
    expect(() => timeline.eventAt(0)).toThrow('nothing makes version 0')
    expect(() => timeline.changes(8)).toThrow(
      'expected a version from 0 (nothing happened yet) to 8 (all of this log), got 9',
    )
    expect(() => openTimeline([])).toThrow('expected the log of a book to begin with BookOpened, got no event')
  })
})
