import {
  ASTER_HOSTS,
  type AsterKey,
  BINANCE_HOSTS,
  type BinanceKey,
  type CandleSource,
  openAster,
  openBinance,
  type Venue,
} from '@tranchebook/adapters'
import { CommandFailure } from '../command-failure.js'
import { EXIT } from '../exit-codes.js'
import { readSecret } from './read-secret.js'
import type { VenueSection } from './run-config.js'

/** Whose money is at stake: nobody's at a simulated venue or on paper, play money in the venue's demo, and real money live. */
export type Stakes = 'SIM' | 'PAPER' | 'DEMO' | 'LIVE'

/** A venue that takes orders and knows prices of the past. */
export type TradedVenue = Venue & CandleSource

/** What was asked about the stakes. */
export interface StakesRequest {
  readonly live?: boolean
  readonly demo?: boolean
}

const THIS_MACHINE = new Set(['127.0.0.1', 'localhost', '[::1]'])

function isOnThisMachine(address: string): boolean {
  return URL.canParse(address) && THIS_MACHINE.has(new URL(address).hostname)
}

function misused(what: string, expected: string, advice: string): CommandFailure {
  return new CommandFailure({ what, expected, advice }, { exitCode: EXIT.usage })
}

/** What is at stake: paper unless somebody says otherwise. @throws {CommandFailure} when they contradict each other */
export function stakesOf({ rest, streams }: VenueSection, { live = false, demo = false }: StakesRequest): Stakes {
  if (live && demo)
    throw misused('--live and --demo at once', 'expected one of them; got both', 'say --demo for play money')
  if (rest === undefined && streams === undefined) return live ? 'LIVE' : demo ? 'DEMO' : 'PAPER'
  if (rest === undefined || streams === undefined)
    throw misused('half an address of a venue', 'expected venue.rest and venue.streams; got one', 'give both, or none')
  if (!isOnThisMachine(rest) || !isOnThisMachine(streams))
    throw misused(
      'a venue with an address of its own that is not on this machine',
      'expected venue.rest and venue.streams at 127.0.0.1, such as tranchebook venue serve prints them',
      'leave them out to speak to the venue itself',
    )
  if (live || demo)
    throw misused(
      `${live ? '--live' : '--demo'} at a simulated venue`,
      'expected no addresses in the venue section; got those of this machine',
      'leave venue.rest and venue.streams out',
    )
  return 'SIM'
}

const ENVIRONMENT = { SIM: '', PAPER: '', DEMO: '_DEMO', LIVE: '' } as const

async function binanceKey({ apiKey, apiSecret, privateKey }: VenueSection, stakes: Stakes): Promise<BinanceKey> {
  const name = `BINANCE${ENVIRONMENT[stakes]}`
  const key = await readSecret('API key', apiKey ?? { env: `${name}_API_KEY` })
  if (privateKey !== undefined) return { apiKey: key, privateKey: await readSecret('private key', privateKey) }
  return { apiKey: key, apiSecret: await readSecret('API secret', apiSecret ?? { env: `${name}_API_SECRET` }) }
}

async function asterKey({ apiKey, apiSecret, agentKey, user }: VenueSection, stakes: Stakes): Promise<AsterKey> {
  if (apiKey !== undefined && apiSecret !== undefined)
    return { apiKey: await readSecret('API key', apiKey), apiSecret: await readSecret('API secret', apiSecret) }
  const key = await readSecret('agent key', agentKey ?? { env: `ASTER${ENVIRONMENT[stakes]}_AGENT_KEY` })
  return user === undefined ? { agentKey: key } : { agentKey: key, user }
}

async function openBinanceAccount(account: string, section: VenueSection, stakes: Stakes): Promise<TradedVenue> {
  const key = await binanceKey(section, stakes)
  const { rest, streams, ordersOverSocket = false } = section
  const usual = stakes === 'DEMO' ? BINANCE_HOSTS.demo : BINANCE_HOSTS.production
  const simulated = { rest: rest ?? '', streams: streams ?? '', socketApi: `${streams ?? ''}/ws-fapi/v1` }
  return openBinance({ account, key, hosts: stakes === 'SIM' ? simulated : usual, ordersOverSocket })
}

async function openAsterAccount(account: string, section: VenueSection, stakes: Stakes): Promise<TradedVenue> {
  const key = await asterKey(section, stakes)
  const { rest, streams } = section
  const usual = stakes === 'DEMO' ? ASTER_HOSTS.testnet : ASTER_HOSTS.production
  const simulated = { ...ASTER_HOSTS.production, rest: rest ?? '', streams: streams ?? '' }
  return openAster({ account, key, hosts: stakes === 'SIM' ? simulated : usual })
}

/** Opens an account at a venue that takes orders. @throws {CommandFailure} when a key is missing, or others may read it */
export async function openVenue(account: string, section: VenueSection, stakes: Stakes): Promise<TradedVenue> {
  if (stakes === 'PAPER') {
    throw misused(
      'paper trading is not built yet',
      'expected a simulated venue in the venue section, --demo or --live; got none of them',
      'tranchebook venue serve starts a simulated venue; its addresses go into venue.rest and venue.streams',
    )
  }
  return section.name === 'binance'
    ? openBinanceAccount(account, section, stakes)
    : openAsterAccount(account, section, stakes)
}
