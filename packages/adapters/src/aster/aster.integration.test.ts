import { secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { formatMoney, formatQuantity } from '@tranchebook/core'
import { afterEach, describe, expect, it } from 'vitest'
import { AGENT, AGENT_KEY, benchAster } from '../../test/aster-bench.js'
import type { VenueBench } from '../../test/binance-bench.js'
import { createCollector } from '../../test/collect.js'
import type { SeenRequest } from '../../test/rest-server.js'
import { businessOf, orderAnswer, type Routes } from '../../test/routes.js'
import { orderMessage, tradeMessage } from '../../test/stream-messages.js'
import { entryRequest, refOf, stopRequest } from '../../test/venue-orders.js'
import { Secret } from '../transport/secret.js'
import type { AccountEvent } from '../venue/account-event.js'
import type { OrderRequest } from '../venue/order-request.js'
import { messageDigest } from './typed-message.js'

const NOW = 1_700_000_000_000
const benches: VenueBench[] = []

afterEach(async () => {
  await Promise.all(benches.splice(0).map((opened) => opened.close()))
})

async function bench(routes: Routes, options: Parameters<typeof benchAster>[1] = {}): Promise<VenueBench> {
  const opened = await benchAster(routes, options)
  benches.push(opened)
  return opened
}

const stopAnswer = (fields: Record<string, unknown> = {}) =>
  orderAnswer({
    clientOrderId: 'tb-stop',
    type: 'STOP_MARKET',
    origType: 'STOP_MARKET',
    side: 'SELL',
    stopPrice: '49000',
    price: '0',
    ...fields,
  })
const accept: Routes = {
  'POST /fapi/v3/order': ({ params }) => ({
    json: orderAnswer({
      clientOrderId: params.get('newClientOrderId'),
      type: params.get('type'),
      origType: params.get('type'),
      stopPrice: params.get('stopPrice') ?? '0',
    }),
  }),
}
const GONE = { status: 400, json: { code: -2011, msg: 'Unknown order sent.' } } as const
const NOT_FOUND = { status: 400, json: { code: -2013, msg: 'Order does not exist.' } } as const

/** Who signed a request, recovered from what was sent. */
function signerOf({ body, method, params }: SeenRequest): string {
  const text = method === 'GET' ? params.toString() : body
  const [msg = '', signature = ''] = text.split('&signature=')
  const bytes = hexToBytes(signature.slice(2))
  const recovered = Uint8Array.of((bytes[64] ?? 27) - 27, ...bytes.subarray(0, 64))
  const key = secp256k1.Signature.fromBytes(recovered, 'recovered').recoverPublicKey(messageDigest(msg, 1666))
  return `0x${bytesToHex(keccak_256(key.toBytes(false).subarray(1)).subarray(-20))}`
}

describe('an agent of a wallet', () => {
  it.each<readonly [string, OrderRequest, Record<string, string>]>([
    [
      'a limit order',
      entryRequest(),
      {
        side: 'BUY',
        positionSide: 'BOTH',
        type: 'LIMIT',
        timeInForce: 'GTC',
        quantity: '0.002',
        price: '50000',
        newClientOrderId: 'tb-1',
      },
    ],
    [
      'a stop',
      stopRequest(),
      {
        side: 'SELL',
        positionSide: 'BOTH',
        type: 'STOP_MARKET',
        quantity: '0.002',
        reduceOnly: 'true',
        stopPrice: '49000',
        workingType: 'MARK_PRICE',
        newClientOrderId: 'tb-stop',
      },
    ],
    [
      'a stop that closes a hedge position',
      stopRequest({ positionSide: 'LONG', closePosition: true, quantity: null }),
      {
        side: 'SELL',
        positionSide: 'LONG',
        type: 'STOP_MARKET',
        stopPrice: '49000',
        closePosition: 'true',
        workingType: 'MARK_PRICE',
        newClientOrderId: 'tb-stop',
      },
    ],
    [
      'a trailing stop',
      stopRequest({ orderType: 'TRAILING_STOP_MARKET', triggerPrice: '51000' }, { callbackPercent: '0.5' }),
      {
        side: 'SELL',
        positionSide: 'BOTH',
        type: 'TRAILING_STOP_MARKET',
        quantity: '0.002',
        reduceOnly: 'true',
        activationPrice: '51000',
        callbackRate: '0.5',
        workingType: 'MARK_PRICE',
        newClientOrderId: 'tb-stop',
      },
    ],
  ])('sends %s to the one order service, signed as sent', async (_name, request, expected) => {
    const { venue, rest, asked } = await bench(accept)
    expect(await venue.submit(request)).toMatchObject({
      outcome: 'acknowledged',
      venueOrderId: '11',
      report: { status: 'acknowledged' },
    })
    expect(asked()).toEqual(['POST /fapi/v3/order'])
    const sent = rest.seen.at(-1)!
    expect(businessOf(sent)).toEqual({ symbol: 'BTCUSDT', newOrderRespType: 'ACK', ...expected })
    expect([sent.params.get('timestamp'), sent.params.get('recvWindow'), sent.headers['x-mbx-apikey']]).toEqual([
      null,
      null,
      undefined,
    ])
    expect(sent.params.get('nonce')).toBe(String(NOW * 1_000))
    expect(signerOf(sent)).toBe(AGENT.toLowerCase())
  })

  it('signs questions in the query', async () => {
    const { venue, rest } = await bench({ 'GET /fapi/v3/openOrders': () => ({ json: [stopAnswer()] }) })
    expect(await venue.fetchOpenOrders('BTCUSDT')).toMatchObject([
      { clientOrderId: 'tb-stop', isConditional: true, childOrderId: null, triggerPrice: 49_000_000_000_000_000n },
    ])
    expect(signerOf(rest.seen.at(-1)!)).toBe(AGENT.toLowerCase())
  })

  it('takes a new nonce by the venue clock when the old one has expired', async () => {
    let refusals = 1
    const { venue, rest } = await bench({
      'POST /fapi/v3/order': () => {
        refusals -= 1
        return refusals < 0 ? { json: orderAnswer({}) } : { status: 400, json: { code: -4225, msg: 'Nonce Expired' } }
      },
    })
    expect(await venue.submit(entryRequest())).toMatchObject({ outcome: 'acknowledged' })
    const nonces = rest.seen
      .filter(({ method }) => method === 'POST')
      .map(({ params }) => Number(params.get('nonce')) - NOW * 1_000)
    expect(nonces).toEqual([0, 1])
  })

  it('kills an order of unknown outcome in flight, with its own nonce', async () => {
    const { venue, rest, asked } = await bench({
      'POST /fapi/v3/order': () => ({ status: 503, text: 'Service Unavailable.' }),
      'POST /fapi/v3/noop': () => ({ json: { code: 200, msg: 'success' } }),
      'DELETE /fapi/v3/guardedCancelOrder': () => ({ json: orderAnswer({ status: 'CANCELED' }) }),
      'DELETE /fapi/v3/order': () => GONE,
    })
    expect(await venue.submit(entryRequest())).toMatchObject({ outcome: 'unknown', code: 'http-503' })
    expect(await venue.cancel(refOf(entryRequest()))).toMatchObject({
      outcome: 'acknowledged',
      report: { status: 'cancelled' },
    })
    expect(asked()).toEqual(['POST /fapi/v3/order', 'POST /fapi/v3/noop', 'DELETE /fapi/v3/guardedCancelOrder'])
    expect(new Set(rest.seen.slice(-3).map(({ params }) => params.get('nonce')))).toEqual(
      new Set([String(NOW * 1_000)]),
    )
    expect(businessOf(rest.seen.at(-1)!)).toEqual({ symbol: 'BTCUSDT', origClientOrderId: 'tb-1' })
    expect(await venue.cancel(refOf(entryRequest()))).toMatchObject({ outcome: 'refused', reason: 'unknown-order' })
    expect(asked().at(-1)).toBe('DELETE /fapi/v3/order')
  })

  it.each([
    ['expired', { code: -4225, msg: 'Nonce Expired' }],
    ['unknown in a new way', { code: -4299, msg: 'Nonce is stale' }],
  ])('cancels an order that landed after all although its nonce is %s', async (_name, refusal) => {
    const { venue, asked } = await bench({
      'POST /fapi/v3/order': () => ({ status: 503, text: 'Service Unavailable.' }),
      'POST /fapi/v3/noop': () => ({ status: 400, json: refusal }),
      'DELETE /fapi/v3/guardedCancelOrder': () => ({ status: 400, json: refusal }),
      'DELETE /fapi/v3/order': () => ({ json: orderAnswer({ status: 'CANCELED' }) }),
    })
    await venue.submit(entryRequest())
    expect(await venue.cancel(refOf(entryRequest()))).toMatchObject({
      outcome: 'acknowledged',
      report: { status: 'cancelled' },
    })
    expect(asked().at(-1)).toBe('DELETE /fapi/v3/order')
  })

  it.each([
    ['withdrawn', () => ({ json: stopAnswer({ status: 'CANCELED' }) }), { outcome: 'refused', reason: 'invalid' }],
    ['in doubt when it could not be', () => GONE, { outcome: 'unknown' }],
  ] as const)('a stop at another trigger price than asked for is %s', async (_name, cancel, expected) => {
    const { venue, asked } = await bench({
      'POST /fapi/v3/order': () => ({ json: stopAnswer({ stopPrice: '0' }) }),
      'DELETE /fapi/v3/order': cancel,
    })
    expect(await venue.submit(stopRequest())).toMatchObject({ ...expected, code: 'trigger-mismatch' })
    expect(asked()).toEqual(['POST /fapi/v3/order', 'DELETE /fapi/v3/order'])
  })

  it('goes on after its clock was an hour ahead', async () => {
    let ahead = 3_600_000
    const { venue, rest, clock } = await bench({
      'POST /fapi/v3/order': ({ params }) =>
        Math.abs(Number(params.get('nonce')) / 1_000 - clock.now()) <= 10_000
          ? { json: orderAnswer({}) }
          : { status: 400, json: { code: -4225, msg: 'Nonce Expired' } },
    })
    const script = rest.script
    rest.script = (request) =>
      request.path.endsWith('/time') ? { json: { serverTime: clock.now() + ahead } } : script(request)
    await venue.syncClock()
    ahead = 0
    expect(await venue.submit(entryRequest())).toMatchObject({ outcome: 'acknowledged' })
  })

  it('says that it can cancel in flight, and a key of the older kind that it cannot', async () => {
    const { venue } = await bench({})
    const older = await bench({}, { key: { apiKey: new Secret('canary-key'), apiSecret: new Secret('canary-secret') } })
    expect([venue, older.venue].map(({ capabilities }) => capabilities)).toMatchObject([
      { canCancelInFlight: true, acceptWindowMs: 60_000 },
      { canCancelInFlight: false, acceptWindowMs: 5_000 },
    ])
  })

  it('cannot sign with a key that is none, sends nothing and does not show it', async () => {
    const { venue, asked } = await bench(accept, { key: { agentKey: new Secret('0xcanary-not-a-key') } })
    const result = await venue.submit(entryRequest())
    expect(result).toMatchObject({ outcome: 'not-sent', reason: 'invalid' })
    expect(JSON.stringify(result)).not.toContain('canary')
    expect(asked()).toEqual([])
  })

  it('goes in batches, with its own answer for each order', async () => {
    const { venue, rest } = await bench({
      'POST /fapi/v3/batchOrders': () => ({
        json: [orderAnswer({}), { code: -2021, msg: 'Order would immediately trigger.' }],
      }),
      'DELETE /fapi/v3/batchOrders': () => ({
        json: [orderAnswer({ status: 'CANCELED' }), { code: -2011, msg: 'Unknown order sent.' }],
      }),
      'DELETE /fapi/v3/allOpenOrders': () => ({
        json: { code: '200', msg: 'The operation of cancel all open order is done.' },
      }),
    })
    const takeProfit = entryRequest({ purpose: 'takeProfit' })
    const placed = await venue.submitMany([takeProfit, stopRequest()])
    expect(placed.map(({ outcome }) => outcome)).toEqual(['acknowledged', 'refused'])
    expect(signerOf(rest.seen.at(-1)!)).toBe(AGENT.toLowerCase())
    const cancelled = await venue.cancelMany([refOf(entryRequest()), refOf(stopRequest())])
    expect(cancelled.map(({ outcome }) => outcome)).toEqual(['acknowledged', 'refused'])
    expect(await venue.cancelAll('BTCUSDT')).toMatchObject({ outcome: 'acknowledged' })
  })

  it('goes one by one where the venue does not take the signature of a list', async () => {
    const refused = { status: 400, json: { code: -1022, msg: 'Signature for this request is not valid.' } } as const
    const { venue, asked } = await bench({
      ...accept,
      'POST /fapi/v3/batchOrders': () => refused,
      'DELETE /fapi/v3/batchOrders': () => refused,
      'DELETE /fapi/v3/order': ({ params }) => ({
        json: orderAnswer({ clientOrderId: params.get('origClientOrderId'), status: 'CANCELED' }),
      }),
    })
    const orders = ['tb-1', 'tb-2'].map((clientOrderId) => entryRequest({ clientOrderId }))
    expect((await venue.submitMany(orders)).map(({ outcome }) => outcome)).toEqual(['acknowledged', 'acknowledged'])
    const cancelled = await venue.cancelMany(orders.map((order) => refOf(order)))
    expect(cancelled.map(({ outcome }) => outcome)).toEqual(['acknowledged', 'acknowledged'])
    expect(asked()).toHaveLength(6)
  })

  it('changes a limit order and the leverage', async () => {
    const { venue, rest } = await bench({
      'PUT /fapi/v3/order': () => ({ json: orderAnswer({}) }),
      'POST /fapi/v3/leverage': () => ({ json: { symbol: 'BTCUSDT', leverage: 7, maxNotionalValue: '1' } }),
    })
    const change = {
      order: refOf(entryRequest()),
      orderSide: 'BUY',
      positionSide: 'BOTH',
      price: '1',
      quantity: '2',
    } as const
    expect(await venue.modify(change)).toMatchObject({ outcome: 'acknowledged' })
    expect(businessOf(rest.seen.at(-1)!)).toEqual({
      origClientOrderId: 'tb-1',
      symbol: 'BTCUSDT',
      side: 'BUY',
      quantity: '2',
      price: '1',
    })
    expect(await venue.setLeverage('BTCUSDT', 7)).toMatchObject({ outcome: 'acknowledged' })
  })
})

describe('what the venue shows', () => {
  it.each([
    ['waits', stopAnswer(), { status: 'acknowledged', childOrderId: null }],
    ['has triggered', stopAnswer({ type: 'MARKET' }), { status: 'triggered', childOrderId: '11' }],
    [
      'is filled',
      stopAnswer({ type: 'MARKET', status: 'FILLED', executedQty: '0.002' }),
      { status: 'filled', childOrderId: '11' },
    ],
    ['has expired', stopAnswer({ status: 'EXPIRED' }), { status: 'expired', childOrderId: null }],
  ])('of a stop that %s', async (_name, answer, expected) => {
    const { venue } = await bench({ 'GET /fapi/v3/order': () => ({ json: answer }) })
    expect(await venue.findOrder(refOf(stopRequest()))).toMatchObject({
      type: 'found',
      report: { clientOrderId: 'tb-stop', orderId: '11', ...expected },
    })
  })

  it('is nothing when it shows nothing under either id', async () => {
    const { venue, rest } = await bench({ 'GET /fapi/v3/order': () => NOT_FOUND })
    expect(await venue.findOrder(refOf(stopRequest(), { venueOrderId: '5' }))).toMatchObject({ type: 'notFound' })
    expect(rest.seen.slice(-2).map(businessOf)).toEqual([
      { symbol: 'BTCUSDT', origClientOrderId: 'tb-stop' },
      { symbol: 'BTCUSDT', orderId: '5' },
    ])
  })

  it('are positions with zero rows, trades with fees of either sign, and funding', async () => {
    const row = {
      id: 3,
      orderId: 11,
      symbol: 'BTCUSDT',
      side: 'SELL',
      positionSide: 'BOTH',
      price: '1',
      qty: '2',
      commission: '-0.0781',
      commissionAsset: 'USDT',
      maker: false,
      time: NOW,
    }
    const { venue } = await bench({
      'GET /fapi/v3/positionSide/dual': () => ({ json: { dualSidePosition: false } }),
      'GET /fapi/v3/positionRisk': () => ({
        json: [
          {
            symbol: 'BTCUSDT',
            positionSide: 'BOTH',
            positionAmt: '-0.5',
            entryPrice: '1',
            markPrice: '1',
            leverage: '5',
            marginType: 'cross',
          },
        ],
      }),
      'GET /fapi/v3/userTrades': () => ({ json: [row] }),
      'GET /fapi/v3/order': () => ({ json: orderAnswer({ clientOrderId: 'tb-9' }) }),
      'GET /fapi/v3/income': () => ({
        json: [
          {
            symbol: 'BTCUSDT',
            incomeType: 'FUNDING_FEE',
            income: '-0.1',
            asset: 'USDT',
            time: NOW,
            tranId: 1,
            tradeId: '',
          },
        ],
      }),
    })
    expect((await venue.fetchPositions(['BTCUSDT'])).map(({ quantity }) => formatQuantity(quantity))).toEqual(['-0.5'])
    const { fills } = await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: '3', since: null })
    expect(fills.map(({ fee, clientOrderId }) => [fee === null ? null : formatMoney(fee), clientOrderId])).toEqual([
      ['0.0781', 'tb-9'],
    ])
    const { payments } = await venue.fetchFunding({ symbol: 'BTCUSDT', afterId: null, since: NOW - 1_000 })
    expect(payments.map(({ amount }) => formatMoney(amount))).toEqual(['-0.1'])
  })
})

