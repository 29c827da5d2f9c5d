import type { Price, Side, Tranche } from '@tranchebook/core'

/** What of a book is watched. */
export interface WatchedBook {
  readonly version: number
  readonly groups: Readonly<Record<Side, { readonly tranches: readonly Pick<Tranche, 'stopPrice'>[] }>>
}

interface NearestStops {
  readonly version: number
  /** The highest stop of LONG tranches, the lowest of SHORT ones. */
  readonly below: Price | null
  readonly above: Price | null
}

/** A stop that a mark has passed is looked at again this often, ms: most are triggering at the venue by then. */
const AGAIN_MS = 100

function nearestOf({ version, groups }: WatchedBook): NearestStops {
  let below: Price | null = null
  let above: Price | null = null
  for (const { stopPrice } of groups.LONG.tranches)
    if (stopPrice !== null && (below === null || stopPrice > below)) below = stopPrice
  for (const { stopPrice } of groups.SHORT.tranches)
    if (stopPrice !== null && (above === null || stopPrice < above)) above = stopPrice
  return { version, below, above }
}

/** Notices marks at which a stop should have triggered: two comparisons a tick, however many tranches. */
export class StopWatch {
  private nearest: NearestStops = { version: -1, below: null, above: null }
  private lastTime = Number.NEGATIVE_INFINITY

  /** Whether protection had better be reviewed because of this mark. */
  isDue(book: WatchedBook, price: Price, time: number): boolean {
    if (this.nearest.version !== book.version) this.nearest = nearestOf(book)
    const { below, above } = this.nearest
    const isPassed = (below !== null && price <= below) || (above !== null && price >= above)
    if (!isPassed || time - this.lastTime < AGAIN_MS) return false
    this.lastTime = time
    return true
  }
}
