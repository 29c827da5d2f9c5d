import { type BinanceOptions, openBinance } from '../src/binance/open-binance.js'
import { Secret } from '../src/transport/secret.js'
import type { Venue } from '../src/venue.js'
import { createManualClock, type ManualClock } from './manual-clock.js'
import { type RestServer, startRestServer } from './rest-server.js'
import { routed, type Routes } from './routes.js'
import { startStreamServer, type StreamServer } from './stream-server.js'

/** The adapter against servers of this machine. */
export interface VenueBench {
  readonly venue: Venue
  readonly rest: RestServer
  readonly streams: StreamServer
  readonly clock: ManualClock
  /** Requests but those for the time, as `METHOD path`. */
  readonly asked: () => readonly string[]
  close(): Promise<void>
}

/** Binance's adapter with keys that must show up nowhere. */
export async function benchBinance(routes: Routes, options: Partial<BinanceOptions> = {}): Promise<VenueBench> {
  const clock = createManualClock()
  const rest = await startRestServer(routed(routes, () => clock.now()))
  const streams = await startStreamServer()
  const venue = openBinance({
    account: 'main',
    key: { apiKey: new Secret('canary-api-key-0001'), apiSecret: new Secret('canary-api-secret-0002') },
    hosts: { rest: rest.origin, streams: streams.base, socketApi: `${streams.base}/ws-fapi/v1` },
    clock,
    ...options,
  })
  return {
    venue,
    rest,
    streams,
    clock,
    asked: () => rest.seen.filter(({ path }) => !path.endsWith('/time')).map(({ method, path }) => `${method} ${path}`),
    close: async () => {
      await venue.close()
      await streams.close()
      await rest.close()
    },
  }
}
