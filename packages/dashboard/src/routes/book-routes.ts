import { CANDLE_INTERVALS } from '../api/candle-view.js'
import type { BookPlace } from '../api/paths.js'
import { AnalyticsReader } from '../read/read-analytics.js'
import { readBook } from '../read/read-book.js'
import { readCandles } from '../read/read-candles.js'
import { lookAtVersion, type ReadContext } from '../read/read-context.js'
import { readOrders } from '../read/read-orders.js'
import { readReconciliation } from '../read/read-reconciliation.js'
import { readTimeline } from '../read/read-timeline.js'
import { readTranche } from '../read/read-tranche.js'
import { RequestError } from '../request-error.js'
import { json } from '../server/answer.js'
import { wholeOf } from '../server/read-request.js'
import type { Call, Route } from '../server/route-table.js'
import { presentSettings } from '../view/present-settings.js'

const BOOK = '/api/books/:account/:symbol'
const EVENTS_SHOWN = 100
const MOST_EVENTS = 1000

/** The book that a path names. */
export function placeOf({ path: { account = '', symbol = '' } }: Call): BookPlace {
  return { account, symbol }
}

function versionOf({ query }: Call): number | null {
  return wholeOf(query, 'version')
}

function intervalOf({ query }: Call): number {
  const intervalMs = wholeOf(query, 'interval') ?? CANDLE_INTERVALS[0]
  if (CANDLE_INTERVALS.some((known) => known === intervalMs)) return intervalMs
  throw new RequestError(
    'dashboard.query',
    `interval: expected one of ${CANDLE_INTERVALS.join(', ')}, got ${intervalMs}`,
    {
      status: 400,
      advice: 'intervals are in ms',
    },
  )
}

function answerWith<Body>(read: (call: Call) => Promise<Body>): Route['answer'] {
  return async (call) => json(await read(call))
}

/** Everything that is asked about one book. */
export function bookRoutes(context: ReadContext): readonly Route[] {
  const analytics = new AnalyticsReader(context)
  const get = <Body>(rest: string, read: (call: Call) => Promise<Body>): Route => ({
    method: 'GET',
    path: `${BOOK}${rest}`,
    answer: answerWith(read),
  })
  return [
    get('', async (call) => readBook(context, placeOf(call), versionOf(call))),
    get('/tranches/:tranche', async (call) =>
      readTranche(context, { ...placeOf(call), tranche: call.path['tranche'] ?? '', version: versionOf(call) }),
    ),
    get('/timeline', async (call) =>
      readTimeline(context, {
        ...placeOf(call),
        before: wholeOf(call.query, 'before'),
        limit: Math.min(MOST_EVENTS, Math.max(1, wholeOf(call.query, 'limit') ?? EVENTS_SHOWN)),
      }),
    ),
    get('/orders', async (call) => readOrders(context, placeOf(call), versionOf(call))),
    get('/reconciliation', async (call) => readReconciliation(context, placeOf(call), versionOf(call))),
    get('/analytics', async (call) => analytics.read(placeOf(call), versionOf(call))),
    get('/candles', async (call) =>
      readCandles(context, {
        ...placeOf(call),
        intervalMs: intervalOf(call),
        from: wholeOf(call.query, 'from'),
        to: wholeOf(call.query, 'to'),
      }),
    ),
    get('/settings', async (call) => {
      const { looking } = await lookAtVersion(context, placeOf(call), versionOf(call))
      return presentSettings(looking, context.source.closingRules)
    }),
  ]
}
