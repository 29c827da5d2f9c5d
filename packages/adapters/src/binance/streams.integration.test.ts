import { formatPrice } from '@tranchebook/core'
import { afterEach, describe, expect, it } from 'vitest'
import { benchBinance, type VenueBench } from '../../test/binance-bench.js'
import { createCollector } from '../../test/collect.js'
import { algoAnswer, orderAnswer, type Routes } from '../../test/routes.js'
import { algoMessage, orderMessage, tradeMessage } from '../../test/stream-messages.js'
import { roundTrip } from '../../test/stream-server.js'
import { entryRequest, stopRequest } from '../../test/venue-orders.js'
import type { AccountEvent, MarketEvent } from '../venue/account-event.js'

const benches: VenueBench[] = []

afterEach(async () => {
  await Promise.all(benches.splice(0).map((opened) => opened.close()))
})

async function bench(routes: Routes, options: Parameters<typeof benchBinance>[1] = {}): Promise<VenueBench> {
  const opened = await benchBinance(routes, options)
  benches.push(opened)
  return opened
}

interface ListenKeys {
  readonly routes: Routes
  extend: 'done' | 'gone'
}

/** Keys that are handed out one after another. */
function listenKeys(): ListenKeys {
  let given = 0
  const keys: ListenKeys = {
    extend: 'done',
    routes: {
      'POST /fapi/v1/listenKey': () => {
        given += 1
        return { json: { listenKey: `listen-key-${given}` } }
      },
      'PUT /fapi/v1/listenKey': () =>
        keys.extend === 'done'
          ? { json: {} }
          : { status: 400, json: { code: -1125, msg: 'This listenKey does not exist.' } },
    },
  }
  return keys
}

const isResync = (event: AccountEvent): event is Extract<AccountEvent, { type: 'resyncNeeded' }> =>
  event.type === 'resyncNeeded'
const typesOf = (events: readonly AccountEvent[]): readonly string[] => events.map(({ type }) => type)

