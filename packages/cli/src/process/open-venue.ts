import {
  ASTER_HOSTS,
  type AsterHosts,
  type AsterKey,
  BINANCE_HOSTS,
  type BinanceHosts,
  type BinanceKey,
  type CandleSource,
  type MarketSource,
  openAster,
  openAsterMarket,
  openBinance,
  openBinanceMarket,
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
  /** Even at a simulated venue. */
  readonly paper?: boolean
}

const THIS_MACHINE = new Set(['127.0.0.1', 'localhost', '[::1]'])

function isOnThisMachine(address: string): boolean {
  return URL.canParse(address) && THIS_MACHINE.has(new URL(address).hostname)
}

function misused(what: string, expected: string, advice: string): CommandFailure {
  return new CommandFailure({ what, expected, advice }, { exitCode: EXIT.usage })
}

/** What the command line says is at stake; `null` = it says nothing. @throws {CommandFailure} when it says two things */
export function saidStakes({ live, demo, paper }: StakesRequest): Exclude<Stakes, 'SIM'> | null {
  const said = [live === true && 'LIVE', demo === true && 'DEMO', paper === true && 'PAPER'] as const
  const [first, ...others] = said.filter((one) => one !== false)
  if (others.length === 0) return first ?? null
  throw misused(
    'several stakes at once',
    `expected one of --live, --demo and --paper; got ${said.filter((one) => one !== false).join(', ')}`,
    'say --demo for play money, nothing for paper',
  )
}

/** What is at stake: paper unless somebody says otherwise. @throws {CommandFailure} when they contradict each other */
export function stakesOf({ rest, streams }: VenueSection, request: StakesRequest): Stakes {
  const said = saidStakes(request)
  if (rest === undefined && streams === undefined) return said ?? 'PAPER'
  if (rest === undefined || streams === undefined)
    throw misused('half an address of a venue', 'expected venue.rest and venue.streams; got one', 'give both, or none')
  if (!isOnThisMachine(rest) || !isOnThisMachine(streams))
    throw misused(
      'a venue with an address of its own that is not on this machine',
      'expected venue.rest and venue.streams at 127.0.0.1, such as tranchebook venue serve prints them',
      'leave them out to speak to the venue itself',
    )
  if (said === 'LIVE' || said === 'DEMO')
    throw misused(
      `--${said.toLowerCase()} at a simulated venue`,
      'expected no addresses in the venue section; got those of this machine',
      'leave venue.rest and venue.streams out',
    )
  return said ?? 'SIM'
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

function binanceHosts({ rest, streams }: VenueSection, stakes: Stakes): BinanceHosts {
  if (rest !== undefined && streams !== undefined) return { rest, streams, socketApi: `${streams}/ws-fapi/v1` }
  return stakes === 'DEMO' ? BINANCE_HOSTS.demo : BINANCE_HOSTS.production
}

function asterHosts({ rest, streams }: VenueSection, stakes: Stakes): AsterHosts {
  if (rest !== undefined && streams !== undefined) return { ...ASTER_HOSTS.production, rest, streams }
  return stakes === 'DEMO' ? ASTER_HOSTS.testnet : ASTER_HOSTS.production
}

/** The market alone, for which no keys are needed. */
export function openMarket(section: VenueSection): MarketSource {
  return section.name === 'binance'
    ? openBinanceMarket({ hosts: binanceHosts(section, 'PAPER') })
    : openAsterMarket({ hosts: asterHosts(section, 'PAPER') })
}

async function openBinanceAccount(account: string, section: VenueSection, stakes: Stakes): Promise<TradedVenue> {
  const key = await binanceKey(section, stakes)
  const { ordersOverSocket = false } = section
  return openBinance({ account, key, hosts: binanceHosts(section, stakes), ordersOverSocket })
}

async function openAsterAccount(account: string, section: VenueSection, stakes: Stakes): Promise<TradedVenue> {
  const key = await asterKey(section, stakes)
  return openAster({ account, key, hosts: asterHosts(section, stakes) })
}

/** Opens an account at a venue that takes orders. @throws {CommandFailure} when a key is missing, or others may read it */
export async function openVenue(account: string, section: VenueSection, stakes: Stakes): Promise<TradedVenue> {
  return section.name === 'binance'
    ? openBinanceAccount(account, section, stakes)
    : openAsterAccount(account, section, stakes)
}

/** What names an account at its venue, whatever its books are called: venue, environment, and wallet or key. It is a secret where a key names it. */
export async function accountAt(section: VenueSection, stakes: Stakes): Promise<string> {
  const { name, rest = stakes, user } = section
  if (name === 'binance') return [name, rest, (await binanceKey(section, stakes)).apiKey.reveal()].join(' ')
  if (user !== undefined) return [name, rest, user.toLowerCase()].join(' ')
  const key = await asterKey(section, stakes)
  return [name, rest, ('agentKey' in key ? key.agentKey : key.apiKey).reveal()].join(' ')
}
