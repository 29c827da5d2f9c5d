import type { EquityPoint } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { thinCurve } from './thin-curve.js'

function point(time: number, equity: string | null): EquityPoint<string> {
  return { time, realizedPnl: '0', fees: '0', funding: '0', unrealizedPnl: '0', equity }
}

describe('a thinned curve', () => {
  it('is the curve itself where it is short', () => {
    const points = [point(1, '1'), point(2, null), point(3, '2')]
    expect(thinCurve(points, 3)).toEqual(points)
  })

  it('keeps its ends, its order, and the peak and the trough that somebody would look for', () => {
    const points = Array.from({ length: 10_000 }, (_, index) => point(index, String(index % 10)))
    points[4321] = point(4321, '-500')
    points[7654] = point(7654, '900')
    const thin = thinCurve(points, 200)
    expect(thin.length).toBeLessThanOrEqual(200)
    expect(thin.length).toBeGreaterThan(150)
    expect([thin[0]?.time, thin.at(-1)?.time]).toEqual([0, 9999])
    expect(thin.map(({ time }) => time)).toEqual(thin.map(({ time }) => time).toSorted((left, right) => left - right))
    expect(thin.map(({ equity }) => equity)).toEqual(expect.arrayContaining(['-500', '900']))
  })
})