it('leaves a fresh trade whose order is not found yet to the next question', async () => {
  let isFound = false
  const trade = { id: 3, orderId: 11, symbol: 'BTCUSDT', side: 'BUY', positionSide: 'BOTH', price: '1', qty: '2' }
  const { venue } = await bench({
    'GET /fapi/v3/userTrades': () => ({ json: [{ ...trade, maker: false, time: NOW - 10 }] }),
    'GET /fapi/v3/order': () => (isFound ? { json: orderAnswer({ clientOrderId: 'tb-9' }) } : NOT_FOUND),
  })
  const request = { symbol: 'BTCUSDT', afterId: '3', since: null }
  expect((await venue.fetchTrades(request)).fills).toEqual([])
  isFound = true
  expect((await venue.fetchTrades(request)).fills).toMatchObject([{ tradeId: '3', clientOrderId: 'tb-9' }])
})

it.each([
  ['lists it', () => ({ json: [orderAnswer({ clientOrderId: 'autoclose-9' })] }), 'liquidation'],
  ['has no such list', () => ({ status: 404, text: '' }), 'trade'],
] as const)('tells a liquidation that no look finds where the venue %s', async (_what, forceOrders, kind) => {
  const trade = { id: 3, orderId: 11, symbol: 'BTCUSDT', side: 'BUY', positionSide: 'BOTH', price: '1', qty: '2' }
  const { venue } = await bench({
    'GET /fapi/v3/userTrades': () => ({ json: [{ ...trade, maker: false, time: NOW - 60_000 }] }),
    'GET /fapi/v3/order': () => NOT_FOUND,
    'GET /fapi/v3/forceOrders': forceOrders,
  })
  const { fills } = await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: '3', since: null })
  expect(fills).toMatchObject([{ tradeId: '3', kind }])
})

