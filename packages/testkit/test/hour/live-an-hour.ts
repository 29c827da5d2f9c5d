import { type Clock, openAster, openBinance, Secret, type Venue } from '@tranchebook/adapters'
import { asPrice, parseMoney, parsePrice, parseQuantity, type PositionMode } from '@tranchebook/core'
import {
  advanceTo,
  ASTER_BEHAVIOUR,
  BINANCE_BEHAVIOUR,
  BTCUSDT,
  createExchange,
  createKeys,
  createRandom,
  type Exchange,
  marketOf,
  movePrice,
  openAccount,
  playTrade,
  type Random,
  type ServedVenue,
  serveVenue,
  setHedgeMode,
} from '@tranchebook/simulator'
import { compareBooks } from './compare-books.js'
import { countedFaults } from './counted-faults.js'
import { HourClient } from './hour-client.js'
import { createScaledClock, pass } from './scaled-clock.js'
import { RandomTrader } from './trade-at-random.js'

/** Which adapter trades. */
export type HourKind = 'binance' | 'aster-v3' | 'aster-v1'

/** How long, how fast, and by which chance. */
export interface HourOptions {
  readonly kind: HourKind
  readonly seed: number
  readonly minutes: number
  /** Simulated time by real time. */
  readonly speed: number
}

/** What came of it. */
export interface HourReport extends HourOptions {
  readonly mode: PositionMode
  readonly orders: number
  readonly trades: number
  readonly payments: number
  readonly resyncs: number
  readonly faults: Readonly<Record<string, number>>
  /** Empty = the books at venue and client are the same. */
  readonly differences: readonly string[]
}

const SYMBOL = 'BTCUSDT'
const ACCOUNT = 'main'
const MINUTE_MS = 60_000
/** Half an hour before funding is due, so that an hour sees it. */
const START = 1_790_000_000_000 - (1_790_000_000_000 % 28_800_000) - 30 * MINUTE_MS
const QUIET_MS = 90_000
const TIMEOUT_MS = 20_000

function openVenue({ kind, seed }: HourOptions, mode: PositionMode): Exchange {
  const exchange = createExchange({
    markets: [{ rules: BTCUSDT, price: parsePrice('50000') }],
    behaviour: kind === 'binance' ? BINANCE_BEHAVIOUR : ASTER_BEHAVIOUR,
    seed,
    startTime: START,
    liquidity: { spreadTicks: 1 },
  })
  openAccount(exchange, ACCOUNT, new Map([['USDT', parseMoney('100000')]]))
  if (mode === 'HEDGE') setHedgeMode(exchange, ACCOUNT, true)
  return exchange
}

function connect({ kind, seed }: HourOptions, { rest, ws: streams, wsApi }: ServedVenue, clock: Clock): Venue {
  const { keys, agentKey } = createKeys(seed)
  const hmac = { apiKey: new Secret(keys.apiKey), apiSecret: new Secret(keys.apiSecret) }
  const common = { account: ACCOUNT, clock, timeoutMs: TIMEOUT_MS }
  if (kind === 'binance') {
    return openBinance({ ...common, key: hmac, hosts: { rest, streams, socketApi: wsApi ?? '' } })
  }
  const key = kind === 'aster-v3' ? { agentKey: new Secret(agentKey) } : hmac
  return openAster({ ...common, key, hosts: { rest, streams, chainId: 1666 } })
}

/** Every second the price goes up to 0.1 % somewhere, and now and then others trade. */
function moveMarket(exchange: Exchange, clock: Clock, random: Random): () => void {
  const { tickSize } = BTCUSDT.instrument
  let stop: () => void = () => undefined
  const step = (): void => {
    advanceTo(exchange, clock.now())
    const { last } = marketOf(exchange, SYMBOL)
    const parts = BigInt(random.next(21) - 10)
    const to = asPrice(((last + (last * parts) / 10_000n) / tickSize) * tickSize)
    if (random.chance(300))
      playTrade(exchange, { symbol: SYMBOL, price: to, quantity: parseQuantity('0.003'), takerSide: null })
    movePrice(exchange, { symbol: SYMBOL, to, axis: 'both', isGap: false })
    stop = clock.schedule(1_000, step)
  }
  stop = clock.schedule(1_000, step)
  return () => {
    stop()
  }
}

/** After the storm: everything is cancelled, whatever is on its way arrives, and the client catches up once more. */
async function calmDown(venue: Venue, client: HourClient, clock: Clock): Promise<void> {
  for (;;) {
    const result = await venue.cancelAll(SYMBOL)
    if (result.outcome === 'acknowledged') break
    await pass(clock, 5_000)
  }
  await pass(clock, QUIET_MS)
  await client.catchUp()
}

/** Trades by chance over real sockets, with every kind of fault, and compares the books in the end. */
export async function liveAnHour(options: HourOptions): Promise<HourReport> {
  const { kind, seed, minutes, speed } = options
  const mode: PositionMode = seed % 2 === 0 ? 'HEDGE' : 'ONE_WAY'
  const clock = createScaledClock(START, speed)
  const exchange = openVenue(options, mode)
  const faults = countedFaults(seed)
  const dialect = kind === 'binance' ? 'binance' : 'aster'
  const keys = createKeys(seed).keys
  const served = await serveVenue({ exchange, account: ACCOUNT, dialect, clock, faults, keys })
  const venue = connect(options, served, clock)
  const client = new HourClient({ venue, clock, symbol: SYMBOL, since: START })
  const random = createRandom(seed)
  const rest = moveMarket(exchange, clock, createRandom(seed + 1))
  const trader = new RandomTrader({ client, venue, exchange, symbol: SYMBOL, mode, random })
  try {
    while (clock.now() < START + minutes * MINUTE_MS) {
      await trader.act()
      await pass(clock, 1_000 + random.next(4_000))
    }
    faults.stop()
    await calmDown(venue, client, clock)
    const differences = compareBooks({ client, exchange, account: ACCOUNT, symbol: SYMBOL, mode })
    const { fills, funding, resyncs, orders } = client
    const counts = { orders: orders.beliefs().size, trades: fills.size, payments: funding.size, resyncs }
    return { ...options, mode, ...counts, faults: faults.counts, differences }
  } finally {
    rest()
    await client.close()
    await venue.close()
    await served.close()
  }
}
