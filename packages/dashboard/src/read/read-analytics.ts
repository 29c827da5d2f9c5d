import { AS_TEXT, type EquityPoint, openEquityCurve } from '@tranchebook/core'
import type { AnalyticsView } from '../api/analytics-view.js'
import type { BookPlace } from '../api/paths.js'
import { giveTurn } from '../give-turn.js'
import type { Looking } from '../view/looking.js'
import { presentAnalytics, valuationOf } from '../view/present-analytics.js'
import { lookAtVersion, type ReadContext } from './read-context.js'

/** The curve up to where the fold stands when this settles: the newest one grows while its log is read. */
async function curveOf(
  { source }: ReadContext,
  stream: string,
  looking: Looking,
): Promise<readonly EquityPoint<string>[]> {
  const { book } = looking.fold
  const curve = openEquityCurve({ at: valuationOf(looking), present: AS_TEXT })
  for (let after = 0; after < book.version;) {
    const until = book.version
    for await (const batch of source.store.replay(stream, { after, until })) {
      for (const event of batch) curve.take(event)
      await giveTurn()
    }
    after = until
  }
  return curve.points
}

async function analyzeNow(context: ReadContext, place: BookPlace, version: number | null): Promise<AnalyticsView> {
  const { looking } = await lookAtVersion(context, place, version)
  const curve = await curveOf(context, `${place.account}/${place.symbol}`, looking)
  return presentAnalytics(looking, curve)
}

/** A costly answer may be so many times older than it took to make. */
const PATIENCE = 20
/** Answers that took less are made anew each time, ms. */
const CHEAP_MS = 50

interface Made {
  readonly view: AnalyticsView
  readonly freshUntil: number
}

/** Results of books. Those of long logs are not made anew at every event: a page must not slow the process down that trades. */
export class AnalyticsReader {
  private readonly made = new Map<string, Made>()
  private readonly context: ReadContext

  constructor(context: ReadContext) {
    this.context = context
  }

  /** Results of a book up to a version; `null` = now, or a short while ago where that took long. */
  async read(place: BookPlace, version: number | null): Promise<AnalyticsView> {
    if (version !== null) return analyzeNow(this.context, place, version)
    const stream = `${place.account}/${place.symbol}`
    const known = this.made.get(stream)
    const began = performance.now()
    if (known !== undefined && known.freshUntil > began) return known.view
    const view = await analyzeNow(this.context, place, null)
    const tookMs = performance.now() - began
    this.made.set(stream, { view, freshUntil: tookMs < CHEAP_MS ? 0 : began + tookMs * PATIENCE })
    return view
  }
}
