import { USDMClient, WebsocketClient } from 'binance'
import ccxt from 'ccxt'
import { afterEach, describe, expect, it } from 'vitest'
import { AGENT, AGENT_KEY, KEYS, serve, until } from '../../test/serve.js'
import { payFunding } from '../engine/funding.js'
import { parseRate } from '../engine/parse-rate.js'
import type { Dialect } from './context.js'

const ends: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function open(dialect: Dialect) {
  const keys = { ...KEYS, agent: { signer: AGENT, user: AGENT, chainId: 1666 } }
  const { served, exchange, move } = await serve(dialect, { keys })
  ends.push(() => served.close())
  return { served, exchange, move }
}

const SYMBOL = 'BTC/USDT:USDT'

/** Closes the streams of ccxt; questions it still waits for inside are given up quietly. */
async function hangUp(client: InstanceType<typeof ccxt.Exchange>): Promise<void> {
  const sockets = Object.values(
    client.clients as Record<string, { readonly futures: Record<string, Promise<unknown>> }>,
  )
  for (const { futures } of sockets) for (const future of Object.values(futures)) future.catch(() => undefined)
  await client.close()
}

function binanceByCcxt({ rest, ws }: { readonly rest: string; readonly ws: string }) {
  const client = new ccxt.pro.binanceusdm({
    apiKey: KEYS.apiKey,
    secret: KEYS.apiSecret,
    options: { fetchCurrencies: false },
  })
  const api = client.urls['api'] as Record<string, unknown>
  for (const [name, path] of Object.entries({
    fapiPublic: 'v1',
    fapiPublicV2: 'v2',
    fapiPublicV3: 'v3',
    fapiPrivate: 'v1',
    fapiPrivateV2: 'v2',
    fapiPrivateV3: 'v3',
  })) {
    api[name] = `${rest}/fapi/${path}`
  }
  const streams = api['ws'] as Record<string, unknown>
  streams['future'] = `${ws}/ws`
  Object.assign(streams['ws-api'] as object, { future: `${ws}/ws-fapi/v1` })
  ends.push(() => hangUp(client))
  return client
}

