import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { BINANCE_CODES } from '../binance/error-codes.js'
import { BINANCE_RATE_LIMITS } from '../binance/constants.js'
import { parseServerTime, serverTimeRequest } from '../binance/wire/server-time.js'
import { openApiSession } from '../fapi/api-session.js'
import { createQuerySigner, hmacSigner } from '../fapi/query-signer.js'
import { createManualClock, type ManualClock } from '../../test/manual-clock.js'
import { type RestScript, type RestServer, startRestServer } from '../../test/rest-server.js'
import { type ApiRequest, paramsOf } from './api-request.js'
import { Secret } from './secret.js'

const ORDER: ApiRequest = {
  method: 'POST',
  path: '/fapi/v1/order',
  params: paramsOf({ symbol: 'BTCUSDT' }),
  security: 'signed',
  cost: { weight: 0, ordersPerTenSeconds: 1, ordersPerMinute: 1 },
  priority: 'ordinary',
}
const PUBLIC: ApiRequest = { ...ORDER, security: 'none' }
const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

function openSession(origin: string, clock: ManualClock) {
  const apiKey = new Secret('canary-key-aaaa')
  const apiSecret = new Secret('canary-secret-bbbb')
  const session = openApiSession({
    account: 'main',
    origin,
    streamBase: '',
    signer: createQuerySigner({ apiKey, signText: hmacSigner(apiSecret), recvWindowMs: 5_000 }),
    secrets: [apiKey, apiSecret],
    dialect: { codes: BINANCE_CODES, isAny503Unknown: false },
    limits: BINANCE_RATE_LIMITS,
    conditionalStyle: 'separate-orders',
    serverTimeRequest,
    parseServerTime,
    connection: { clock, timeoutMs: 1_000 },
  })
  closing.push(() => session.close())
  return session
}

async function openBoth(script: RestScript) {
  const clock = createManualClock()
  const server = await startRestServer(script)
  closing.push(() => server.close())
  return { clock, server, session: openSession(server.origin, clock) }
}

const withTime =
  (clock: () => number, script: RestScript): RestScript =>
  (request) =>
    request.path === '/fapi/v1/time' ? { json: { serverTime: clock() } } : script(request)
const paths = (server: RestServer): string[] => server.seen.map(({ method, path }) => `${method} ${path}`)

