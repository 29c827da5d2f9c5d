import { join } from 'node:path'
import {
  type CandleSource,
  type Clock,
  openAster,
  openBinance,
  Secret,
  systemClock,
  type Venue,
} from '@tranchebook/adapters'
import { parseMoney, type PositionMode } from '@tranchebook/core'
import {
  ASTER_BEHAVIOUR,
  BINANCE_BEHAVIOUR,
  createExchange,
  createKeys,
  type Dialect,
  type Exchange,
  keepExchange,
  type KeptExchange,
  openAccount,
  type ServedVenue,
  serveVenue,
  setHedgeMode,
} from '@tranchebook/simulator'
import { saveRegularly } from '../process/save-regularly.js'
import type { DemoMarket } from './demo-market.js'
import { playPast } from './play-past.js'

/** What a demo's venue is opened with. */
export interface DemoVenueSetup {
  readonly directory: string
  readonly account: string
  readonly dialect: Dialect
  readonly positionMode: PositionMode
  readonly market: DemoMarket
  readonly seed: number
  readonly clock?: Clock
}

/** A simulated venue that listens on this machine, remembers in a directory, and a connection to it. */
export interface DemoVenue {
  readonly kept: KeptExchange
  readonly served: ServedVenue
  readonly venue: Venue & CandleSource
  /** Address of the stream of everybody's liquidations. */
  readonly liquidations: string
  close(): Promise<void>
}

/** Numbers the market's past as a start before the first. */
const BEFORE_ALL = 99

/** What the account begins with, quote. */
export const FIRST_WALLET = '100000'

function makeExchange(setup: DemoVenueSetup, clock: Clock, starts: number): Exchange {
  const { account, dialect, market, positionMode, seed } = setup
  const { markets, pastMs } = market
  const behaviour = dialect === 'binance' ? BINANCE_BEHAVIOUR : ASTER_BEHAVIOUR
  const liquidity = { spreadTicks: 1 }
  const exchange = createExchange({
    markets,
    behaviour,
    seed: seed + starts,
    startTime: clock.now() - pastMs,
    liquidity,
  })
  openAccount(exchange, account, new Map([['USDT', parseMoney(FIRST_WALLET)]]))
  setHedgeMode(exchange, account, positionMode === 'HEDGE')
  if (starts === 0) playPast(exchange, market.pathsFrom({ exchange, time: market.begin, starts: BEFORE_ALL }), pastMs)
  return exchange
}

function connect(
  { account, dialect }: DemoVenueSetup,
  { rest, ws, wsApi }: ServedVenue,
  { keys, agentKey }: ReturnType<typeof createKeys>,
): Venue & CandleSource {
  if (dialect === 'aster') {
    const key = { agentKey: new Secret(agentKey), user: keys.agent?.user ?? '' }
    return openAster({ account, key, hosts: { rest, streams: ws, chainId: keys.agent?.chainId ?? 0 } })
  }
  const key = { apiKey: new Secret(keys.apiKey), apiSecret: new Secret(keys.apiSecret) }
  return openBinance({ account, key, hosts: { rest, streams: ws, socketApi: wsApi ?? '' } })
}

/** Opens the venue of a directory: the one that was there, or a new one. */
export async function openDemoVenue(setup: DemoVenueSetup): Promise<DemoVenue> {
  const { directory, account, dialect, seed, clock = systemClock } = setup
  const kept = keepExchange(join(directory, 'venue.jsonl'), (starts) => makeExchange(setup, clock, starts))
  const created = createKeys(seed)
  const served = await serveVenue({ exchange: kept.exchange, account, dialect, keys: created.keys, clock })
  const venue = connect(setup, served, created)
  const stopSaving = saveRegularly(kept, clock)
  const prefix = dialect === 'binance' ? `${served.ws}/market/ws` : `${served.ws}/ws`
  return {
    kept,
    served,
    venue,
    liquidations: `${prefix}/!forceOrder@arr`,
    close: async () => {
      stopSaving()
      await venue.close()
      await served.close()
      kept.close()
    },
  }
}
