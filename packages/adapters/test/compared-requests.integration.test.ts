import { USDMClient } from 'binance'
import { aster, binanceusdm, type Exchange } from 'ccxt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hmacSigner } from '../src/fapi/query-signer.js'
import { Secret } from '../src/transport/secret.js'
import type { Venue } from '../src/venue.js'
import type { OrderRequest } from '../src/venue/order-request.js'
import { AGENT, AGENT_KEY, benchAster } from './aster-bench.js'
import { benchBinance, type VenueBench } from './binance-bench.js'
import { type RestServer, type SeenRequest, startRestServer } from './rest-server.js'
import { algoAnswer, businessOf, orderAnswer } from './routes.js'
import { hasSharedData, readShared } from './shared-data.js'
import { entryRequest, refOf, stopRequest } from './venue-orders.js'

const isThere = hasSharedData()
const SYMBOL = 'BTC/USDT:USDT'
const secret = new Secret('canary-api-secret-0002')
const keys = { apiKey: 'canary-api-key-0001', secret: secret.reveal() }

/** What one side sends and the other does not, and what both send differently. */
interface Difference {
  readonly onlyOurs: Record<string, string>
  readonly onlyTheirs: Record<string, string>
}

function difference(ours: SeenRequest, theirs: SeenRequest): Difference {
  const [mine, foreign] = [businessOf(ours), businessOf(theirs)]
  const without = (left: Record<string, string>, right: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(left).filter(([name, value]) => right[name] !== value))
  return { onlyOurs: without(mine, foreign), onlyTheirs: without(foreign, mine) }
}

/** A server that knows the recorded symbols and accepts everything. */
function startServer(exchangeInfo: string): Promise<RestServer> {
  const info = readShared(exchangeInfo)
  return startRestServer(({ path, method, params }) => {
    if (path.endsWith('/time')) return { json: { serverTime: Date.now() } }
    if (path.endsWith('/exchangeInfo')) return { text: info }
    if (path.endsWith('/leverage')) return { json: { symbol: 'BTCUSDT', leverage: 5, maxNotionalValue: '1' } }
    if (path.endsWith('/algoOrder'))
      return { json: algoAnswer({ clientAlgoId: params.get('clientAlgoId'), code: '200', msg: 'success' }) }
    if (path.endsWith('/userTrades')) return { json: [] }
    const clientOrderId = params.get('newClientOrderId') ?? params.get('origClientOrderId')
    return { json: orderAnswer({ clientOrderId, status: method === 'DELETE' ? 'CANCELED' : 'NEW' }) }
  })
}

function redirect(exchange: Exchange, origin: string): void {
  const api = (exchange.urls as { api: Record<string, unknown> }).api
  for (const [name, url] of Object.entries(api)) {
    if (typeof url === 'string') api[name] = url.replace(/https:\/\/[^/]+/, origin)
  }
}

