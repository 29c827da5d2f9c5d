import { type BookEvent, explainTranche, namedBy, type TrancheRecord } from '@tranchebook/core'
import type { BookPlace } from '../api/paths.js'
import type { TrancheDetail } from '../api/tranche-detail.js'
import { RequestError } from '../request-error.js'
import { type Looking, precisionOf } from '../view/looking.js'
import { presentOrder } from '../view/present-orders.js'
import { presentRows } from '../view/present-panel.js'
import { lookAtVersion, type ReadContext } from './read-context.js'

/** Which tranche, by id or label, at which version; `null` = now. */
export interface TrancheQuestion extends BookPlace {
  readonly tranche: string
  readonly version: number | null
}

function unknownTranche({ fold: { book } }: Looking, name: string): RequestError {
  const { account, symbol, nextTranche } = book
  return new RequestError('dashboard.unknown-tranche', `no tranche ${name} ever opened in ${account}/${symbol}`, {
    status: 404,
    advice: nextTranche === 1 ? 'none has opened yet' : `they are named T1 to T${nextTranche - 1}, or by their labels`,
  })
}

function ambiguousTranche({ fold: { book } }: Looking, name: string, found: readonly TrancheRecord[]): RequestError {
  const { account, symbol } = book
  return new RequestError(
    'dashboard.ambiguous-tranche',
    `${found.length} tranches of ${account}/${symbol} are called ${name}: ${found.map(({ id }) => id).join(', ')}`,
    { status: 409, advice: 'ask for one by its id' },
  )
}

/** By id, or else by label. */
function recordNamed(looking: Looking, name: string): TrancheRecord {
  const found = namedBy(name, [...looking.fold.history.tranches.values()])
  const [first, ...others] = found
  if (first === undefined) throw unknownTranche(looking, name)
  if (others.length > 0) throw ambiguousTranche(looking, name, found)
  return first
}

/** Events of a stream up to a version. */
async function eventsOf({ source }: ReadContext, stream: string, version: number): Promise<readonly BookEvent[]> {
  const events: BookEvent[] = []
  for await (const batch of source.store.replay(stream, { until: version })) events.push(...batch)
  return events
}

function ordersOf({ fold: { journal }, instrument }: Looking, id: string): TrancheDetail['orders'] {
  const precision = precisionOf(instrument)
  return [...journal.orders.values()]
    .filter(({ terms }) => terms.entryTranche === id || terms.allocation.some(({ tranche }) => tranche === id))
    .toReversed()
    .map((order) => presentOrder(order, precision))
}

/**
 * What happened to one tranche and why, and the orders that stood for it.
 *
 * @throws {RequestError} `dashboard.unknown-tranche`, `dashboard.ambiguous-tranche`
 */
export async function readTranche(context: ReadContext, question: TrancheQuestion): Promise<TrancheDetail> {
  const { looking } = await lookAtVersion(context, question, question.version)
  const { instrument, mark, prices } = looking
  const record = recordNamed(looking, question.tranche)
  const events = await eventsOf(context, `${question.account}/${question.symbol}`, looking.fold.book.version)
  const told = explainTranche(events, record.id, { precision: precisionOf(instrument), prices, mark })
  const [tranche] = presentRows(looking, [record])
  if (told === null || tranche === undefined) throw unknownTranche(looking, question.tranche)
  const { title, lines, summary, text } = told
  return { tranche, title, lines, summary, text, orders: ordersOf(looking, record.id) }
}
