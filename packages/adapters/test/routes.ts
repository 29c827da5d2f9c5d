import type { RestAnswer, RestScript, SeenRequest } from './rest-server.js'

/** Answers by method and path, such as `POST /fapi/v1/order`. */
export type Routes = Readonly<Record<string, (request: SeenRequest) => RestAnswer>>

/** A script that answers by route, keeps the venue's time at that of the clock, and complains about everything else. */
export function routed(routes: Routes, now: () => number = () => 1_700_000_000_000): RestScript {
  return (request) => {
    if (request.path.endsWith('/time')) return { json: { serverTime: now() } }
    const route = routes[`${request.method} ${request.path}`]
    return route === undefined
      ? { status: 400, json: { code: -9999, msg: `no route ${request.method} ${request.path}` } }
      : route(request)
  }
}

/** The parameters of a request without what signing adds. */
export function businessOf({ params }: SeenRequest): Record<string, string> {
  const added = ['timestamp', 'recvWindow', 'signature', 'nonce', 'signer']
  return Object.fromEntries([...params].filter(([name]) => !added.includes(name)))
}

/** An ordinary order as venues answer it. */
export function orderAnswer(fields: Record<string, unknown>): Record<string, unknown> {
  return {
    symbol: 'BTCUSDT',
    orderId: 11,
    clientOrderId: 'tb-1',
    status: 'NEW',
    side: 'BUY',
    positionSide: 'BOTH',
    type: 'LIMIT',
    origType: 'LIMIT',
    price: '50000',
    stopPrice: '0',
    origQty: '0.002',
    executedQty: '0',
    reduceOnly: false,
    closePosition: false,
    updateTime: 5,
    ...fields,
  }
}

/** A conditional order as Binance answers it. */
export function algoAnswer(fields: Record<string, unknown>): Record<string, unknown> {
  return {
    algoId: 4_000_001_910_701_524,
    clientAlgoId: 'tb-stop',
    algoType: 'CONDITIONAL',
    orderType: 'STOP_MARKET',
    symbol: 'BTCUSDT',
    side: 'SELL',
    positionSide: 'BOTH',
    timeInForce: 'GTC',
    quantity: '0.002',
    algoStatus: 'NEW',
    triggerPrice: '49000.00',
    price: '0',
    workingType: 'MARK_PRICE',
    closePosition: false,
    reduceOnly: true,
    createTime: 5,
    updateTime: 6,
    ...fields,
  }
}