describe.skipIf(!isThere)('our requests to Binance, beside those of strangers', () => {
  let rest: RestServer
  let bench: VenueBench
  let venue: Venue
  let ccxt: binanceusdm
  let sdk: USDMClient

  beforeAll(async () => {
    rest = await startServer('binance-um-exchangeInfo-20251030.json')
    bench = await benchBinance(
      {},
      { hosts: { rest: rest.origin, streams: 'ws://127.0.0.1:9', socketApi: 'ws://127.0.0.1:9' } },
    )
    venue = bench.venue
    ccxt = new binanceusdm({
      ...keys,
      options: { fetchCurrencies: false, fetchMargins: false, broker: { future: '' } },
    })
    redirect(ccxt, rest.origin)
    await ccxt.loadMarkets()
    sdk = new USDMClient({
      api_key: keys.apiKey,
      api_secret: keys.secret,
      baseUrl: rest.origin,
      disableTimeSync: true,
    })
  })
  afterAll(async () => {
    await bench.close()
    await rest.close()
  })

  const last = async (run: () => Promise<unknown>): Promise<SeenRequest> => {
    await run()
    const seen = rest.seen.at(-1)
    if (seen === undefined) throw new Error('expected a request, none was sent')
    return seen
  }
  const same = (ours: SeenRequest, theirs: SeenRequest): void => {
    expect([ours.method, ours.path]).toEqual([theirs.method, theirs.path])
  }
  const stop: OrderRequest = stopRequest()

  it.each<readonly [string, () => Promise<unknown>, () => Promise<unknown>, Difference]>([
    [
      'a limit order',
      () => venue.submit(entryRequest()),
      () => ccxt.createOrder(SYMBOL, 'limit', 'buy', 0.002, 50_000, { clientOrderId: 'tb-1', timeInForce: 'GTC' }),
      {
        onlyOurs: { positionSide: 'BOTH', newOrderRespType: 'ACK', selfTradePreventionMode: 'EXPIRE_MAKER' },
        onlyTheirs: { newOrderRespType: 'RESULT' },
      },
    ],
    [
      'a market order that reduces',
      () => venue.submit(entryRequest({ orderType: 'MARKET', price: null, orderSide: 'SELL', reduceOnly: true })),
      () => ccxt.createOrder(SYMBOL, 'market', 'sell', 0.002, undefined, { clientOrderId: 'tb-1', reduceOnly: true }),
      {
        onlyOurs: { positionSide: 'BOTH', newOrderRespType: 'ACK', selfTradePreventionMode: 'EXPIRE_MAKER' },
        onlyTheirs: { newOrderRespType: 'RESULT' },
      },
    ],
    [
      'a stop',
      () => venue.submit(stop),
      () =>
        ccxt.createOrder(SYMBOL, 'STOP_MARKET', 'sell', 0.002, undefined, {
          clientOrderId: 'tb-stop',
          stopLossPrice: 49_000,
          reduceOnly: true,
          workingType: 'MARK_PRICE',
        }),
      {
        onlyOurs: { positionSide: 'BOTH', newOrderRespType: 'ACK', selfTradePreventionMode: 'EXPIRE_MAKER' },
        onlyTheirs: { newOrderRespType: 'RESULT' },
      },
    ],
    [
      'a cancel',
      () => venue.cancel(refOf(entryRequest())),
      () => ccxt.cancelOrder('', SYMBOL, { clientOrderId: 'tb-1' }),
      { onlyOurs: {}, onlyTheirs: {} },
    ],
    [
      'the cancel of a stop',
      () => venue.cancel(refOf(stop)),
      () => ccxt.cancelOrder('', SYMBOL, { clientOrderId: 'tb-stop', trigger: true }),
      { onlyOurs: {}, onlyTheirs: { symbol: 'BTCUSDT' } },
    ],
    [
      'leverage',
      () => venue.setLeverage('BTCUSDT', 5),
      () => ccxt.setLeverage(5, SYMBOL),
      { onlyOurs: {}, onlyTheirs: {} },
    ],
  ])('%s as ccxt sends it', async (_name, ours, theirs, expected) => {
    const [mine, foreign] = [await last(ours), await last(theirs)]
    same(mine, foreign)
    expect(difference(mine, foreign)).toEqual(expected)
  })

  it('are signed as the client of the npm registry signs: parameters, order and stop equal to the last one', async () => {
    const order = {
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'LIMIT',
      positionSide: 'BOTH',
      timeInForce: 'GTC',
      quantity: '0.002',
      price: '50000',
    } as const
    const added = { newOrderRespType: 'ACK', selfTradePreventionMode: 'EXPIRE_MAKER' } as const
    const named = sdk.generateNewOrderId()
    const theirs = await last(() => sdk.submitNewOrder({ ...order, ...added, newClientOrderId: named } as never))
    const ours = await last(() => venue.submit(entryRequest({ clientOrderId: named })))
    same(ours, theirs)
    expect(difference(ours, theirs)).toEqual({ onlyOurs: {}, onlyTheirs: {} })
    const algo = {
      algoType: 'CONDITIONAL',
      symbol: 'BTCUSDT',
      side: 'SELL',
      type: 'STOP_MARKET',
      positionSide: 'BOTH',
      quantity: '0.002',
    } as const
    const trigger = {
      triggerPrice: '49000',
      workingType: 'MARK_PRICE',
      reduceOnly: 'true',
      clientAlgoId: named,
    } as const
    const theirStop = await last(() => sdk.submitNewAlgoOrder({ ...algo, ...trigger, ...added }))
    const ourStop = await last(() => venue.submit(stopRequest({ clientOrderId: named })))
    same(ourStop, theirStop)
    expect(difference(ourStop, theirStop)).toEqual({ onlyOurs: {}, onlyTheirs: {} })
  })

  it('and their signatures are the ones we would have given', () => {
    const signed = rest.seen.filter(({ params }) => params.has('signature'))
    expect(signed.length).toBeGreaterThan(12)
    for (const { query, body } of signed) {
      const [text = '', signature = ''] = (query === '' ? body : query).split(/&?signature=/)
      expect(signature).toBe(hmacSigner(secret)(text))
    }
  })
})