describe('the account stream', () => {
  it('uses the private path, asks for a resynchronisation first and holds what comes until it is over', async () => {
    const { venue, streams, rest } = await bench(listenKeys().routes)
    const events = createCollector<AccountEvent>()
    const stream = venue.streamAccount(events.listen)
    await stream.opened
    const { path, socket } = await streams.connection(1)
    expect(path).toBe('/private/ws/listen-key-1')
    expect(rest.seen[0]).toMatchObject({
      method: 'POST',
      path: '/fapi/v1/listenKey',
      headers: { 'x-mbx-apikey': 'canary-api-key-0001' },
    })
    const resync = await events.first(isResync)
    expect(resync).toMatchObject({ resync: 1, since: null, reason: 'first connection' })
    socket.send(algoMessage({ X: 'NEW' }))
    socket.send('no JSON, and so a sign that the first one has arrived')
    socket.send(orderMessage({ i: 1 }))
    await roundTrip(socket)
    expect(typesOf(events.items)).toEqual(['connected', 'resyncNeeded'])
    stream.resume(resync.resync)
    // What was not understood may have happened after the look.
    expect(typesOf(events.items)).toEqual(['connected', 'resyncNeeded', 'order', 'quarantined', 'resyncNeeded'])
  })

  it('connects again with a key after a cut, and lets nothing pass before it is resynchronised', async () => {
    const { venue, streams, clock } = await bench(listenKeys().routes)
    const events = createCollector<AccountEvent>()
    const stream = venue.streamAccount(events.listen)
    const first = await streams.connection(1)
    await events.first(isResync)
    stream.resume(1)
    first.socket.send(tradeMessage({ i: 1, t: 5, T: 1_234 }))
    await events.count(4)
    first.socket.terminate()
    await events.first((event): event is AccountEvent => event.type === 'gap')
    clock.advance(1_000)
    const second = await streams.connection(2)
    const again = await events.first(
      (event): event is Extract<AccountEvent, { type: 'resyncNeeded' }> => isResync(event) && event.resync === 2,
    )
    expect(second.path).toBe('/private/ws/listen-key-2')
    expect(again.since).toBe(1_234)
    second.socket.send(tradeMessage({ i: 2, t: 6 }))
    await roundTrip(second.socket)
    stream.resume(1)
    expect(typesOf(events.items)).toEqual([
      'connected',
      'resyncNeeded',
      'fill',
      'order',
      'gap',
      'connected',
      'resyncNeeded',
    ])
    stream.resume(2)
    expect(typesOf(events.items).slice(7)).toEqual(['fill', 'order'])
  })

  it.each(['the venue says so', 'it cannot be extended'])(
    'takes a new key when the old one has expired: %s',
    async (how) => {
      const keys = listenKeys()
      const { venue, streams, clock, rest } = await bench(keys.routes)
      const events = createCollector<AccountEvent>()
      venue.streamAccount(events.listen)
      const first = await streams.connection(1)
      await events.first(isResync)
      if (how === 'the venue says so') {
        first.socket.send('{"e":"listenKeyExpired","E":1736996475556,"listenKey":"listen-key-1"}')
      } else {
        keys.extend = 'gone'
        const asked = rest.received(rest.seen.length + 1)
        first.socket.ping()
        for (let minutes = 0; minutes < 25; minutes += 1) {
          await roundTrip(first.socket)
          clock.advance(60_000)
        }
        await asked
      }
      const gap = await events.first((event): event is Extract<AccountEvent, { type: 'gap' }> => event.type === 'gap')
      expect(gap.reason).toMatch(/the listen key (has expired|is not valid any more)/)
      clock.advance(1_000)
      expect((await streams.connection(2)).path).toBe('/private/ws/listen-key-2')
    },
  )

  it('cannot stand with a wrong key, says so, and tries no more', async () => {
    const { venue, rest, clock } = await bench({
      'POST /fapi/v1/listenKey': () => ({ status: 401, json: { code: -2014, msg: 'API-key format invalid.' } }),
    })
    const events = createCollector<AccountEvent>()
    await expect(venue.streamAccount(events.listen).opened).rejects.toMatchObject({
      name: 'VenueError',
      code: 'venue.credentials.refused',
    })
    clock.advance(600_000)
    expect(rest.seen).toHaveLength(1)
    expect(events.items).toEqual([])
  })

  it('asks for a look when a stop has finished without naming its child', async () => {
    const { venue, streams } = await bench(listenKeys().routes)
    const events = createCollector<AccountEvent>()
    const stream = venue.streamAccount(events.listen)
    const { socket } = await streams.connection(1)
    await events.first(isResync)
    stream.resume(1)
    socket.send(algoMessage({ X: 'FINISHED' }))
    const doubt = await events.first(
      (event): event is Extract<AccountEvent, { type: 'resyncNeeded' }> => isResync(event) && event.resync === 2,
    )
    expect(doubt.reason).toBe('tb-stop-1 finished without naming its child')
  })

  it('does not wait for a stop that the venue has refused', async () => {
    const { venue, streams, asked } = await bench({
      ...listenKeys().routes,
      'POST /fapi/v1/algoOrder': () => ({
        status: 400,
        json: { code: -2021, msg: 'Order would immediately trigger.' },
      }),
    })
    const events = createCollector<AccountEvent>()
    const stream = venue.streamAccount(events.listen)
    const { socket } = await streams.connection(1)
    await events.first(isResync)
    stream.resume(1)
    expect(await venue.submit(stopRequest())).toMatchObject({ outcome: 'refused', reason: 'would-trigger' })
    socket.send(tradeMessage({ i: 5 }))
    await roundTrip(socket)
    expect(typesOf(events.items)).toEqual(['connected', 'resyncNeeded', 'fill', 'order'])
    expect(asked()).not.toContain('GET /fapi/v1/algoOrder')
  })

  it('knows the child of a stop that the venue had neither listed nor found', async () => {
    const { venue, streams, clock } = await bench({
      ...listenKeys().routes,
      'POST /fapi/v1/algoOrder': () => ({ json: algoAnswer({}) }),
      'GET /fapi/v1/openOrders': () => ({ json: [] }),
      'GET /fapi/v1/openAlgoOrders': () => ({ json: [] }),
      'GET /fapi/v1/algoOrder': () => ({ status: 400, json: { code: -2013, msg: 'Order does not exist.' } }),
    })
    const events = createCollector<AccountEvent>()
    const stream = venue.streamAccount(events.listen)
    const { socket } = await streams.connection(1)
    await events.first(isResync)
    stream.resume(1)
    expect(await venue.submit(stopRequest())).toMatchObject({ outcome: 'acknowledged' })
    await venue.fetchOpenOrders('BTCUSDT')
    socket.send(tradeMessage({ i: 5 }))
    socket.send(algoMessage({ X: 'TRIGGERED', caid: 'tb-stop', ai: '5' }))
    await events.first((event): event is Extract<AccountEvent, { type: 'fill' }> => event.type === 'fill')
    expect(events.items.find((event) => event.type === 'fill')).toMatchObject({ clientOrderId: 'tb-stop' })
    expect(clock.now()).toBe(1_700_000_000_000)
  })

  it('asks for the stop behind an order that nobody knows with one list, however many stops wait', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `tb-stop-${index}`)
    const { venue, streams, asked, clock } = await bench({
      ...listenKeys().routes,
      'GET /fapi/v1/openAlgoOrders': () => ({
        json: names.filter((name) => name !== 'tb-stop-7').map((clientAlgoId) => algoAnswer({ clientAlgoId })),
      }),
      'GET /fapi/v1/algoOrder': ({ params }) => ({
        json: algoAnswer({ clientAlgoId: params.get('clientAlgoId'), algoStatus: 'TRIGGERED', actualOrderId: '5' }),
      }),
    })
    const events = createCollector<AccountEvent>()
    const stream = venue.streamAccount(events.listen)
    const { socket } = await streams.connection(1)
    await events.first(isResync)
    stream.resume(1)
    for (const caid of names) socket.send(algoMessage({ X: 'NEW', caid }))
    socket.send(tradeMessage({ i: 5 }))
    await roundTrip(socket)
    clock.advance(3_000)
    const fill = await events.first((event): event is Extract<AccountEvent, { type: 'fill' }> => event.type === 'fill')
    expect(fill).toMatchObject({ orderId: '5', clientOrderId: 'tb-stop-7' })
    expect(asked().filter((route) => route.includes('lgo'))).toEqual([
      'GET /fapi/v1/openAlgoOrders',
      'GET /fapi/v1/algoOrder',
    ])
  })

  it('can be read at another address', async () => {
    const accountStreamAddress = (base: string, key: string): string => `${base}/private/ws?listenKey=${key}`
    const { venue, streams } = await bench(listenKeys().routes, { accountStreamAddress })
    venue.streamAccount(() => undefined)
    expect((await streams.connection(1)).path).toBe('/private/ws?listenKey=listen-key-1')
  })
})

