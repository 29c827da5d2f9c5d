import { fork } from 'node:child_process'
import { once } from 'node:events'
import { asPrice, asQuantity, parseMoney, parsePrice } from '@tranchebook/core'
import {
  BINANCE_BEHAVIOUR,
  BTCUSDT,
  cancelAllOrders,
  createExchange,
  createRandom,
  type Exchange,
  openAccount,
  PLAIN_SPEC,
  placeConditional,
  placeOrder,
  playBar,
} from '../src/index.js'
import { measureRoundTrips } from './order-round-trip.js'

const YEAR_OF_MINUTES = 525_600
const ORDERS = 50_000
const TICK = 10n ** 11n

function openVenue(): Exchange {
  const exchange = createExchange({
    markets: [{ rules: BTCUSDT, price: parsePrice('50000') }],
    behaviour: BINANCE_BEHAVIOUR,
    seed: 1,
    startTime: 1_790_000_000_000,
  })
  openAccount(exchange, 'main', new Map([['USDT', parseMoney('1000000')]]))
  return exchange
}

/** Keeps a position with a stop and a target, and opens the next when one of them has closed it. */
function keepProtected(exchange: Exchange): void {
  const account = exchange.accounts.get('main')
  const market = exchange.markets.get('BTCUSDT')
  if (account === undefined || market === undefined || account.waiting.size > 0) return
  cancelAllOrders(exchange, 'main', 'BTCUSDT')
  const quantity = asQuantity(10n ** 10n)
  const away = (ticks: bigint): ReturnType<typeof asPrice> => asPrice((market.last / TICK + ticks) * TICK)
  placeOrder(exchange, 'main', { ...PLAIN_SPEC, symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity })
  const exit = { ...PLAIN_SPEC, symbol: 'BTCUSDT', side: 'SELL' as const }
  placeConditional(exchange, 'main', { ...exit, type: 'STOP_MARKET', triggerPrice: away(-5_000n), closePosition: true })
  placeOrder(exchange, 'main', { ...exit, type: 'LIMIT', price: away(5_000n), quantity, reduceOnly: true })
}

/** Time of the processor, so that other programs on the machine do not count. */
function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}

function runBars(): { readonly seconds: number; readonly trades: number } {
  const exchange = openVenue()
  const random = createRandom(7)
  const start = process.cpuUsage()
  let close = parsePrice('50000')
  for (let index = 0; index < YEAR_OF_MINUTES; index += 1) {
    const open = close
    const swing = BigInt(random.next(600))
    const up = open < parsePrice('30000') || (open < parsePrice('80000') && random.chance(500))
    close = asPrice(open + (up ? swing : -swing) * TICK)
    const [low, high] = open < close ? [open, close] : [close, open]
    const wick = BigInt(random.next(200)) * TICK
    const bar = { symbol: 'BTCUSDT', openTime: exchange.time + 1, durationMs: 60_000, open, close }
    playBar(exchange, { ...bar, low: asPrice(low - wick), high: asPrice(high + wick) })
    keepProtected(exchange)
  }
  const seconds = secondsSince(start)
  return { seconds, trades: exchange.accounts.get('main')?.trades.length ?? 0 }
}

function runOrders(): number {
  const exchange = openVenue()
  const random = createRandom(7)
  const start = process.cpuUsage()
  for (let index = 0; index < ORDERS; index += 1) {
    const quantity = asQuantity(10n ** 10n)
    const price = asPrice((500_000n - BigInt(random.next(1_000))) * TICK)
    placeOrder(exchange, 'main', { ...PLAIN_SPEC, symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', price, quantity })
    if (index % 50 === 49) cancelAllOrders(exchange, 'main', 'BTCUSDT')
  }
  return ORDERS / secondsSince(start)
}

/** Reading and translating a message of the account stream, in a process of its own. */
async function measureParsing(): Promise<Record<string, number>> {
  const child = fork(new URL('../../adapters/bench/parse-messages.ts', import.meta.url), {
    execArgv: ['--conditions=@tranchebook/source', '--import', 'tsx'],
  })
  const [result] = (await once(child, 'message')) as [Record<string, number>]
  return result
}

/** Orders through our client and others', messages through our reader, and how fast the simulated venue runs. */
export async function run(): Promise<Record<string, number>> {
  const orders = await measureRoundTrips()
  const parsing = await measureParsing()
  runOrders()
  const { seconds, trades } = runBars()
  return {
    ...orders,
    ...parsing,
    barsPerSecond: Math.round(YEAR_OF_MINUTES / seconds),
    yearOfMinutesSeconds: Math.round(seconds * 100) / 100,
    tradesInThatYear: trades,
    engineOrdersPerSecond: Math.round(runOrders()),
  }
}
