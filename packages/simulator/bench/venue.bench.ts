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

function runBars(): { readonly seconds: number; readonly trades: number } {
  const exchange = openVenue()
  const random = createRandom(7)
  const start = process.hrtime.bigint()
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
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  return { seconds, trades: exchange.accounts.get('main')?.trades.length ?? 0 }
}

function runOrders(): number {
  const exchange = openVenue()
  const random = createRandom(7)
  const start = process.hrtime.bigint()
  for (let index = 0; index < ORDERS; index += 1) {
    const quantity = asQuantity(10n ** 10n)
    const price = asPrice((500_000n - BigInt(random.next(1_000))) * TICK)
    placeOrder(exchange, 'main', { ...PLAIN_SPEC, symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', price, quantity })
    if (index % 50 === 49) cancelAllOrders(exchange, 'main', 'BTCUSDT')
  }
  return ORDERS / (Number(process.hrtime.bigint() - start) / 1e9)
}

/** How fast the simulated venue runs: a year of minutes under a protected position, and limit orders placed among fifty. */
export function run(): Promise<Record<string, number>> {
  runOrders()
  const { seconds, trades } = runBars()
  return Promise.resolve({
    barsPerSecond: Math.round(YEAR_OF_MINUTES / seconds),
    yearOfMinutesSeconds: Math.round(seconds * 100) / 100,
    tradesInThatYear: trades,
    engineOrdersPerSecond: Math.round(runOrders()),
  })
}
