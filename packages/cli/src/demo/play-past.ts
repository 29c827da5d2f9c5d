import { asPrice } from '@tranchebook/core'
import { advanceTo, type Exchange, marketOf, movePrice } from '@tranchebook/simulator'
import type { Waypoint } from './waypoint.js'

interface Walker {
  readonly symbol: string
  readonly path: Iterator<Waypoint, void>
  next: Waypoint | null
}

function take(path: Iterator<Waypoint, void>): Waypoint | null {
  const next = path.next()
  return next.done === true ? null : next.value
}

/** Who comes first. */
function earliest(walkers: readonly Walker[]): { readonly walker: Walker; readonly next: Waypoint } | null {
  let first: { readonly walker: Walker; readonly next: Waypoint } | null = null
  for (const walker of walkers)
    if (walker.next !== null && (first === null || walker.next.time < first.next.time))
      first = { walker, next: walker.next }
  return first
}

/** Plays prices that nobody traded at, so that a market which begins has a past: from where the venue stands, for that many ms. */
export function playPast(
  exchange: Exchange,
  paths: ReadonlyMap<string, Iterator<Waypoint, void>>,
  pastMs: number,
): void {
  const begin = exchange.time
  const walkers = [...paths].map(([symbol, path]): Walker => ({ symbol, path, next: take(path) }))
  for (let first = earliest(walkers); first !== null && first.next.time <= pastMs; first = earliest(walkers)) {
    const { walker, next } = first
    const { tickSize } = marketOf(exchange, walker.symbol).rules.instrument
    advanceTo(exchange, begin + next.time)
    movePrice(exchange, {
      symbol: walker.symbol,
      to: asPrice((next.price / tickSize) * tickSize),
      axis: 'both',
      isGap: next.isGap,
    })
    walker.next = take(walker.path)
  }
}