describe('a client over real sockets', () => {
  it('reads the venue clock before the first signature, and signs with it', async () => {
    const { session, server, clock } = await openBoth(
      withTime(
        () => clock.now() + 3_600_000,
        () => ({ json: { orderId: 1 } }),
      ),
    )
    expect(await session.api.send(ORDER)).toMatchObject({ outcome: 'done', body: { orderId: 1 } })
    expect(paths(server)).toEqual([
      'GET /fapi/v1/time',
      'GET /fapi/v1/time',
      'GET /fapi/v1/time',
      'POST /fapi/v1/order',
    ])
    expect(server.seen[3]?.params.get('timestamp')).toBe(String(clock.now() + 3_600_000))
    expect(server.seen[3]?.headers['x-mbx-apikey']).toBe('canary-key-aaaa')
  })

  it('sets its clock and sends once more when the time stamp was refused, and no third time', async () => {
    let offset = 0
    const { session, server, clock } = await openBoth(
      withTime(
        () => clock.now() + offset,
        () => ({ status: 400, json: { code: -1021, msg: 'Timestamp for this request is outside of the recvWindow.' } }),
      ),
    )
    await session.serverClock.sync()
    offset = 3_600_000
    expect(await session.api.send(ORDER)).toMatchObject({ outcome: 'refused', reason: 'clock', isPermanent: false })
    const orders = server.seen.filter(({ path }) => path === '/fapi/v1/order')
    expect(orders.map(({ params }) => Number(params.get('timestamp')) - clock.now())).toEqual([0, 3_600_000])
  })

  it('does not send when the venue clock cannot be read', async () => {
    const { session, server } = await openBoth(() => ({ status: 502, text: '<html>' }))
    expect(await session.api.send(ORDER)).toMatchObject({ outcome: 'not-sent', reason: 'connection' })
    expect(paths(server)).toEqual(['GET /fapi/v1/time'])
  })

  it.each(['cut', 'cut-in-body'] as const)(
    'does not know the outcome when the connection is lost: %s',
    async (answer) => {
      const { session, server } = await openBoth(() => answer)
      expect(await session.api.send(PUBLIC)).toMatchObject({ outcome: 'unknown', code: null })
      expect(server.seen).toHaveLength(1)
    },
  )

  it('does not know the outcome when no answer comes in time', async () => {
    const { session, server, clock } = await openBoth(() => 'hang')
    const verdict = session.api.send(PUBLIC)
    await server.received(1)
    clock.advance(1_000)
    expect(await verdict).toEqual({ outcome: 'unknown', code: null, message: 'no answer within 1000 ms' })
  })

  it('knows that nothing was sent when the connection is refused', async () => {
    const free = createServer()
    const port = await new Promise<number>((resolve) => {
      free.listen(0, '127.0.0.1', () => {
        const address = free.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    await new Promise((resolve) => {
      free.close(resolve)
    })
    const session = openSession(`http://127.0.0.1:${port}`, createManualClock())
    expect(await session.api.send(PUBLIC)).toMatchObject({ outcome: 'not-sent', reason: 'connection' })
  })

  it('knows that nothing was sent while a request still waits for its connection', async () => {
    const { session, server, clock } = await openBoth(() => 'hang')
    const first = Array.from({ length: 8 }, () => session.api.send(PUBLIC))
    await server.received(8)
    const ninth = session.api.send(PUBLIC)
    clock.advance(1_000)
    expect(await ninth).toMatchObject({ outcome: 'not-sent', reason: 'connection' })
    expect((await Promise.all(first)).map(({ outcome }) => outcome)).toEqual(first.map(() => 'unknown'))
    expect(server.seen).toHaveLength(8)
  })

  it.each([429, 418])('sends nothing after %i until the wait is over', async (status) => {
    const { session, server, clock } = await openBoth(() => ({ status, headers: { 'retry-after': '30' }, text: '' }))
    expect(await session.api.send(PUBLIC)).toMatchObject({
      outcome: 'refused',
      reason: 'rate-limit',
      retryAfterMs: 30_000,
    })
    clock.advance(29_999)
    expect(await session.api.send({ ...PUBLIC, priority: 'protection' })).toMatchObject({
      outcome: 'not-sent',
      reason: 'banned',
      retryAfterMs: 1,
    })
    expect(server.seen).toHaveLength(1)
    clock.advance(1)
    server.script = () => ({ json: {} })
    expect(await session.api.send(PUBLIC)).toMatchObject({ outcome: 'done' })
  })

  it('waits for the end of a ban although a request that was on its way is told of a shorter wait', async () => {
    const waits = ['300', '1']
    const { session, server, clock } = await openBoth(() => ({
      status: 418,
      headers: { 'retry-after': waits.shift() ?? '1' },
      text: '',
    }))
    await Promise.all([session.api.send(PUBLIC), session.api.send(PUBLIC)])
    clock.advance(1_000)
    const third = await session.api.send(PUBLIC)
    expect([third.outcome, server.seen.length]).toEqual(['not-sent', 2])
  })

  it('goes on looking and cancelling when only orders come too fast', async () => {
    const { session, server } = await openBoth(({ method }) =>
      method === 'POST' ? { status: 429, json: { code: -1015, msg: 'Too many new orders' } } : { json: [] },
    )
    expect(await session.api.send(PUBLIC)).toMatchObject({ outcome: 'refused', reason: 'rate-limit', code: '-1015' })
    expect(await session.api.send({ ...PUBLIC, method: 'DELETE' })).toMatchObject({ outcome: 'done' })
    expect(server.seen).toHaveLength(2)
  })

  it('counts as the venue counts, and keeps a fifth of it for protection', async () => {
    const { session, server } = await openBoth(() => ({
      headers: { 'x-mbx-order-count-10s': '240', 'x-mbx-used-weight-1m': '12' },
      json: {},
    }))
    await session.api.send(PUBLIC)
    expect(await session.api.send(PUBLIC)).toMatchObject({ outcome: 'not-sent', reason: 'budget' })
    expect(await session.api.send({ ...PUBLIC, priority: 'protection' })).toMatchObject({ outcome: 'done' })
    expect(server.seen).toHaveLength(2)
  })

  it('sets its clock for a stop although the budget outside the reserve is spent', async () => {
    let offset = 0
    const { session, server, clock } = await openBoth(
      withTime(
        () => clock.now() + offset,
        ({ params }) =>
          Math.abs(Number(params.get('timestamp')) - clock.now() - offset) < 1_000
            ? { headers: { 'x-mbx-used-weight-1m': '2000' }, json: {} }
            : { status: 400, json: { code: -1021, msg: 'Timestamp for this request is outside of the recvWindow.' } },
      ),
    )
    expect(await session.api.send(ORDER)).toMatchObject({ outcome: 'done' })
    offset = -7_000
    expect(await session.api.send({ ...ORDER, priority: 'protection' })).toMatchObject({ outcome: 'done' })
    expect(server.seen.at(-1)?.path).toBe('/fapi/v1/order')
  })

  it('keeps its connection between requests', async () => {
    const { session, server } = await openBoth(() => ({ json: {} }))
    await session.api.send(PUBLIC)
    await session.api.send(PUBLIC)
    expect(server.seen.map(({ headers }) => headers.connection)).toEqual(['keep-alive', 'keep-alive'])
  })

  it('sends nothing once it is closed', async () => {
    const { session, server } = await openBoth(() => ({ json: {} }))
    await session.close()
    expect(await session.api.send(PUBLIC)).toMatchObject({ outcome: 'not-sent', reason: 'closed' })
    expect(server.seen).toHaveLength(0)
  })

  it('shows no secret that a venue sends back', async () => {
    const { session } = await openBoth(({ headers, params }) => ({
      status: 400,
      json: {
        code: -1022,
        msg: `Signature ${params.get('signature') ?? ''} of ${String(headers['x-mbx-apikey'])} is bad: signature=abc&x canary-secret-bbbb`,
      },
    }))
    const verdict = await session.api.send({ ...PUBLIC, security: 'key' })
    expect(verdict).toMatchObject({ outcome: 'refused', reason: 'credentials', isPermanent: true })
    expect(JSON.stringify(verdict)).not.toMatch(/canary|abc/)
  })
})