describe('ccxt at the server that speaks like Binance', () => {
  it('places, asks, cancels, and closes a position', async () => {
    const { served } = await open('binance')
    const client = binanceByCcxt(served)
    await client.loadMarkets()
    expect(client.market(SYMBOL).precision.price).toBe(0.1)
    const resting = await client.createOrder(SYMBOL, 'limit', 'buy', 0.01, 49_000, { clientOrderId: 'ccxt-1' })
    expect(resting.status).toBe('open')
    const found = await client.fetchOrder(resting.id ?? '', SYMBOL)
    expect([found.clientOrderId, found.price, found.remaining]).toEqual(['ccxt-1', 49_000, 0.01])
    expect(await client.fetchOpenOrders(SYMBOL)).toHaveLength(1)
    expect((await client.cancelOrder(resting.id ?? '', SYMBOL)).status).toBe('canceled')
    await client.createOrder(SYMBOL, 'market', 'buy', 0.02)
    const [position] = await client.fetchPositions([SYMBOL])
    expect([position?.contracts, position?.side, position?.entryPrice]).toEqual([0.02, 'long', 50_000.1])
    await client.createOrder(SYMBOL, 'market', 'sell', 0.02, undefined, { reduceOnly: true })
    const trades = await client.fetchMyTrades(SYMBOL)
    expect(trades.map((trade) => [trade.side, trade.amount])).toEqual([
      ['buy', 0.02],
      ['sell', 0.02],
    ])
    const balance = await client.fetchBalance()
    // 0.0005 × (1000.002 + 1000) of fees and 0.1 × 0.02 of spread
    expect(balance['USDT']?.total).toBe(9_998.997_999)
  })

  it('rests a stop among the conditional orders and is stopped out', async () => {
    const { served, move } = await open('binance')
    const client = binanceByCcxt(served)
    await client.createOrder(SYMBOL, 'market', 'buy', 0.02)
    const stop = await client.createOrder(SYMBOL, 'market', 'sell', 0.02, undefined, {
      stopLossPrice: 49_000,
      reduceOnly: true,
    })
    const waiting = await client.fetchOpenOrders(SYMBOL, undefined, undefined, { trigger: true })
    expect(waiting.map((order) => [order.id, order.triggerPrice])).toEqual([[stop.id, 49_000]])
    const other = await client.createOrder(SYMBOL, 'market', 'sell', 0.02, undefined, { takeProfitPrice: 52_000 })
    await client.cancelOrder(other.id ?? '', SYMBOL, { trigger: true })
    move('48900')
    expect((await client.fetchMyTrades(SYMBOL)).at(-1)?.price).toBe(49_000)
    expect(await client.fetchPositions([SYMBOL])).toEqual([])
  })

  it('asks for prices in every form', async () => {
    const { served, exchange } = await open('binance')
    const client = binanceByCcxt(served)
    await client.createOrder(SYMBOL, 'market', 'buy', 0.02)
    payFunding(exchange, 'BTCUSDT', parseRate('0.0002'))
    expect((await client.fetchTicker(SYMBOL)).last).toBe(50_000)
    expect((await client.fetchOrderBook(SYMBOL)).asks[0]?.[0]).toBe(50_000.1)
    expect((await client.fetchOHLCV(SYMBOL, '5m'))[0]?.slice(1, 6)).toEqual([50_000, 50_000.1, 50_000, 50_000, 0.02])
    expect((await client.fetchTrades(SYMBOL)).map((trade) => [trade.side, trade.amount])).toEqual([['buy', 0.02]])
    expect((await client.fetchFundingRateHistory(SYMBOL)).map((row) => row.fundingRate)).toEqual([0.0002])
    expect((await client.fetchLeverageTiers([SYMBOL]))[SYMBOL]?.[0]?.maxLeverage).toBe(125)
  })

  it('changes leverage, mode and orders, and trades over a socket', async () => {
    const { served } = await open('binance')
    const client = binanceByCcxt(served)
    await client.setLeverage(10, SYMBOL)
    await client.setMarginMode('isolated', SYMBOL)
    const resting = await client.createOrder(SYMBOL, 'limit', 'buy', 0.01, 49_000)
    const edited = await client.editOrder(resting.id ?? '', SYMBOL, 'limit', 'buy', 0.02, 48_900)
    expect([edited.price, edited.amount]).toEqual([48_900, 0.02])
    await client.cancelAllOrders(SYMBOL)
    expect(await client.fetchOpenOrders(SYMBOL)).toEqual([])
    await client.setPositionMode(true)
    expect((await client.fetchPositionMode(SYMBOL)).hedged).toBe(true)
    await client.loadHttpProxyAgent()
    const bought = await client.createOrderWs(SYMBOL, 'market', 'buy', 0.01, undefined, { positionSide: 'LONG' })
    expect(bought.filled).toBe(0.01)
    expect((await client.fetchPositions([SYMBOL])).map((one) => [one.side, one.contracts])).toEqual([['long', 0.01]])
  })

  it('refuses with the codes of the venue', async () => {
    const { served } = await open('binance')
    const client = binanceByCcxt(served)
    await expect(client.createOrder(SYMBOL, 'limit', 'buy', 100, 49_000)).rejects.toThrow('-2019')
    await expect(client.cancelOrder('1', SYMBOL)).rejects.toThrow('-2011')
    client.secret = 'wrong'
    await expect(client.fetchBalance()).rejects.toThrow('-1022')
  })

  it('streams orders and prices', async () => {
    const { served } = await open('binance')
    const client = binanceByCcxt(served)
    await client.loadHttpProxyAgent()
    await client.loadMarkets()
    const ticker = client.watchMarkPrice(SYMBOL)
    expect((await ticker).markPrice).toBe(50_000)
    expect((await client.watchOHLCV(SYMBOL, '1m'))[0]?.slice(1, 5)).toEqual([50_000, 50_000, 50_000, 50_000])
    const orders = client.watchOrders(SYMBOL)
    const placed: string[] = []
    void client.createOrder(SYMBOL, 'limit', 'buy', 0.01, 49_000).then(({ id }) => placed.push(id ?? ''))
    await until('the order', () => placed.length === 1)
    const second = client.createOrder(SYMBOL, 'limit', 'buy', 0.01, 48_900)
    const heard = await orders
    expect(heard.map((order) => order.symbol)).toContain(SYMBOL)
    await second
  })
})

