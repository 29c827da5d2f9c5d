import type { Dialect, Endpoint, Route, Security } from './context.js'
import * as account from './endpoints/account.js'
import * as algo from './endpoints/algo-orders.js'
import { movePriceByHand } from './endpoints/by-hand.js'
import * as market from './endpoints/market.js'
import * as orders from './endpoints/orders.js'
import * as settings from './endpoints/settings.js'
import * as tape from './endpoints/tape.js'
import type { Params } from './params.js'

type Weight = Route['weight']

/** Costs more when no symbol narrows the question. */
const bySymbol =
  (one: number, all: number) =>
  (params: Params): number =>
    params.text('symbol') === null ? all : one

interface Cost {
  readonly weight: Weight
  readonly orders?: number
}

const open = (path: string, weight: Weight, run: Endpoint): Route => ({
  method: 'GET',
  path,
  security: 'none',
  weight,
  run,
})

const ask = (path: string, weight: Weight, run: Endpoint): Route => ({
  method: 'GET',
  path,
  security: 'signed',
  weight,
  run,
})

const write =
  (method: Exclude<Route['method'], 'GET'>) =>
  (path: string, cost: Cost, run: Endpoint): Route => ({ method, path, security: 'signed', ...cost, run })

const post = write('POST')
const put = write('PUT')
const drop = write('DELETE')

const ORDER = { weight: 0, orders: 1 }
const BATCH = { weight: 5, orders: 5 }
const ONE = { weight: 1 }

const MARKET: readonly Route[] = [
  open('ping', 1, market.ping),
  open('time', 1, market.time),
  open('exchangeInfo', 1, market.exchangeInfo),
  open('premiumIndex', bySymbol(1, 10), market.premiumIndex),
  open('ticker/price', bySymbol(1, 2), market.tickerPrice),
  open('ticker/bookTicker', bySymbol(2, 5), market.bookTicker),
  open('ticker/24hr', bySymbol(1, 40), tape.dayTicker),
  open('depth', 5, market.depth),
  open('klines', 5, tape.klines),
  open('aggTrades', 20, tape.aggregateTrades),
  open('trades', 5, tape.recentTrades),
  open('fundingRate', 1, tape.fundingRates),
]

const ORDERS: readonly Route[] = [
  post('order', ORDER, orders.newOrder),
  post('order/test', { weight: 0 }, orders.testOrder),
  put('order', ORDER, orders.modifyOrder),
  drop('order', ONE, orders.cancelOneOrder),
  ask('order', 1, orders.getOrder),
  post('batchOrders', BATCH, orders.newBatch),
  put('batchOrders', BATCH, orders.modifyBatch),
  drop('batchOrders', ONE, orders.cancelBatch),
  drop('allOpenOrders', ONE, orders.cancelAllOpen),
  post('countdownCancelAll', { weight: 10 }, orders.countdown),
  ask('openOrder', 1, orders.openOrder),
  ask('openOrders', bySymbol(1, 40), orders.openOrders),
  ask('allOrders', 5, orders.allOrders),
  ask('userTrades', 5, account.userTrades),
  ask('income', 30, account.income),
  ask('forceOrders', 20, account.forceOrders),
]

const SETTINGS: readonly Route[] = [
  ask('positionSide/dual', 30, settings.mode),
  post('positionSide/dual', ONE, settings.changeMode),
  ask('multiAssetsMargin', 30, settings.multiAssets),
  post('multiAssetsMargin', ONE, settings.changeMultiAssets),
  post('leverage', ONE, settings.leverage),
  post('marginType', ONE, settings.marginType),
  ask('leverageBracket', 1, market.leverageBracket),
  ask('commissionRate', 20, account.commissionRate),
]

const ALGO: readonly Route[] = [
  post('algoOrder', ORDER, algo.newAlgoOrder),
  drop('algoOrder', ONE, algo.cancelAlgoOrder),
  ask('algoOrder', 1, algo.getAlgoOrder),
  drop('algoOpenOrders', ONE, algo.cancelAllAlgo),
  ask('openAlgoOrders', bySymbol(1, 40), algo.openAlgoOrders),
  ask('allAlgoOrders', 5, algo.allAlgoOrders),
]

const BINANCE_ONLY: readonly Route[] = [
  ask('symbolConfig', 5, account.symbolConfig),
  ask('accountConfig', 5, account.accountConfig),
  ask('rateLimit/order', 1, account.orderLimits),
  ask('feeBurn', 30, account.feeBurn),
]

function listenKeys(security: Security): readonly Route[] {
  const common = { path: 'listenKey', security, weight: 1 }
  return [
    { ...common, method: 'POST', run: settings.createListenKey },
    { ...common, method: 'PUT', run: settings.extendListenKey },
    { ...common, method: 'DELETE', run: settings.closeListenKey },
  ]
}

function under(prefix: string, routes: readonly Route[]): readonly Route[] {
  return routes.map((route) => ({ ...route, path: `/fapi/${prefix}/${route.path}` }))
}

const BINANCE: readonly Route[] = [
  ...under('v1', [...MARKET, ...ORDERS, ...SETTINGS, ...ALGO, ...BINANCE_ONLY, ...listenKeys('key')]),
  ...under('v2', [
    ask('account', 5, account.oldAccount),
    ask('balance', 5, account.balance),
    ask('positionRisk', 5, account.oldPositionRisk),
    open('ticker/price', bySymbol(1, 2), market.tickerPrice),
  ]),
  ...under('v3', [
    ask('account', 5, account.account),
    ask('balance', 5, account.balance),
    ask('positionRisk', 5, account.positionRisk),
  ]),
]

const ASTER_COMMON = [...MARKET, ...ORDERS, ...SETTINGS]

const ASTER: readonly Route[] = [
  open('/api/v3/exchangeInfo', 1, market.spotExchangeInfo),
  ...under('v1', [...ASTER_COMMON, ...listenKeys('key')]),
  ...under('v2', [ask('balance', 5, account.balance), ask('positionRisk', 5, account.positionRisk)]),
  ...under('v4', [ask('account', 5, account.account)]),
  ...under('v3', [
    ...ASTER_COMMON,
    ...listenKeys('signed'),
    { ...post('noop', ONE, orders.noop), reusesNonce: true },
    { ...drop('guardedCancelOrder', ONE, orders.cancelOneOrder), reusesNonce: true },
    ask('leverageBrackets', 1, market.leverageBracket),
    ask('account', 5, account.account),
    ask('accountWithJoinMargin', 5, account.account),
    ask('balance', 5, account.balance),
    ask('positionRisk', 5, account.positionRisk),
  ]),
]

const BY_HAND: Route = {
  method: 'POST',
  path: '/simulator/price',
  security: 'none',
  weight: 0,
  run: movePriceByHand,
}

/** The addresses of a dialect, by method and path. */
export function routesOf(dialect: Dialect): ReadonlyMap<string, Route> {
  const routes = [BY_HAND, ...(dialect === 'binance' ? BINANCE : ASTER)]
  return new Map(routes.map((route) => [`${route.method} ${route.path}`, route]))
}
