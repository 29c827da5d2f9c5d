/** From prices to pixels and back: a straight line. Prices are numbers here because only pixels come of them. */
export interface PriceScale {
  readonly low: number
  readonly high: number
  /** Pixel of a price; beyond the scale it is held at the edge. */
  readonly toY: (price: number) => number
  readonly isInside: (price: number) => boolean
}

/** The pixels a scale covers: `top` belongs to the highest price. */
export interface PixelSpan {
  readonly top: number
  readonly bottom: number
}

const FAR = 8
const MARGIN = 0.05
const FLAT_MARGIN = 0.005

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** The prices worth showing around a centre: one that lies many times farther out than the usual ones would squash the rest. */
export function pricesInReach(prices: readonly number[], centre: number): readonly number[] {
  const reach = FAR * medianOf(prices.map((price) => Math.abs(price - centre)))
  const near = prices.filter((price) => Math.abs(price - centre) <= reach)
  return near.length === 0 ? prices : near
}

/** A scale over prices with a little room around them. */
export function priceScale(prices: readonly number[], { top, bottom }: PixelSpan): PriceScale {
  const least = Math.min(...prices)
  const most = Math.max(...prices)
  const room = most > least ? (most - least) * MARGIN : Math.abs(most) * FLAT_MARGIN || 1
  const low = least - room
  const high = most + room
  return {
    low,
    high,
    toY: (price) => {
      const held = Math.min(high, Math.max(low, price))
      return bottom - ((held - low) / (high - low)) * (bottom - top)
    },
    isInside: (price) => price >= low && price <= high,
  }
}
