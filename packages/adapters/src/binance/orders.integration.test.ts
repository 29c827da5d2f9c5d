import { afterEach, describe, expect, it } from 'vitest'
import { benchBinance, type VenueBench } from '../../test/binance-bench.js'
import { algoAnswer, businessOf, orderAnswer, type Routes } from '../../test/routes.js'
import { entryRequest, refOf, stopRequest } from '../../test/venue-orders.js'
import type { OrderRequest } from '../venue/order-request.js'

const benches: VenueBench[] = []

afterEach(async () => {
  await Promise.all(benches.splice(0).map((opened) => opened.close()))
})

async function bench(routes: Routes): Promise<VenueBench> {
  const opened = await benchBinance(routes)
  benches.push(opened)
  return opened
}

const accept: Routes = {
  'POST /fapi/v1/order': ({ params }) => ({ json: orderAnswer({ clientOrderId: params.get('newClientOrderId') }) }),
  'POST /fapi/v1/algoOrder': ({ params }) => ({
    json: algoAnswer({ clientAlgoId: params.get('clientAlgoId'), triggerPrice: params.get('triggerPrice') ?? '' }),
  }),
}
const NOT_FOUND = { status: 400, json: { code: -2013, msg: 'Order does not exist.' } } as const
const GONE = { status: 400, json: { code: -2011, msg: 'Unknown order sent.' } } as const