describe('the stream of marks', () => {
  const mark = (s: string, p: string, st = 1) => ({
    e: 'markPriceUpdate',
    E: 1_700_000_000_000,
    s,
    p,
    i: p,
    P: p,
    r: '0',
    T: 1,
    st,
  })

  it('uses the market path, one stream per symbol', async () => {
    const { venue, streams } = await bench({})
    const events = createCollector<MarketEvent>()
    const stream = venue.streamMarks(['BTCUSDT', 'ETHUSDT'], events.listen)
    const { path, socket } = await streams.connection(1)
    await stream.opened
    expect(path).toBe('/market/stream?streams=btcusdt@markPrice@1s/ethusdt@markPrice@1s')
    socket.send(JSON.stringify({ stream: 'btcusdt@markPrice@1s', data: mark('BTCUSDT', '50000.1') }))
    socket.send(JSON.stringify({ stream: 'btcusdt@markPrice@1s', data: mark('BTCUSDT', '0') }))
    await events.count(3)
    expect(
      events.items.map((event) => (event.type === 'mark' ? `${event.symbol} ${formatPrice(event.price)}` : event.type)),
    ).toEqual(['connected', 'BTCUSDT 50000.1', 'quarantined'])
  })

  it('reads the stream of all symbols when there are many, and of USD-M futures only', async () => {
    const symbols = Array.from({ length: 51 }, (_, index) => `S${index}USDT`)
    const { venue, streams } = await bench({})
    const events = createCollector<MarketEvent>()
    venue.streamMarks(symbols, events.listen)
    const { path, socket } = await streams.connection(1)
    expect(path).toBe('/market/stream?streams=!markPrice@arr@1s')
    const data = [mark('S0USDT', '1', 2), mark('S1USDT', '2'), mark('OTHERUSDT', '3'), mark('S50USDT', '4')]
    socket.send(JSON.stringify({ stream: '!markPrice@arr@1s', data }))
    await events.count(3)
    expect(events.items.map((event) => (event.type === 'mark' ? event.symbol : event.type))).toEqual([
      'connected',
      'S1USDT',
      'S50USDT',
    ])
  })

  it('is built again when the venue stays silent', async () => {
    const { venue, streams, clock } = await bench({})
    const events = createCollector<MarketEvent>()
    const stream = venue.streamMarks(['BTCUSDT'], events.listen)
    await streams.connection(1)
    await stream.opened
    clock.advance(5_000)
    expect(events.items).toEqual([
      { type: 'connected', time: 1_700_000_000_000 },
      { type: 'gap', time: 1_700_000_005_000, since: 1_700_000_000_000, reason: 'nothing heard for 5000 ms' },
    ])
    clock.advance(1_000)
    await streams.connection(2)
  })
})

