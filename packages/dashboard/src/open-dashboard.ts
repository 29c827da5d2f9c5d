import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Logger, silentLogger } from '@tranchebook/manager'
import { DashboardError } from './dashboard-error.js'
import { createReadContext, type ReadContext } from './read/read-context.js'
import { accountRoutes } from './routes/account-routes.js'
import { actionRoutes } from './routes/action-routes.js'
import { bookRoutes } from './routes/book-routes.js'
import { exportRoutes } from './routes/export-routes.js'
import { originsOf } from './server/guard.js'
import { readPageFiles } from './server/page-files.js'
import { serveRequest } from './server/serve-request.js'
import { Sessions } from './server/sessions.js'
import type { DashboardSource } from './source/dashboard-source.js'
import { EventStream } from './stream/event-stream.js'

/** What a dashboard is opened with. */
export interface DashboardOptions {
  readonly source: DashboardSource
  /** A loopback address, `127.0.0.1` by default. */
  readonly host?: string
  /** 0 = any that is free, which is the default. */
  readonly port?: number
  /** Secret of programs that ask; one is made where none is given. */
  readonly token?: string
  /** Silent by default; a pino logger fits. */
  readonly logger?: Logger
  /** Directory of the built page; the package's own by default. */
  readonly pageDirectory?: string
}

/** A dashboard that can be looked at. */
export interface Dashboard {
  /** Opens the page once, in one browser. `createLink` makes further ones. */
  readonly url: string
  /** Where programs ask, without a secret in it. */
  readonly origin: string
  readonly port: number
  /** For programs: `Authorization: Bearer`. Keep it as a password is kept. */
  readonly token: string
  createLink(): string
  /** Ends all streams and connections. */
  close(): Promise<void>
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']
/** Connections at once: a page uses a few, each program one. */
const MOST_CONNECTIONS = 128
const REQUEST_MS = 30_000

function assertLoopback(host: string): void {
  if (LOOPBACK.includes(host)) return
  throw new DashboardError(
    'dashboard.not-loopback',
    `expected a loopback address (${LOOPBACK.join(', ')}), got ${host}: the page can close positions, so it is never put on a network. From elsewhere use a tunnel: ssh -L PORT:127.0.0.1:PORT`,
    { details: { host } },
  )
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const message = `expected to listen on ${host}:${port}: ${cause.message}. Give another port, or 0 for any that is free`
      reject(new DashboardError('dashboard.port', message, { details: { host, port }, cause }))
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(isAddress(address) ? address.port : port)
    })
  })
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })
}

interface Parts {
  readonly context: ReadContext
  readonly stream: EventStream
  readonly sessions: Sessions
  readonly logger: Logger
}

function assemble({ source, token, logger = silentLogger }: DashboardOptions): Parts {
  const context = createReadContext(source)
  const stream = new EventStream(context, {
    onTrouble: (error) => {
      logger.error(
        { why: error instanceof Error ? error.message : String(error) },
        'the stream of the dashboard failed',
      )
    },
    every: (ms, run) => {
      const timer = setInterval(run, ms)
      return () => {
        clearInterval(timer)
      }
    },
  })
  return { context, stream, sessions: new Sessions(token), logger }
}

/**
 * Serves the page and its API on a loopback address.
 *
 * @throws {DashboardError} `dashboard.not-loopback`, `dashboard.port`
 */
export async function openDashboard(options: DashboardOptions): Promise<Dashboard> {
  const { host = '127.0.0.1', port: wanted = 0, pageDirectory } = options
  assertLoopback(host)
  const { context, stream, sessions, logger } = assemble(options)
  const page = await readPageFiles(pageDirectory)
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS })
  server.maxConnections = MOST_CONNECTIONS
  const port = await listen(server, host, wanted)
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const createLink = (): string => `${origin}/?link=${sessions.createLink()}`
  const routes = [
    ...accountRoutes(context, { stream, startedTime: Date.now(), createLink }),
    ...bookRoutes(context),
    ...actionRoutes(context),
    ...exportRoutes(context),
  ]
  const door = { origins: originsOf(host, port), port, sessions, page, routes, logger }
  server.on('request', (request, response) => {
    serveRequest(door, request, response).catch((error: unknown) => {
      logger.warn({ why: error instanceof Error ? error.message : String(error) }, 'an answer could not be written')
      response.destroy()
    })
  })
  return {
    url: createLink(),
    origin,
    port,
    token: sessions.token,
    createLink,
    close: async () => {
      stream.close()
      await closeServer(server)
    },
  }
}
