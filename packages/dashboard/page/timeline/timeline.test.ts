import { describe, expect, it } from 'vitest'
import type { TimelineEntry, TimelineGroup, VersionStep } from '../../src/api/index.js'
import { subjectWords, valueWords } from './change-words.js'
import { changedTranches } from './changed-tranches.js'
import { groupByDay } from './group-by-day.js'
import { noteworthyGroups } from './noteworthy.js'

const NOON = Date.UTC(2026, 0, 5, 12)

const entry = (type: TimelineEntry['type'], sentence: string): TimelineEntry => ({
  version: 1,
  type,
  time: NOON,
  sentence,
  why: null,
  tranches: [],
  clientOrderId: null,
  position: '1',
})

const group = (time: number, entries: readonly TimelineEntry[]): TimelineGroup => ({
  causationId: `${time}`,
  time,
  firstVersion: 1,
  lastVersion: entries.length,
  headline: 'all of it',
  entries,
})

describe('the timeline', () => {
  it('is cut at midnight, UTC', () => {
    const days = groupByDay([group(NOON, []), group(NOON - 3_600_000, []), group(NOON - 86_400_000, [])])
    expect(days.map(({ day, groups }) => [day, groups.length])).toEqual([
      ['2026-01-05', 2],
      ['2026-01-04', 1],
    ])
  })

  it('tells in short what matters, and leaves out how it was done', () => {
    const fill = group(NOON, [
      entry('FillBooked', 'Fill 1 sold 0.04'),
      entry('TrancheReduced', 'closed 0.04 of T1'),
      entry('OrderClosed', 'order x is filled'),
    ])
    const short = noteworthyGroups([fill, group(NOON, [entry('OrderAcknowledged', 'order y rests')])])
    expect(short.map(({ headline }) => headline)).toEqual(['Fill 1 sold 0.04 → closed 0.04 of T1'])
    expect(short[0]?.entries).toHaveLength(3)
  })
})

describe('what an event changed', () => {
  const changes = [
    {
      subject: { type: 'tranche', side: 'LONG', tranche: 'T2' },
      kind: 'changed',
      field: 'stopPrice',
      before: '49000',
      after: '50000',
    },
    { subject: { type: 'book' }, kind: 'changed', field: 'time', before: 1, after: 2 },
    {
      subject: { type: 'order', clientOrderId: 'x' },
      kind: 'appeared',
      field: 'price',
      before: null,
      after: '51500.5',
    },
  ] as const
  const step = { sentence: '', why: null, changes } as unknown as VersionStep

  it('names the tranches it touched', () => {
    expect(changedTranches(step)).toEqual(new Set(['T2']))
    expect(changedTranches(null)).toEqual(new Set())
  })

  it('is told in words and spaced figures, nothing as a dash', () => {
    expect(changes.map(subjectWords)).toEqual(['T2', 'book', 'order x'])
    expect(changes.map(({ before, after }) => [valueWords(before), valueWords(after)])).toEqual([
      ['49 000', '50 000'],
      ['1', '2'],
      ['–', '51 500.5'],
    ])
  })
})
