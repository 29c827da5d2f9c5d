import type { Price } from '@tranchebook/core'

/** Where a price is at a time of its market. Between two of them it goes in a straight line, unless the second is a gap. */
export interface Waypoint {
  /** Of the market, ms: epoch for a recording, since the beginning otherwise. */
  readonly time: number
  readonly price: Price
  /** True = the prices on the way were never traded. */
  readonly isGap: boolean
}
