import { describe, expect, it } from 'vitest'
import { niceTicks, timeTicks } from './nice-ticks.js'

describe('ticks', () => {
  it.each([
    [0, 100, 5, [0, 20, 40, 60, 80, 100]],
    [49_784, 54_864, 4, [50_000, 52_000, 54_000]],
    [0.1, 0.35, 3, [0.1, 0.2, 0.3]],
    [7, 7, 3, [7]],
  ])('stand at round values from %d to %d', (low, high, count, ticks) => {
    expect(niceTicks(low, high, count)).toEqual(ticks)
  })

  it('stand at round times', () => {
    const noon = Date.UTC(2026, 0, 5, 12)
    expect(timeTicks(noon - 1, noon + 7_200_000, 3)).toEqual([noon, noon + 3_600_000, noon + 7_200_000])
  })
})
