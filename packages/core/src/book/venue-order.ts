/** What places a fill in the venue's order. */
export interface VenuePlace {
  readonly time: number
  readonly tradeId: string
}

const DIGITS = /^#?\d+$/

function numberOf(tradeId: string): bigint {
  return BigInt(tradeId.replace('#', ''))
}

function byTradeId(left: string, right: string): number {
  if (DIGITS.test(left) && DIGITS.test(right)) {
    const difference = numberOf(left) - numberOf(right)
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }
  return left < right ? -1 : left > right ? 1 : 0
}

/** The venue's order of fills: time, then trade id (as numbers where they are numbers). For `sort`. */
export function inVenueOrder(left: VenuePlace, right: VenuePlace): number {
  return left.time - right.time || byTradeId(left.tradeId, right.tradeId)
}
