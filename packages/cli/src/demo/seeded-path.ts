import { asPrice, type Price } from '@tranchebook/core'
import type { Random } from '@tranchebook/simulator'
import type { Waypoint } from './waypoint.js'

/** Parts of a whole that moves are drawn in. */
const PARTS = 10_000n
const NOISE_PARTS = 12
const NOISE_MS = 500

interface Leg {
  /** Farthest, in parts of the price. */
  readonly parts: number
  readonly durationMs: number
  readonly isUp: boolean
}

/** Most legs are short and small; one in five runs far. A price far from its home turns back. */
function drawLeg(random: Random, price: Price, home: Price): Leg {
  const isFar = random.chance(220)
  const parts = isFar ? 130 + random.next(130) : 35 + random.next(70)
  const durationMs = isFar ? 8_000 + random.next(9_000) : 4_000 + random.next(9_000)
  const awayParts = Number(((price - home) * PARTS) / home)
  const isUp = random.next(1_000) >= 500 + Math.max(-450, Math.min(450, awayParts))
  return { parts, durationMs, isUp }
}

function moved(price: Price, parts: number): Price {
  return asPrice(price + (price * BigInt(parts)) / PARTS)
}

/** A price that falls and rises in legs around its home, by chance from a seed, and never ends. */
export function* seededPath(
  random: Random,
  { begin, home }: { readonly begin: Price; readonly home: Price },
): Generator<Waypoint, void, undefined> {
  let [time, price] = [0, begin]
  for (;;) {
    const leg = drawLeg(random, price, home)
    const [from, steps] = [price, Math.ceil(leg.durationMs / NOISE_MS)]
    for (let step = 1; step <= steps; step += 1) {
      time += NOISE_MS
      const way = Math.round((leg.parts * step) / steps) * (leg.isUp ? 1 : -1)
      price = moved(from, way + (step === steps ? 0 : random.next(2 * NOISE_PARTS + 1) - NOISE_PARTS))
      yield { time, price, isGap: false }
    }
  }
}