describe('ccxt at the server that speaks like Aster', () => {
  function asterByCcxt({ rest, ws }: { readonly rest: string; readonly ws: string }) {
    const options = { builderFee: false, defaultType: 'swap', signerAddress: AGENT.toLowerCase() }
    const client = new ccxt.pro.aster({ privateKey: AGENT_KEY, options })
    const api = client.urls['api'] as Record<string, unknown>
    Object.assign(api, { fapiPublic: `${rest}/fapi`, fapiPrivate: `${rest}/fapi`, sapiPublic: `${rest}/api` })
    const streams = api['ws'] as Record<string, Record<string, string>>
    Object.assign(streams['public'] ?? {}, { swap: `${ws}/stream` })
    Object.assign(streams['private'] ?? {}, { swap: `${ws}/ws` })
    ends.push(() => hangUp(client))
    return client
  }

  it('places, asks, stops out and cancels with signatures of an agent', async () => {
    const { served, move } = await open('aster')
    const client = asterByCcxt(served)
    const resting = await client.createOrder(SYMBOL, 'limit', 'buy', 0.01, 49_000, { clientOrderId: 'ccxt-1' })
    expect((await client.fetchOrder(resting.id ?? '', SYMBOL)).clientOrderId).toBe('ccxt-1')
    expect((await client.cancelOrder(resting.id ?? '', SYMBOL)).status).toBe('canceled')
    const bought = await client.createOrder(SYMBOL, 'market', 'buy', 0.02)
    expect([bought.average, bought.filled]).toEqual([50_000.1, 0.02])
    await client.createOrder(SYMBOL, 'market', 'sell', 0.02, undefined, { stopLossPrice: 49_000 })
    expect(await client.fetchOpenOrders(SYMBOL)).toHaveLength(1)
    move('48900')
    expect((await client.fetchMyTrades(SYMBOL)).map((trade) => trade.price)).toEqual([50_000.1, 49_000])
    expect(await client.fetchOpenOrders(SYMBOL)).toEqual([])
  })
})

describe('the binance package', () => {
  it('places, asks, cancels and stops', async () => {
    const { served, move } = await open('binance')
    const client = new USDMClient({ api_key: KEYS.apiKey, api_secret: KEYS.apiSecret, baseUrl: served.rest })
    const symbol = 'BTCUSDT'
    const resting = await client.submitNewOrder({
      symbol,
      side: 'BUY',
      type: 'LIMIT',
      timeInForce: 'GTC',
      quantity: 0.01,
      price: 49_000,
    })
    expect(resting.status).toBe('NEW')
    expect(await client.getAllOpenOrders({ symbol })).toHaveLength(1)
    await client.cancelOrder({ symbol, origClientOrderId: resting.clientOrderId })
    await client.submitNewOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 0.02 })
    const stop = await client.submitNewAlgoOrder({
      algoType: 'CONDITIONAL',
      symbol,
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: '0.02',
      triggerPrice: '49000',
      reduceOnly: 'true',
    })
    expect(stop).toMatchObject({ algoStatus: 'NEW', orderType: 'STOP_MARKET', triggerPrice: '49000' })
    move('48900')
    expect(await client.getAlgoOrder({ clientAlgoId: stop.clientAlgoId })).toMatchObject({
      algoStatus: 'FINISHED',
      actualPrice: '49000',
    })
    expect(await client.getOpenAlgoOrders({ symbol })).toEqual([])
    expect(await client.getPositionsV3({ symbol })).toEqual([])
  })

  it('streams the account', async () => {
    const { served, move } = await open('binance')
    const rest = { api_key: KEYS.apiKey, api_secret: KEYS.apiSecret, baseUrl: served.rest }
    const client = new USDMClient(rest)
    const silent = { trace: () => undefined, info: () => undefined, error: () => undefined }
    const streams = new WebsocketClient({ ...rest, restOptions: rest, wsUrl: served.ws }, silent)
    ends.push(() => Promise.resolve(streams.closeAll(true)))
    const heard: string[] = []
    streams.on('message', (message) => {
      const { e, data } = message as { readonly e?: string; readonly data?: { readonly e?: string } }
      heard.push(e ?? data?.e ?? '')
    })
    await streams.subscribeUsdFuturesUserDataStream()
    await client.submitNewOrder({ symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: 0.02 })
    move('50100')
    await until('the fill', () => heard.includes('ORDER_TRADE_UPDATE') && heard.includes('ACCOUNT_UPDATE'))
    expect(heard).toContain('TRADE_LITE')
  })
})
