import type { AnalyticsView } from '../api/analytics-view.js'
import type { BookPlace } from '../api/paths.js'
import { presentAnalytics } from '../view/present-analytics.js'
import { lookAtVersion, type ReadContext } from './read-context.js'
import { eventsOf } from './read-tranche.js'

/** Results of a book, now or up to a version. */
export async function readAnalytics(
  context: ReadContext,
  place: BookPlace,
  version: number | null,
): Promise<AnalyticsView> {
  const { looking } = await lookAtVersion(context, place, version)
  const events = await eventsOf(context, `${place.account}/${place.symbol}`, looking.fold.book.version)
  return presentAnalytics(looking, events)
}
