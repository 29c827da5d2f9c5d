import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { Secret } from '../src/transport/secret.js'
import type { Venue } from '../src/venue.js'
import type { AccountEvent } from '../src/venue/account-event.js'
import { AGENT_KEY, benchAster } from './aster-bench.js'
import { benchBinance, type VenueBench } from './binance-bench.js'
import { createCollector } from './collect.js'
import type { RestAnswer, SeenRequest } from './rest-server.js'
import { roundTrip } from './stream-server.js'
import { entryRequest, refOf, stopRequest } from './venue-orders.js'

const KEYS = ['canary-api-key-0001', 'canary-api-secret-0002']
const AGENT_KEYS = [AGENT_KEY, AGENT_KEY.slice(2), AGENT_KEY.slice(2).toUpperCase()]

/** Every failure there is, each with everything the request carried in its body. */
const FAILURES: readonly ((echo: string) => RestAnswer)[] = [
  (msg) => ({ status: 400, json: { code: -1022, msg } }),
  (msg) => ({ status: 401, json: { code: -2015, msg } }),
  (msg) => ({ status: 400, json: { code: -9999, msg } }),
  (text) => ({ status: 403, text: `<html>${text}</html>` }),
  (text) => ({ status: 503, text }),
  (text) => ({ status: 200, text: `{"broken": ${text}` }),
  (msg) => ({ status: 200, json: { unexpected: msg, symbol: msg, rateLimits: [], symbols: msg } }),
]

function echoOf({ headers, query, body }: SeenRequest, secrets: readonly string[]): string {
  return [secrets.join(' '), JSON.stringify(headers), query, body].join(' ')
}

/** Whatever each call of the port returns or throws, printed as deep as it goes. */
async function printed(venue: Venue): Promise<string> {
  const history = { symbol: 'BTCUSDT', afterId: '5', since: null }
  const change = {
    order: refOf(entryRequest()),
    orderSide: 'BUY',
    positionSide: 'BOTH',
    price: '1',
    quantity: '1',
  } as const
  const calls: readonly (() => Promise<unknown>)[] = [
    () => venue.fetchInstruments(),
    () => venue.fetchPositionMode(),
    () => venue.fetchPositions(['BTCUSDT']),
    () => venue.fetchOpenOrders(null),
    () => venue.findOrder(refOf(entryRequest())),
    () => venue.findOrder(refOf(stopRequest())),
    () => venue.fetchTrades(history),
    () => venue.fetchFunding(history),
    () => venue.submit(entryRequest()),
    () => venue.submit(stopRequest()),
    () => venue.submitMany([entryRequest(), entryRequest({ clientOrderId: 'tb-2' })]),
    () => venue.modify(change),
    () => venue.cancel(refOf(entryRequest())),
    () => venue.cancelMany([refOf(entryRequest()), refOf(entryRequest({ clientOrderId: 'tb-2' }))]),
    () => venue.cancelAll('BTCUSDT'),
    () => venue.setLeverage('BTCUSDT', 5),
  ]
  const outcomes = await Promise.all(calls.map((call) => call().catch((error: unknown) => error)))
  return outcomes.map((outcome) => inspect(outcome, { depth: 20, showHidden: true })).join('\n')
}

it.each<readonly [string, readonly string[], () => Promise<VenueBench>]>([
  ['Binance', KEYS, () => benchBinance({})],
  ['Aster, as an agent', AGENT_KEYS, () => benchAster({})],
  [
    'Aster, with a key of the older kind',
    KEYS,
    () =>
      benchAster(
        {},
        { key: { apiKey: new Secret('canary-api-key-0001'), apiSecret: new Secret('canary-api-secret-0002') } },
      ),
  ],
])('no secret shows up in anything that comes from %s', async (_name, secrets, open) => {
  const bench = await open()
  const { venue, rest } = bench
  await venue.syncClock()
  const texts: string[] = [inspect(venue, { depth: 20, showHidden: true }), JSON.stringify(venue)]
  for (const fail of FAILURES) {
    rest.script = (request) =>
      request.path.endsWith('/time') ? { json: { serverTime: bench.clock.now() } } : fail(echoOf(request, secrets))
    texts.push(await printed(venue))
  }
  await bench.close()
  const all = texts.join('\n')
  expect(all).toContain('[secret]')
  expect(secrets.filter((secret) => all.includes(secret))).toEqual([])
  expect(all).not.toMatch(/signature=(?!\[secret\])/)
})

it('nor in what comes from its streams', async () => {
  const bench = await benchBinance({
    'POST /fapi/v1/listenKey': () => ({ json: { listenKey: 'canary-listen-key-0003' } }),
  })
  const events = createCollector<AccountEvent>()
  const stream = bench.venue.streamAccount(events.listen)
  const { socket } = await bench.streams.connection(1)
  await stream.opened
  stream.resume(1)
  socket.send(`{"e":"ODD","listenKey":"canary-listen-key-0003","key":"${KEYS.join(' ')}"}`)
  socket.send(`{"e":"ORDER_TRADE_UPDATE","o":"${KEYS.join(' ')}"}`)
  await roundTrip(socket)
  await bench.close()
  const all = inspect(events.items, { depth: 20 })
  expect(events.items.filter(({ type }) => type === 'quarantined')).toHaveLength(2)
  expect(all).not.toContain('canary')
})
