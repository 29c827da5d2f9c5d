import type { EquityPoint } from '@tranchebook/core'

/** For choosing points only: the rounding of a float moves no figure. */
function heightOf({ equity }: EquityPoint<string>): number {
  return equity === null ? 0 : Number(equity)
}

function extremesOf(points: readonly EquityPoint<string>[]): readonly EquityPoint<string>[] {
  const [first] = points
  if (first === undefined) return []
  let [lowest, highest] = [first, first]
  for (const point of points) {
    if (heightOf(point) < heightOf(lowest)) lowest = point
    if (heightOf(point) > heightOf(highest)) highest = point
  }
  if (lowest === highest) return [lowest]
  return lowest.time <= highest.time ? [lowest, highest] : [highest, lowest]
}

/** At most so many points, first and last among them; of what is left out, the lowest and highest of each stretch stay. */
export function thinCurve(points: readonly EquityPoint<string>[], most: number): readonly EquityPoint<string>[] {
  if (points.length <= most) return points
  const stretches = Math.floor((most - 2) / 2)
  const inner = points.slice(1, -1)
  const size = Math.ceil(inner.length / stretches)
  const kept = Array.from({ length: stretches }, (_, index) =>
    extremesOf(inner.slice(index * size, (index + 1) * size)),
  ).flat()
  return [...points.slice(0, 1), ...kept, ...points.slice(-1)]
}