describe('what is sent', () => {
  it.each<readonly [string, OrderRequest, string, Record<string, string>]>([
    [
      'a limit order',
      entryRequest(),
      'POST /fapi/v1/order',
      { positionSide: 'BOTH', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.002', price: '50000' },
    ],
    [
      'a maker-only limit order that closes a hedge position',
      entryRequest(
        { positionSide: 'LONG', orderSide: 'SELL', reduceOnly: true, purpose: 'takeProfit' },
        { timeInForce: 'GTX' },
      ),
      'POST /fapi/v1/order',
      { side: 'SELL', positionSide: 'LONG', type: 'LIMIT', timeInForce: 'GTX', quantity: '0.002', price: '50000' },
    ],
    [
      'a market order that reduces in one-way mode',
      entryRequest({ orderType: 'MARKET', price: null, orderSide: 'SELL', reduceOnly: true, purpose: 'exit' }),
      'POST /fapi/v1/order',
      { side: 'SELL', positionSide: 'BOTH', type: 'MARKET', quantity: '0.002', reduceOnly: 'true' },
    ],
  ])('%s', async (_name, request, route, expected) => {
    const { venue, rest, asked } = await bench(accept)
    expect(await venue.submit(request)).toMatchObject({
      outcome: 'acknowledged',
      clientOrderId: 'tb-1',
      venueOrderId: '11',
    })
    expect(asked()).toEqual([route])
    expect(businessOf(rest.seen.at(-1)!)).toEqual({
      symbol: 'BTCUSDT',
      side: 'BUY',
      newClientOrderId: 'tb-1',
      newOrderRespType: 'ACK',
      selfTradePreventionMode: 'EXPIRE_MAKER',
      ...expected,
    })
  })

  it.each<readonly [string, OrderRequest, Record<string, string>]>([
    [
      'a stop in one-way mode',
      stopRequest(),
      { positionSide: 'BOTH', type: 'STOP_MARKET', quantity: '0.002', triggerPrice: '49000', reduceOnly: 'true' },
    ],
    [
      'a stop in hedge mode',
      stopRequest({ positionSide: 'LONG' }, { workingType: 'CONTRACT_PRICE' }),
      {
        positionSide: 'LONG',
        type: 'STOP_MARKET',
        quantity: '0.002',
        triggerPrice: '49000',
        workingType: 'CONTRACT_PRICE',
      },
    ],
    [
      'a stop that closes the position',
      stopRequest({ closePosition: true, quantity: null }),
      { positionSide: 'BOTH', type: 'STOP_MARKET', triggerPrice: '49000', closePosition: 'true' },
    ],
    [
      'a take profit',
      stopRequest({ orderType: 'TAKE_PROFIT_MARKET', triggerPrice: '52500' }),
      {
        positionSide: 'BOTH',
        type: 'TAKE_PROFIT_MARKET',
        quantity: '0.002',
        triggerPrice: '52500',
        reduceOnly: 'true',
      },
    ],
    [
      'a trailing stop',
      stopRequest({ orderType: 'TRAILING_STOP_MARKET', triggerPrice: '51000' }, { callbackPercent: '0.5' }),
      {
        positionSide: 'BOTH',
        type: 'TRAILING_STOP_MARKET',
        quantity: '0.002',
        activatePrice: '51000',
        callbackRate: '0.5',
        reduceOnly: 'true',
      },
    ],
  ])('%s goes to the algo service', async (_name, request, expected) => {
    const { venue, rest, asked } = await bench(accept)
    expect(await venue.submit(request)).toMatchObject({
      outcome: 'acknowledged',
      clientOrderId: 'tb-stop',
      venueOrderId: '4000001910701524',
      report: { type: 'order', status: 'acknowledged' },
    })
    expect(asked()).toEqual(['POST /fapi/v1/algoOrder'])
    expect(businessOf(rest.seen.at(-1)!)).toEqual({
      algoType: 'CONDITIONAL',
      symbol: 'BTCUSDT',
      side: 'SELL',
      workingType: 'MARK_PRICE',
      clientAlgoId: 'tb-stop',
      newOrderRespType: 'ACK',
      selfTradePreventionMode: 'EXPIRE_MAKER',
      ...expected,
    })
  })

  it.each<readonly [string, OrderRequest, string]>([
    ['no price', entryRequest({ price: null }), 'a LIMIT order needs a price'],
    ['a price at market', entryRequest({ orderType: 'MARKET' }), 'a MARKET order has no price'],
    ['no quantity', entryRequest({ quantity: null }), 'needs a quantity'],
    ['no trigger', stopRequest({ triggerPrice: null }), 'a STOP_MARKET order needs a trigger price'],
    ['no callback', stopRequest({ orderType: 'TRAILING_STOP_MARKET' }), 'needs callbackPercent'],
    ['close-position with a quantity', stopRequest({ closePosition: true }), 'has no quantity of its own'],
    [
      'close-position of a limit order',
      entryRequest({ closePosition: true }),
      'a LIMIT order cannot close the position',
    ],
    [
      'close-position that opens',
      stopRequest({ closePosition: true, quantity: null, orderSide: 'BUY', positionSide: 'LONG' }),
      'BUY LONG opens',
    ],
    ['a client id too long', entryRequest({ clientOrderId: 'x'.repeat(37) }), 'does not match'],
  ])('nothing, where an order cannot be: %s', async (_name, request, message) => {
    const { venue, asked } = await bench(accept)
    const results = [await venue.submit(request), ...(await venue.submitMany([request]))]
    for (const result of results)
      expect(result).toMatchObject({
        outcome: 'not-sent',
        reason: 'invalid',
        message: expect.stringContaining(message) as string,
      })
    expect(asked()).toEqual([])
  })
})

describe('what comes of an order', () => {
  it.each(['0.00', '48000', '', null])('is withdrawn when the venue took trigger price %j', async (triggerPrice) => {
    const { venue, asked } = await bench({
      'POST /fapi/v1/algoOrder': () => ({ json: algoAnswer({ triggerPrice }) }),
      'DELETE /fapi/v1/algoOrder': () => ({
        json: { algoId: 1, clientAlgoId: 'tb-stop', code: '200', msg: 'success' },
      }),
    })
    expect(await venue.submit(stopRequest())).toMatchObject({
      outcome: 'refused',
      code: 'trigger-mismatch',
      isPermanent: true,
    })
    expect(asked()).toEqual(['POST /fapi/v1/algoOrder', 'DELETE /fapi/v1/algoOrder'])
  })

  it('is unknown when it could not even be withdrawn', async () => {
    const { venue } = await bench({
      'POST /fapi/v1/algoOrder': () => ({ json: algoAnswer({ triggerPrice: '48000' }) }),
      'DELETE /fapi/v1/algoOrder': () => GONE,
    })
    expect(await venue.submit(stopRequest())).toMatchObject({ outcome: 'unknown', code: 'trigger-mismatch' })
  })

  it.each([
    [
      'found',
      () => ({ json: orderAnswer({ status: 'FILLED', executedQty: '0.002' }) }),
      { outcome: 'acknowledged', report: { status: 'filled' } },
    ],
    ['not found', () => NOT_FOUND, { outcome: 'refused', reason: 'overloaded' }],
    ['not to be asked for', () => ({ status: 502, text: '' }), { outcome: 'unknown' }],
  ] as const)('is settled by a look after a doubtful refusal: %s', async (_name, look, expected) => {
    const { venue, asked } = await bench({
      'POST /fapi/v1/order': () => ({
        status: 503,
        json: { code: -1001, msg: 'Internal error; unable to process your request. Please try again.' },
      }),
      'GET /fapi/v1/order': look,
    })
    expect(await venue.submit(entryRequest())).toMatchObject(expected)
    expect(asked()).toEqual(['POST /fapi/v1/order', 'GET /fapi/v1/order'])
  })

  it.each([
    ['rests', () => ({ json: orderAnswer({}) }), { outcome: 'acknowledged', venueOrderId: '11' }],
    ['is nowhere', () => NOT_FOUND, { outcome: 'unknown', code: '-4116' }],
  ] as const)('is settled by a look when its id exists: it %s', async (_name, look, expected) => {
    const { venue } = await bench({
      'POST /fapi/v1/order': () => ({ status: 400, json: { code: -4116, msg: 'clientOrderId is duplicated.' } }),
      'GET /fapi/v1/order': look,
    })
    expect(await venue.submit(entryRequest())).toMatchObject(expected)
  })

  it.each([
    ['about another order', { json: orderAnswer({ clientOrderId: 'other' }) }],
    ['no order at all', { json: { hello: 1 } }],
    ['no JSON', { text: '<html>' }],
    ['an empty body', { text: '' }],
  ] as const)('is unknown when the answer is %s', async (_name, answer) => {
    const { venue, asked } = await bench({ 'POST /fapi/v1/order': () => answer })
    expect(await venue.submit(entryRequest())).toMatchObject({ outcome: 'unknown' })
    expect(asked()).toHaveLength(1)
  })

  it('is a refusal with its reason', async () => {
    const { venue } = await bench({
      'POST /fapi/v1/algoOrder': () => ({
        status: 400,
        json: { code: -2021, msg: 'Order would immediately trigger.' },
      }),
    })
    expect(await venue.submit(stopRequest())).toEqual({
      outcome: 'refused',
      reason: 'would-trigger',
      code: '-2021',
      message: 'Order would immediately trigger.',
      isPermanent: true,
      retryAfterMs: null,
    })
  })
})

describe('many at once', () => {
  const entries = Array.from({ length: 6 }, (_, index) => entryRequest({ clientOrderId: `tb-${index}` }))

  it('goes in batches of five of one urgency, conditional orders by themselves, results in place', async () => {
    const { venue, rest, asked } = await bench({
      ...accept,
      'POST /fapi/v1/batchOrders': ({ params }) => ({
        json: (JSON.parse(params.get('batchOrders') ?? '[]') as { newClientOrderId: string }[]).map(
          ({ newClientOrderId: clientOrderId }, index) =>
            index === 1
              ? { code: -2019, msg: 'Margin is insufficient.' }
              : orderAnswer({ clientOrderId, orderId: 100 + index }),
        ),
      }),
    })
    const exit = entryRequest({ clientOrderId: 'tb-exit', purpose: 'takeProfit', orderSide: 'SELL', reduceOnly: true })
    const results = await venue.submitMany([...entries.slice(0, 3), stopRequest(), exit, ...entries.slice(3)])
    expect([...asked()].sort()).toEqual([
      'POST /fapi/v1/algoOrder',
      'POST /fapi/v1/batchOrders',
      'POST /fapi/v1/order',
      'POST /fapi/v1/order',
    ])
    const batch = rest.seen.find(({ path }) => path === '/fapi/v1/batchOrders')
    expect((JSON.parse(batch?.params.get('batchOrders') ?? '[]') as unknown[])[0]).toEqual({
      symbol: 'BTCUSDT',
      side: 'BUY',
      positionSide: 'BOTH',
      type: 'LIMIT',
      timeInForce: 'GTC',
      quantity: '0.002',
      price: '50000',
      newClientOrderId: 'tb-0',
      newOrderRespType: 'ACK',
      selfTradePreventionMode: 'EXPIRE_MAKER',
    })
    expect(
      results.map((result) => (result.outcome === 'acknowledged' ? result.clientOrderId : result.outcome)),
    ).toEqual(['tb-0', 'refused', 'tb-2', 'tb-stop', 'tb-exit', 'tb-3', 'tb-4', 'tb-5'])
  })

  it('is unknown for each when the answer is no list, and for those the list leaves out', async () => {
    const { venue, rest } = await bench({ 'POST /fapi/v1/batchOrders': () => ({ text: '' }) })
    expect((await venue.submitMany(entries.slice(0, 3))).map(({ outcome }) => outcome)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ])
    rest.script = ({ path }) =>
      path.endsWith('/time') ? { json: { serverTime: 1 } } : { json: [orderAnswer({ clientOrderId: 'tb-0' })] }
    expect((await venue.submitMany(entries.slice(0, 2))).map(({ outcome }) => outcome)).toEqual([
      'acknowledged',
      'unknown',
    ])
  })
})