describe.skipIf(!isThere)('our requests to Aster, beside those of strangers', () => {
  let rest: RestServer
  let bench: VenueBench
  let ccxt: aster

  beforeAll(async () => {
    rest = await startServer('aster-exchangeInfo-20260112.json')
    bench = await benchAster({}, { hosts: { rest: rest.origin, streams: 'ws://127.0.0.1:9', chainId: 1666 } })
    ccxt = new aster({
      walletAddress: AGENT,
      privateKey: AGENT_KEY,
      options: { signerAddress: AGENT, builderFee: false },
    })
    redirect(ccxt, rest.origin)
    await ccxt.loadMarkets()
  })
  afterAll(async () => {
    await bench.close()
    await rest.close()
  })

  it.each<readonly [string, string, (venue: Venue) => Promise<unknown>, () => Promise<unknown>, Difference]>([
    [
      'a limit order',
      'POST',
      (venue) => venue.submit(entryRequest()),
      () => ccxt.createOrder(SYMBOL, 'limit', 'buy', 0.002, 50_000, { clientOrderId: 'tb-1', timeInForce: 'GTC' }),
      { onlyOurs: { positionSide: 'BOTH', newOrderRespType: 'ACK' }, onlyTheirs: { user: AGENT.toLowerCase() } },
    ],
    [
      'a stop',
      'POST',
      (venue) => venue.submit(stopRequest()),
      () =>
        ccxt.createOrder(SYMBOL, 'market', 'sell', 0.002, undefined, {
          clientOrderId: 'tb-stop',
          stopLossPrice: 49_000,
          reduceOnly: true,
          workingType: 'MARK_PRICE',
        }),
      { onlyOurs: { positionSide: 'BOTH', newOrderRespType: 'ACK' }, onlyTheirs: { user: AGENT.toLowerCase() } },
    ],
    [
      'a cancel',
      'DELETE',
      (venue) => venue.cancel(refOf(entryRequest())),
      () => ccxt.cancelOrder('', SYMBOL, { clientOrderId: 'tb-1' }),
      { onlyOurs: {}, onlyTheirs: { user: AGENT.toLowerCase() } },
    ],
  ])('%s as ccxt sends it', async (_name, method, ours, theirs, expected) => {
    const seen = async (run: () => Promise<unknown>): Promise<SeenRequest> => {
      const before = rest.seen.length
      await run()
      const found = rest.seen
        .slice(before)
        .find((request) => request.method === method && request.path === '/fapi/v3/order')
      if (found === undefined) throw new Error('expected a request, none was sent')
      return found
    }
    expect(difference(await seen(() => ours(bench.venue)), await seen(theirs))).toEqual(expected)
  })
})
