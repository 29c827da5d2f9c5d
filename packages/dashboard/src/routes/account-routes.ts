import { API_PATHS } from '../api/paths.js'
import { readAccount, readBooks } from '../read/read-account.js'
import type { ReadContext } from '../read/read-context.js'
import { readHealth } from '../read/read-health.js'
import { RequestError } from '../request-error.js'
import { json } from '../server/answer.js'
import { wholeOf } from '../server/read-request.js'
import type { Call, Route } from '../server/route-table.js'
import type { EventStream } from '../stream/event-stream.js'

/** What the routes about the account need of the server. */
export interface ServerSide {
  readonly stream: EventStream
  readonly startedTime: number
  /** An address that opens the page once. */
  readonly createLink: () => string
}

/** Where a stream goes on: the header that browsers send after a break, or the query at the first time. */
function resumeOf({ request, query }: Call): number | null {
  const last = request.headers['last-event-id']
  if (typeof last === 'string' && last !== '') return wholeOf(new URLSearchParams({ after: last }), 'after')
  return wholeOf(query, 'after')
}

function assertBearer({ access }: Call): void {
  if (access === 'bearer') return
  throw new RequestError('dashboard.no-session', 'expected a bearer token: pages cannot make links', {
    status: 401,
    advice: 'type tranchebook dashboard where the process runs',
  })
}

/** The account, its health, its stream, and the way in. */
export function accountRoutes(context: ReadContext, { stream, startedTime, createLink }: ServerSide): readonly Route[] {
  return [
    { method: 'GET', path: API_PATHS.state, answer: async () => json(await readAccount(context)) },
    { method: 'GET', path: API_PATHS.books, answer: async () => json(await readBooks(context)) },
    {
      method: 'GET',
      path: API_PATHS.health,
      answer: async () => json(await readHealth(context, { startedTime, viewers: stream.count })),
    },
    {
      method: 'GET',
      path: API_PATHS.stream,
      answer: (call) => {
        stream.assertRoom()
        const after = resumeOf(call)
        return { type: 'stream', run: async (response) => stream.run(response, after) }
      },
    },
    {
      method: 'POST',
      path: API_PATHS.link,
      answer: (call) => {
        assertBearer(call)
        return json({ url: createLink() })
      },
    },
  ]
}