describe('the account stream', () => {
  it('needs a signed key, uses no split path, and looks at a stop that has ended without a word', async () => {
    const { venue, rest, streams, clock } = await bench({
      'POST /fapi/v3/listenKey': () => ({ json: { listenKey: 'key-1' } }),
      'GET /fapi/v3/order': () => ({
        json: stopAnswer({
          orderId: 900,
          clientOrderId: 'tb-stop',
          type: 'MARKET',
          status: 'FILLED',
          executedQty: '0.002',
        }),
      }),
    })
    const events = createCollector<AccountEvent>()
    const stream = venue.streamAccount(events.listen)
    const { path, socket } = await streams.connection(1)
    await stream.opened
    expect(path).toBe('/ws/key-1')
    expect(signerOf(rest.seen.find(({ method }) => method === 'POST')!)).toBe(AGENT.toLowerCase())
    stream.resume(1)
    const stop = { i: 900, c: 'tb-stop', ot: 'STOP_MARKET' }
    socket.send(orderMessage({ ...stop, o: 'STOP_MARKET' }))
    await events.count(3)
    socket.send(orderMessage({ ...stop, o: 'STOP_MARKET', x: 'EXPIRED', X: 'EXPIRED' }))
    socket.send(orderMessage({ i: 901, c: 'other' }))
    await events.count(4)
    clock.advance(2_000)
    await events.count(5)
    socket.send(tradeMessage(stop))
    await events.count(7)
    expect(
      events.items
        .slice(2)
        .map((event) => (event.type === 'order' ? `${event.clientOrderId} ${event.status}` : event.type)),
    ).toEqual(['tb-stop acknowledged', 'other acknowledged', 'tb-stop filled', 'fill', 'tb-stop filled'])
  })
})