describe('orders over the socket', () => {
  it('are the same orders, signed by name, with whole numbers as numbers', async () => {
    const { venue, streams, asked } = await bench({}, { ordersOverSocket: true })
    streams.onText = (text, { socket }) => {
      const { id, params } = JSON.parse(text) as { id: string; params: { newClientOrderId: string } }
      socket.send(
        JSON.stringify({
          id,
          status: 200,
          result: orderAnswer({ clientOrderId: params.newClientOrderId }),
          rateLimits: [],
        }),
      )
    }
    const { path, received, socket } = await streams.connection(1)
    await roundTrip(socket)
    expect(await venue.submit(entryRequest())).toMatchObject({ outcome: 'acknowledged', venueOrderId: '11' })
    expect(path).toBe('/ws-fapi/v1')
    expect(asked()).toEqual([])
    expect(JSON.parse(received[0] ?? '')).toEqual({
      id: '1',
      method: 'order.place',
      params: {
        apiKey: 'canary-api-key-0001',
        newClientOrderId: 'tb-1',
        newOrderRespType: 'ACK',
        positionSide: 'BOTH',
        price: '50000',
        quantity: '0.002',
        recvWindow: 5_000,
        selfTradePreventionMode: 'EXPIRE_MAKER',
        side: 'BUY',
        symbol: 'BTCUSDT',
        timeInForce: 'GTC',
        timestamp: 1_700_000_000_000,
        type: 'LIMIT',
        signature: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    })
  })

  it.each([
    [
      'refused',
      { status: 400, error: { code: -2019, msg: 'Margin is insufficient.' } },
      { outcome: 'refused', reason: 'margin' },
    ],
    [
      'unknown',
      { status: 408, error: { code: -1007, msg: 'Timeout waiting for response from backend server.' } },
      { outcome: 'unknown' },
    ],
  ] as const)('can be %s', async (_name, answer, expected) => {
    const { venue, streams } = await bench({}, { ordersOverSocket: true })
    streams.onText = (text, { socket }) => {
      socket.send(JSON.stringify({ id: (JSON.parse(text) as { id: string }).id, ...answer }))
    }
    const { socket } = await streams.connection(1)
    await roundTrip(socket)
    expect(await venue.submit(entryRequest())).toMatchObject(expected)
  })

  it.each(['cut', 'silent'] as const)('leave the outcome open when the connection is %s after sending', async (how) => {
    const { venue, streams, clock } = await bench({}, { ordersOverSocket: true })
    const sent = new Promise<void>((resolve) => {
      streams.onText = (_text, { socket }) => {
        if (how === 'cut') socket.terminate()
        resolve()
      }
    })
    const { socket } = await streams.connection(1)
    await roundTrip(socket)
    const result = venue.submit(entryRequest())
    await sent
    if (how === 'silent') clock.advance(5_000)
    expect(await result).toMatchObject({ outcome: 'unknown' })
  })

  it('go over REST after one that a silent socket has swallowed', async () => {
    const { venue, streams, clock, asked } = await bench(
      { 'POST /fapi/v1/order': () => ({ json: orderAnswer({}) }) },
      { ordersOverSocket: true },
    )
    const sent = new Promise<void>((resolve) => {
      streams.onText = () => {
        resolve()
      }
    })
    const { socket } = await streams.connection(1)
    await roundTrip(socket)
    const swallowed = venue.submit(entryRequest({ clientOrderId: 'tb-0' }))
    await sent
    clock.advance(5_000)
    expect(await swallowed).toMatchObject({ outcome: 'unknown' })
    expect(await venue.submit(entryRequest())).toMatchObject({ outcome: 'acknowledged' })
    expect(asked()).toEqual(['POST /fapi/v1/order'])
  })

  it('go over REST while the socket does not stand', async () => {
    const { venue, streams, asked } = await bench(
      { 'POST /fapi/v1/order': () => ({ json: orderAnswer({}) }) },
      { ordersOverSocket: true },
    )
    await streams.close()
    expect(await venue.submit(entryRequest())).toMatchObject({ outcome: 'acknowledged' })
    expect(asked()).toEqual(['POST /fapi/v1/order'])
  })
})
