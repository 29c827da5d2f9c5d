import { asPrice, larger, parsePrice, type Price, smaller } from '@tranchebook/core'
import { type Bar, createRandom } from '@tranchebook/simulator'

const TICK = parsePrice('0.1')
const MOST_STEPS = 300

/** A walk by ticks that a seed draws: bars of a minute that begin where the last one ended. */
export function randomBars(symbol: string, count: number, seed: number): readonly Bar[] {
  const random = createRandom(seed)
  const step = (from: Price): Price => {
    const moved = asPrice(from + TICK * BigInt(random.next(2 * MOST_STEPS + 1) - MOST_STEPS))
    return moved > TICK ? moved : from
  }
  const bars: Bar[] = []
  let open = parsePrice('50000')
  for (let index = 0; index < count; index += 1) {
    const [one, two, close] = [step(open), step(open), step(open)]
    const high = larger(larger(open, close), larger(one, two))
    const low = smaller(smaller(open, close), smaller(one, two))
    bars.push({ symbol, openTime: index * 60_000, durationMs: 60_000, open, high, low, close })
    open = close
  }
  return bars
}