describe('cancelling', () => {
  it('an ordinary order names it by client id', async () => {
    const { venue, rest } = await bench({
      'DELETE /fapi/v1/order': () => ({ json: orderAnswer({ status: 'CANCELED', executedQty: '0.001' }) }),
    })
    const result = await venue.cancel(refOf(entryRequest()))
    expect(result).toMatchObject({
      outcome: 'acknowledged',
      venueOrderId: '11',
      report: { status: 'cancelled', filledQuantity: 1_000_000_000n },
    })
    expect(businessOf(rest.seen.at(-1)!)).toEqual({ symbol: 'BTCUSDT', origClientOrderId: 'tb-1' })
  })

  it('a stop that waits goes to the algo service', async () => {
    const { venue, rest, asked } = await bench({
      'DELETE /fapi/v1/algoOrder': () => ({
        json: { algoId: 1, clientAlgoId: 'tb-stop', code: '200', msg: 'success' },
      }),
    })
    expect(await venue.cancel(refOf(stopRequest()))).toMatchObject({
      outcome: 'acknowledged',
      report: { clientOrderId: 'tb-stop', status: 'cancelled' },
    })
    expect(asked()).toEqual(['DELETE /fapi/v1/algoOrder'])
    expect(businessOf(rest.seen.at(-1)!)).toEqual({ clientAlgoId: 'tb-stop' })
  })

  it('a stop that has triggered meanwhile cancels what it became', async () => {
    const { venue, rest, asked } = await bench({
      'DELETE /fapi/v1/algoOrder': () => GONE,
      'GET /fapi/v1/algoOrder': () => ({
        json: algoAnswer({ algoStatus: 'TRIGGERED', actualOrderId: '8389765739703625592' }),
      }),
      'DELETE /fapi/v1/order': () => ({
        json: orderAnswer({ orderId: 5, clientOrderId: 'x', status: 'CANCELED', side: 'SELL' }),
      }),
    })
    expect(await venue.cancel(refOf(stopRequest(), { venueOrderId: '7' }))).toMatchObject({
      outcome: 'acknowledged',
      clientOrderId: 'tb-stop',
      report: { clientOrderId: 'tb-stop', orderId: '7', childOrderId: '5', status: 'cancelled' },
    })
    expect(asked()).toEqual(['DELETE /fapi/v1/algoOrder', 'GET /fapi/v1/algoOrder', 'DELETE /fapi/v1/order'])
    expect(businessOf(rest.seen.at(-1)!)).toEqual({ symbol: 'BTCUSDT', orderId: '8389765739703625592' })
  })

  it.each([
    ['is nowhere', () => NOT_FOUND],
    ['waits no more and became nothing', () => ({ json: algoAnswer({ algoStatus: 'CANCELED', actualOrderId: '' }) })],
    ['cannot be asked for', () => ({ status: 502, text: '' })],
  ] as const)('a stop that %s is a reason to look, no success', async (_name, look) => {
    const { venue } = await bench({ 'DELETE /fapi/v1/algoOrder': () => GONE, 'GET /fapi/v1/algoOrder': look })
    expect(await venue.cancel(refOf(stopRequest()))).toMatchObject({
      outcome: 'refused',
      reason: 'unknown-order',
      code: '-2011',
    })
  })

  it('many goes in batches of ten per symbol', async () => {
    const { venue, rest, asked } = await bench({
      'DELETE /fapi/v1/batchOrders': ({ params }) => ({
        json: (JSON.parse(params.get('origClientOrderIdList') ?? '[]') as string[]).map((clientOrderId, index) =>
          index === 0
            ? { code: -2011, msg: 'Unknown order sent.' }
            : orderAnswer({ clientOrderId, status: 'CANCELED' }),
        ),
      }),
      'DELETE /fapi/v1/order': ({ params }) => ({
        json: orderAnswer({ clientOrderId: params.get('origClientOrderId'), status: 'CANCELED' }),
      }),
      'DELETE /fapi/v1/algoOrder': () => ({ json: { code: '200', msg: 'success' } }),
    })
    const orders = Array.from({ length: 11 }, (_, index) => refOf(entryRequest({ clientOrderId: `tb-${index}` })))
    const results = await venue.cancelMany([...orders.slice(0, 5), refOf(stopRequest()), ...orders.slice(5)])
    expect([...asked()].sort()).toEqual([
      'DELETE /fapi/v1/algoOrder',
      'DELETE /fapi/v1/batchOrders',
      'DELETE /fapi/v1/order',
    ])
    expect(
      rest.seen.find(({ path }) => path.endsWith('batchOrders'))?.params.get('origClientOrderIdList'),
    ).not.toContain(' ')
    expect(
      results.map((result) => (result.outcome === 'acknowledged' ? result.clientOrderId : result.outcome)),
    ).toEqual(['refused', 'tb-1', 'tb-2', 'tb-3', 'tb-4', 'tb-stop', 'tb-5', 'tb-6', 'tb-7', 'tb-8', 'tb-9', 'tb-10'])
  })

  it('all takes both calls, and is done only when both are', async () => {
    const done = { json: { code: 200, msg: 'The operation of cancel all open order is done.' } }
    const routes: Routes = { 'DELETE /fapi/v1/allOpenOrders': () => done, 'DELETE /fapi/v1/algoOpenOrders': () => done }
    const { venue, rest, asked } = await bench(routes)
    expect(await venue.cancelAll('BTCUSDT')).toMatchObject({ outcome: 'acknowledged' })
    expect([...asked()].sort()).toEqual(['DELETE /fapi/v1/algoOpenOrders', 'DELETE /fapi/v1/allOpenOrders'])
    rest.script = ({ path }) =>
      path.endsWith('algoOpenOrders')
        ? { status: 503, text: 'Unknown error, please check your request or try again later.' }
        : done
    expect(await venue.cancelAll('BTCUSDT')).toMatchObject({ outcome: 'unknown' })
  })
})

