import { once } from 'node:events'
import { type Clock, systemClock } from '@tranchebook/adapters'
import { accountOf, type Exchange } from '../engine/exchange.js'
import { advanceTo } from '../engine/funding.js'
import { type Faults, NO_FAULTS } from '../faults/faults.js'
import { createAnswerer } from './answer-request.js'
import { type Dialect, type ServerContext, type ServerKeys, type ServerManners, USUAL_MANNERS } from './context.js'
import { createHttpServer } from './http-server.js'
import { createListenKeys } from './listen-keys.js'
import { createRateMeter, type RateLimits } from './rate-meter.js'
import { routesOf } from './routes.js'
import { attachStreams } from './stream-server.js'
import { TradeTape } from './trade-tape.js'

/** What is served, to whom, and where. */
export interface ServeOptions {
  readonly exchange: Exchange
  /** Id of the account that the keys belong to. */
  readonly account: string
  readonly dialect: Dialect
  readonly keys: ServerKeys
  /** 0 = any free port. */
  readonly port?: number
  readonly clock?: Clock
  readonly faults?: Faults
  readonly manners?: Partial<ServerManners>
  readonly limits?: RateLimits
  /** Told of every request and every frame of order entry, with its address or method. */
  readonly onRequest?: (what: string) => void
}

/** A venue that listens on 127.0.0.1. */
export interface ServedVenue {
  /** `http://127.0.0.1:port` */
  readonly rest: string
  /** `ws://127.0.0.1:port`, without a path. */
  readonly ws: string
  /** Order entry over a socket; `null` where the venue has none. */
  readonly wsApi: string | null
  cutStreams(): void
  expireListenKey(): void
  close(): Promise<void>
}

function contextOf(options: ServeOptions, clock: Clock): ServerContext {
  const { exchange, account, dialect, keys, faults, manners, limits } = options
  return {
    exchange,
    account: accountOf(exchange, account),
    dialect,
    clock,
    faults: faults ?? NO_FAULTS,
    keys,
    manners: { ...USUAL_MANNERS, ...manners },
    listenKeys: createListenKeys(exchange.random),
    meter: createRateMeter(limits),
    tape: new TradeTape(exchange),
    usedNonces: { seen: new Set(), kept: [], killed: new Set() },
    countdowns: new Map(),
    onRequest: options.onRequest ?? ((): void => undefined),
  }
}

/** Serves a simulated venue over REST and WebSocket, in the words of a real one. Reachable from this machine only. */
export async function serveVenue(options: ServeOptions): Promise<ServedVenue> {
  const clock = options.clock ?? systemClock
  const { exchange, dialect, port = 0 } = options
  advanceTo(exchange, clock.now())
  const context = contextOf(options, clock)
  const server = createHttpServer(createAnswerer(context, routesOf(dialect)))
  const streams = attachStreams(server, context)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const place = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`
  return {
    rest: `http://${place}`,
    ws: `ws://${place}`,
    wsApi: dialect === 'binance' ? `ws://${place}/ws-fapi/v1` : null,
    cutStreams: () => {
      streams.cut()
    },
    expireListenKey: () => {
      streams.expireListenKey()
    },
    close: async () => {
      for (const stop of context.countdowns.values()) stop()
      streams.close()
      context.tape.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
