import { API_PATHS } from '../api/paths.js'
import { askServer, type Connection, type Question } from './ask-server.js'
import type { DashboardClient } from './dashboard-client.js'
import { followStream } from './follow-stream.js'
import { parseAnswer } from './parse-answer.js'

/** Asks a running dashboard. Nothing is sent before the first call. */
export function connectDashboard(connection: Connection): DashboardClient {
  const ask = async <Body>(question: Question): Promise<Body> => parseAnswer(await askServer(connection, question))
  const get = async <Body>(path: string, query: Question['query'] = {}): Promise<Body> => ask({ path, query })
  return {
    state: async () => get(API_PATHS.state),
    books: async () => get(API_PATHS.books),
    book: async (book, version) => get(API_PATHS.book(book), { version }),
    tranche: async (book, tranche) => get(API_PATHS.tranche(book, tranche)),
    timeline: async (book, page = {}) => get(API_PATHS.timeline(book), { ...page }),
    orders: async (book, version) => get(API_PATHS.orders(book), { version }),
    reconciliation: async (book, version) => get(API_PATHS.reconciliation(book), { version }),
    analytics: async (book, version) => get(API_PATHS.analytics(book), { version }),
    candles: async (book, intervalMs) => get(API_PATHS.candles(book), { interval: intervalMs }),
    settings: async (book, version) => get(API_PATHS.settings(book), { version }),
    health: async () => get(API_PATHS.health),
    preview: async (action) => ask({ path: API_PATHS.preview, body: action }),
    act: async (request) => ask({ path: API_PATHS.act, body: request }),
    createLink: async () => (await ask<{ readonly url: string }>({ path: API_PATHS.link, body: {} })).url,
    stream: (after, signal) => followStream(connection, after, signal),
  }
}
