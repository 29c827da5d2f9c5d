import { type AsterOptions, openAster } from '../src/aster/open-aster.js'
import { Secret } from '../src/transport/secret.js'
import type { VenueBench } from './binance-bench.js'
import { createManualClock } from './manual-clock.js'
import { startRestServer } from './rest-server.js'
import { routed, type Routes } from './routes.js'
import { startStreamServer } from './stream-server.js'

/** The demo key of the venue's own documentation. */
export const AGENT_KEY = '0x4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1'
export const AGENT = '0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0'

/** Aster's adapter with an agent's key. */
export async function benchAster(routes: Routes, options: Partial<AsterOptions> = {}): Promise<VenueBench> {
  const clock = createManualClock()
  const rest = await startRestServer(routed(routes, () => clock.now()))
  const streams = await startStreamServer()
  const venue = openAster({
    account: 'main',
    key: { agentKey: new Secret(AGENT_KEY) },
    hosts: { rest: rest.origin, streams: streams.base, chainId: 1666 },
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
