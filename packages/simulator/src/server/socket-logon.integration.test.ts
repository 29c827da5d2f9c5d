import { generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { openBinance, Secret } from '@tranchebook/adapters'
import { afterEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { KEYS, request, serve } from '../../test/serve.js'
import type { ServerKeys } from './context.js'

const pair = generateKeyPairSync('ed25519')
const ED25519: ServerKeys = {
  ...KEYS,
  publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
}
const PRIVATE_KEY = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const ends: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

type Fields = Readonly<Record<string, string | number>>

function signed(fields: Fields): Fields {
  const all: Fields = { ...fields, apiKey: ED25519.apiKey, timestamp: Date.now() }
  const text = Object.keys(all)
    .toSorted()
    .map((name) => `${name}=${all[name] ?? ''}`)
    .join('&')
  return { ...all, signature: sign(null, Buffer.from(text), pair.privateKey).toString('base64') }
}

async function connect(keys: ServerKeys) {
  const { served } = await serve('binance', { keys })
  ends.push(() => served.close())
  const socket = new WebSocket(served.wsApi ?? '')
  await once(socket, 'open')
  return async (method: string, params: Fields): Promise<unknown> => {
    socket.send(JSON.stringify({ id: 1, method, params }))
    const [data] = (await once(socket, 'message')) as [Buffer]
    return JSON.parse(data.toString('utf8'))
  }
}

const order = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.002' }

it('a connection that has logged on trades without a key in each frame, until it logs off', async () => {
  const ask = await connect(ED25519)
  expect(await ask('session.status', {})).toMatchObject({ result: { apiKey: null, authorizedSince: null } })
  expect(await ask('order.place', { ...order, timestamp: Date.now() })).toMatchObject({ error: { code: -2014 } })

  expect(await ask('session.logon', signed({}))).toMatchObject({ status: 200, result: { apiKey: KEYS.apiKey } })
  expect(await ask('order.place', { ...order, timestamp: Date.now() })).toMatchObject({ result: { symbol: 'BTCUSDT' } })
  expect(await ask('order.place', { ...order, timestamp: Date.now() - 3_600_000 })).toMatchObject({
    error: { code: -1021 },
  })

  expect(await ask('session.logout', {})).toMatchObject({ result: { apiKey: null } })
  expect(await ask('order.place', { ...order, timestamp: Date.now() })).toMatchObject({ error: { code: -2014 } })
})

it('logs on with Ed25519 only, and with the right key', async () => {
  const withSecret = await connect(KEYS)
  expect(await withSecret('session.logon', signed({}))).toMatchObject({ error: { code: -4056 } })

  const ask = await connect(ED25519)
  const wrong = { ...signed({}), signature: Buffer.alloc(64).toString('base64') }
  expect(await ask('session.logon', wrong)).toMatchObject({ status: 400, error: { code: -1022 } })
})

it.each([false, true])('our adapter signs with Ed25519, over a socket: %s', async (ordersOverSocket) => {
  const { served } = await serve('binance', { keys: ED25519 })
  ends.push(() => served.close())
  const venue = openBinance({
    account: 'main',
    key: { apiKey: new Secret(KEYS.apiKey), privateKey: new Secret(PRIVATE_KEY) },
    hosts: { rest: served.rest, streams: served.ws, socketApi: served.wsApi ?? '' },
    ordersOverSocket,
  })
  ends.push(() => venue.close())

  expect(await venue.submit(request({ clientOrderId: 'E1' }))).toMatchObject({ outcome: 'acknowledged' })
  expect(await venue.fetchPositions(['BTCUSDT'])).toMatchObject([{ quantity: 20_000_000_000n }])
})

it('keys that may only look are told so when they trade', async () => {
  const { served } = await serve('binance', { keys: { ...KEYS, mayTrade: false } })
  ends.push(() => served.close())
  const venue = openBinance({
    account: 'main',
    key: { apiKey: new Secret(KEYS.apiKey), apiSecret: new Secret(KEYS.apiSecret) },
    hosts: { rest: served.rest, streams: served.ws, socketApi: served.wsApi ?? '' },
  })
  ends.push(() => venue.close())

  expect(await venue.fetchPositionMode()).toBe('ONE_WAY')
  expect(await venue.submit(request({ clientOrderId: 'E1' }))).toMatchObject({
    outcome: 'refused',
    reason: 'credentials',
    isPermanent: true,
  })
})
