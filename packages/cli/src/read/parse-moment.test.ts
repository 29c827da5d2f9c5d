import { describe, expect, it } from 'vitest'
import { parseMoment } from './parse-moment.js'

describe('a moment', () => {
  it.each([
    ['2025-10-10', '2025-10-10T00:00:00.000Z'],
    ['2025-10-10T18:00', '2025-10-10T18:00:00.000Z'],
    ['2025-10-10T18:00Z', '2025-10-10T18:00:00.000Z'],
    ['2025-10-10T18:00+02:00', '2025-10-10T16:00:00.000Z'],
    ['1760119200000', '2025-10-10T18:00:00.000Z'],
  ])('%s', (text, expected) => {
    expect(new Date(parseMoment(text)).toISOString()).toBe(expected)
  })

  it.each(['soon', '', '10', '2025-13-45'])('%j is refused', (text) => {
    expect(() => parseMoment(text)).toThrow('expected a time such as')
  })
})