describe('a key of the older kind', () => {
  it('signs as the other venue does, on paths of its own', async () => {
    const key = { apiKey: new Secret('canary-key'), apiSecret: new Secret('canary-secret') }
    const { venue, rest, asked } = await bench(
      {
        'POST /fapi/v1/order': () => ({ json: stopAnswer() }),
        'GET /fapi/v1/positionSide/dual': () => ({ json: { dualSidePosition: true } }),
        'GET /fapi/v2/positionRisk': () => ({ json: [] }),
        'POST /fapi/v1/listenKey': () => ({ json: { listenKey: 'key-1' } }),
      },
      { key },
    )
    expect(await venue.submit(stopRequest())).toMatchObject({ outcome: 'acknowledged' })
    expect(rest.seen.at(-1)?.params.get('signature')).toMatch(/^[0-9a-f]{64}$/)
    expect(rest.seen.at(-1)?.headers['x-mbx-apikey']).toBe('canary-key')
    expect(await venue.fetchPositions(['BTCUSDT'])).toHaveLength(2)
    await venue.streamAccount(() => undefined).opened
    expect(rest.seen.at(-1)?.params.get('signature')).toBeNull()
    expect(asked()).toEqual([
      'POST /fapi/v1/order',
      'GET /fapi/v1/positionSide/dual',
      'GET /fapi/v2/positionRisk',
      'POST /fapi/v1/listenKey',
    ])
  })
})

it('never sends the agent key anywhere', async () => {
  const { venue, rest } = await bench(accept)
  await venue.submit(entryRequest())
  expect(JSON.stringify(rest.seen.map(({ body, headers, path }) => [body, headers, path]))).not.toContain(
    AGENT_KEY.slice(2),
  )
})
