import { createHmac } from 'node:crypto'
import {
  DerivativesTradingUsdsFutures,
  DerivativesTradingUsdsFuturesRestAPI as Official,
} from '@binance/derivatives-trading-usds-futures'
import { openBinance, type OrderRequest, Secret } from '@tranchebook/adapters'
import ccxt from 'ccxt'
import { Pool } from 'undici'

/** Somebody who places one limit order and waits for its answer. */
export interface OrderClient {
  readonly place: (clientOrderId: string) => Promise<unknown>
  readonly close: () => Promise<unknown>
}

const API_KEY = 'bench-api-key'
const API_SECRET = 'bench-api-secret'
const PRICE = '49000'
const QUANTITY = '0.01'

/** The least that an order takes: the same text, signed, over a pool of `undici`, and its answer parsed. */
export function bareClient(rest: string): Promise<OrderClient> {
  const pool = new Pool(rest, { connections: 1, pipelining: 1 })
  const headers = { 'x-mbx-apikey': API_KEY }
  const order = `symbol=BTCUSDT&side=BUY&positionSide=BOTH&type=LIMIT&timeInForce=GTC&quantity=${QUANTITY}&price=${PRICE}`
  return Promise.resolve({
    place: async (clientOrderId) => {
      const text = `${order}&newClientOrderId=${clientOrderId}&recvWindow=5000&timestamp=${Date.now()}`
      const signature = createHmac('sha256', API_SECRET).update(text).digest('hex')
      const path = `/fapi/v1/order?${text}&signature=${signature}`
      const { body } = await pool.request({ method: 'POST', path, headers })
      return body.json()
    },
    close: () => pool.close(),
  })
}

/** Ours, through the port. */
export async function ownClient(rest: string): Promise<OrderClient> {
  const venue = openBinance({
    account: 'main',
    key: { apiKey: new Secret(API_KEY), apiSecret: new Secret(API_SECRET) },
    hosts: { rest, streams: rest, socketApi: rest },
  })
  await venue.fetchInstruments()
  const request = (clientOrderId: string): OrderRequest => ({
    symbol: 'BTCUSDT',
    workingType: 'MARK_PRICE',
    terms: {
      clientOrderId,
      purpose: 'entry',
      orderType: 'LIMIT',
      orderSide: 'BUY',
      positionSide: 'BOTH',
      quantity: QUANTITY,
      price: PRICE,
      triggerPrice: null,
      reduceOnly: false,
      closePosition: false,
    },
  })
  return {
    place: async (clientOrderId) => {
      const result = await venue.submit(request(clientOrderId))
      if (result.outcome !== 'acknowledged') throw new Error(`expected acknowledged, got ${JSON.stringify(result)}`)
      return result
    },
    close: () => venue.close(),
  }
}

/** `ccxt`, with its throttle off. */
export async function ccxtClient(rest: string): Promise<OrderClient> {
  const client = new ccxt.binanceusdm({
    apiKey: API_KEY,
    secret: API_SECRET,
    enableRateLimit: false,
    options: { fetchCurrencies: false },
  })
  const api = client.urls['api'] as Record<string, unknown>
  for (const name of ['fapiPublic', 'fapiPrivate']) api[name] = `${rest}/fapi/v1`
  await client.loadMarkets()
  return {
    place: (clientOrderId) =>
      client.createOrder('BTC/USDT:USDT', 'limit', 'buy', Number(QUANTITY), Number(PRICE), { clientOrderId }),
    close: () => client.close(),
  }
}

/** The venue's own connector. */
export function officialClient(rest: string): Promise<OrderClient> {
  const configurationRestAPI = {
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    basePath: rest,
    keepAlive: true,
    compression: false,
  }
  const client = new DerivativesTradingUsdsFutures({ configurationRestAPI })
  return Promise.resolve({
    place: async (newClientOrderId) => {
      const answer = await client.restAPI.newOrder({
        symbol: 'BTCUSDT',
        side: Official.NewOrderSideEnum.BUY,
        type: Official.NewOrderTypeEnum.LIMIT,
        timeInForce: Official.NewOrderTimeInForceEnum.GTC,
        quantity: Number(QUANTITY),
        price: Number(PRICE),
        newClientOrderId,
      })
      return answer.data()
    },
    close: () => Promise.resolve(),
  })
}
