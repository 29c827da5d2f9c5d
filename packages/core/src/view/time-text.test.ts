import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAW } from '../../test/law-runs.js'
import { formatClock, formatDay, formatDuration, formatTime } from './time-text.js'

describe('formatTime', () => {
  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    [1_714_000_000_000, '2024-04-24T23:06:40.000Z'],
    [1_709_164_800_000, '2024-02-29T00:00:00.000Z'],
    [951_782_400_000, '2000-02-29T00:00:00.000Z'],
    [4_107_542_400_000, '2100-03-01T00:00:00.000Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
    [253_402_300_800_000, '+010000-01-01T00:00:00.000Z'],
  ])('%i is %s', (time, text) => {
    expect(formatTime(time)).toBe(text)
  })

  it('agrees with the platform at any time it can tell', () => {
    fc.assert(
      fc.property(fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 }), (time) => {
        const iso = new Date(time).toISOString()
        expect(formatTime(time)).toBe(iso)
        expect(formatDay(time)).toBe(iso.slice(0, -14))
        expect(formatClock(time)).toBe(iso.slice(-13, -5))
      }),
      LAW,
    )
  })

  it('agrees with the platform on every day of a century', () => {
    for (let day = 0; day < 36_525; day += 1) {
      const time = day * 86_400_000
      if (formatDay(time) !== new Date(time).toISOString().slice(0, 10)) expect(formatDay(time)).toBe(`day ${day}`)
    }
    expect(formatDay(36_524 * 86_400_000)).toBe('2069-12-31')
  })
})

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [3200, '3.2 s'],
    [59_999, '59.9 s'],
    [60_000, '1 min'],
    [245_000, '4 min 5 s'],
    [7_800_000, '2 h 10 min'],
    [273_600_000, '3 d 4 h'],
    [-3200, '−3.2 s'],
  ])('%i ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })
})