describe('changing', () => {
  it('a limit order names price and quantity', async () => {
    const { venue, rest } = await bench({ 'PUT /fapi/v1/order': () => ({ json: orderAnswer({ price: '50100' }) }) })
    const change = {
      order: refOf(entryRequest()),
      orderSide: 'BUY',
      positionSide: 'BOTH',
      price: '50100',
      quantity: '0.003',
    } as const
    expect(await venue.modify(change)).toMatchObject({ outcome: 'acknowledged', report: { status: 'acknowledged' } })
    expect(businessOf(rest.seen.at(-1)!)).toEqual({
      origClientOrderId: 'tb-1',
      symbol: 'BTCUSDT',
      side: 'BUY',
      quantity: '0.003',
      price: '50100',
    })
    rest.script = () => ({ status: 400, json: { code: -5027, msg: 'No need to modify the order.' } })
    expect(await venue.modify(change)).toMatchObject({ outcome: 'acknowledged' })
    expect(await venue.modify({ ...change, order: refOf(stopRequest()) })).toMatchObject({
      outcome: 'not-sent',
      reason: 'invalid',
    })
  })

  it.each([
    [{ json: { symbol: 'BTCUSDT', leverage: 5, maxNotionalValue: '1' } }, { outcome: 'acknowledged' }],
    [{ json: { symbol: 'BTCUSDT', leverage: 3, maxNotionalValue: '1' } }, { outcome: 'refused', reason: 'risk-limit' }],
    [
      { status: 400, json: { code: -4028, msg: 'Leverage 5 is not valid' } },
      { outcome: 'refused', reason: 'invalid', isPermanent: true },
    ],
    [
      { status: 400, json: { code: -4161, msg: 'Leverage reduction is not supported' } },
      { outcome: 'refused', reason: 'risk-limit' },
    ],
  ] as const)('the leverage to 5: %j', async (answer, expected) => {
    const { venue } = await bench({ 'POST /fapi/v1/leverage': () => answer })
    expect(await venue.setLeverage('BTCUSDT', 5)).toMatchObject(expected)
  })
})
