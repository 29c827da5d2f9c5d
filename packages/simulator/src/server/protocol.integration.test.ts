import { createHmac } from 'node:crypto'
import { bytesToHex } from '@noble/hashes/utils.js'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { AGENT, KEYS, serve, until } from '../../test/serve.js'
import { faultsByHand } from '../faults/faults.js'
import { agentDigest, signerOf } from './check-agent.js'
import { isSignedBy, signedText } from './check-signature.js'
import { createRateMeter } from './rate-meter.js'
import type { ServedVenue } from './serve-venue.js'

const ends: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function open(dialect: 'binance' | 'aster', options: Parameters<typeof serve>[1] = {}) {
  const venue = await serve(dialect, options)
  ends.push(() => venue.served.close())
  return venue
}

function signed(params: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams({ ...params, timestamp: params['timestamp'] ?? Date.now().toString() }).toString()
  return `${text}&signature=${createHmac('sha256', KEYS.apiSecret).update(text).digest('hex')}`
}

async function call(
  { rest }: ServedVenue,
  request: string,
  {
    headers = { 'X-MBX-APIKEY': KEYS.apiKey },
    body,
  }: { readonly headers?: Record<string, string>; readonly body?: string } = {},
) {
  const [method = 'GET', path = ''] = request.split(' ')
  const response = await fetch(`${rest}${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

const LIMIT = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.01', price: '49000' }

describe('signatures', () => {
  it.each([
    [
      'symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943',
      '3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9',
    ],
    [
      'symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=9000&recvWindow=5000&timestamp=1591702613943',
      'EC11DCC17E67E47F0D3C3F513DFE9062307E37619C5C82EBAA8FE0BDF3D59519',
    ],
  ])('of %s is that of the documents', (text, signature) => {
    const keys = {
      ...KEYS,
      apiSecret: '2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9',
    }
    expect(isSignedBy(keys, signedText(`${text}&signature=${signature}`, ''), signature)).toBe(true)
    expect(isSignedBy(keys, `${text}0`, signature)).toBe(false)
  })

  it.each([
    [
      1666,
      `symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.001&price=30000&timeInForce=GTC&nonce=1748310859508867&signer=${AGENT}`,
      '61cefce0359a77bb5dca5bb9278d937a1d2f9b368256ba7057bc2b8f35e2e542',
      '0x36d8693fe9436dcfcc9031582e10e5dde36be794f60d0336f2164861aaf43279102530ca81beeba6e4a62943250674653fa11a08836faf0239fb26ab35e02e2b1b',
    ],
    [
      714,
      `symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.001&price=30000&timeInForce=GTC&nonce=1748310859508867&signer=${AGENT}`,
      '873ff517d8cfa0404321475ef2a8135ee9fd499acd0bee52395f735084f06e41',
      '0x442c060a7d0d76590d995da25cfc8b8fcdb25af7c7922511172f93424a9e0f812da780d3c38c929a28f0d38f9c136aebf98812613090dd798771ced07ce902c91b',
    ],
    [
      1666,
      `nonce=1748310859508869&signer=${AGENT}`,
      '59976955c0fd1ad3fef8f9dd690a23f9ee25f22432c80527ed1845856ff11ab1',
      '0xf8530ffd0cdbe36a5201a148fd54ab8b9b83d0ea1ea9757188f3e5cbcf10db867935004b9f86805e5bd8533551d242fec0786cb3fcd800883392d7acc7c8c36f1b',
    ],
  ])('of an agent on chain %d are recovered', (chainId, msg, digest, signature) => {
    expect(bytesToHex(agentDigest(msg, chainId))).toBe(digest)
    expect(signerOf(agentDigest(msg, chainId), signature)).toBe(AGENT.toLowerCase())
    expect(signerOf(agentDigest(`${msg}x`, chainId), signature)).not.toBe(AGENT.toLowerCase())
  })

  it.each<[string, () => Promise<{ status: number; text: string }>, number]>([
    ['no key', async () => call((await open('binance')).served, 'GET /fapi/v3/balance', { headers: {} }), -2014],
    [
      'a foreign key',
      async () => call((await open('binance')).served, 'GET /fapi/v3/balance', { headers: { 'X-MBX-APIKEY': 'x' } }),
      -2015,
    ],
    [
      'a wrong signature',
      async () => call((await open('binance')).served, `GET /fapi/v3/balance?timestamp=${Date.now()}&signature=00`),
      -1022,
    ],
    [
      'a clock an hour behind',
      async () =>
        call(
          (await open('binance')).served,
          `GET /fapi/v3/balance?${signed({ timestamp: String(Date.now() - 3_600_000) })}`,
        ),
      -1021,
    ],
    [
      'a clock two seconds ahead',
      async () =>
        call(
          (await open('binance')).served,
          `GET /fapi/v3/balance?${signed({ timestamp: String(Date.now() + 2_000) })}`,
        ),
      -1021,
    ],
  ])('%s is refused', async (_, ask, code) => {
    expect(JSON.parse((await ask()).text)).toMatchObject({ code })
  })

  it('cover query and body together', async () => {
    const { served } = await open('binance')
    const text = new URLSearchParams({ ...LIMIT, timestamp: Date.now().toString() }).toString()
    const signature = createHmac('sha256', KEYS.apiSecret).update(text).digest('hex')
    expect(await call(served, 'POST /fapi/v1/order', { body: `${text}&signature=${signature}` })).toMatchObject({
      status: 200,
    })
  })
})

describe('answers', () => {
  it('write ids with every digit, say nothing of prices paid, and count orders', async () => {
    const { served } = await open('binance')
    const { text, headers } = await call(served, `POST /fapi/v1/order?${signed({ ...LIMIT, type: 'MARKET' })}`)
    expect(/"orderId":(\d{19}),/.exec(text)?.[1]).toBe('8389765739703625000')
    expect(text).not.toMatch(/avgPrice|cumQuote/)
    expect(headers.get('x-mbx-order-count-10s')).toBe('1')
    expect(Number(headers.get('x-mbx-used-weight-1m'))).toBeGreaterThanOrEqual(0)
  })

  it('send stops to their own endpoint at Binance, and take them at Aster', async () => {
    const stop = { symbol: 'BTCUSDT', side: 'SELL', type: 'STOP_MARKET', quantity: '0.01', stopPrice: '49000' }
    const binance = await open('binance')
    expect(JSON.parse((await call(binance.served, `POST /fapi/v1/order?${signed(stop)}`)).text)).toMatchObject({
      code: -4120,
    })
    const aster = await open('aster')
    const placed = await call(aster.served, `POST /fapi/v1/order?${signed(stop)}`)
    expect(JSON.parse(placed.text)).toMatchObject({
      status: 'NEW',
      type: 'STOP_MARKET',
      stopPrice: '49000',
      avgPrice: '0',
    })
  })

  it('take a misspelt trigger price without a word, or refuse it', async () => {
    const wrong = {
      algoType: 'CONDITIONAL',
      symbol: 'BTCUSDT',
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: '0.01',
      stopPrice: '49000',
    }
    const lenient = await open('binance')
    const taken = await call(lenient.served, `POST /fapi/v1/algoOrder?${signed(wrong)}`)
    expect(JSON.parse(taken.text)).toMatchObject({ algoStatus: 'NEW', triggerPrice: '0' })
    lenient.move('48000')
    const open2 = await call(lenient.served, `GET /fapi/v1/openAlgoOrders?${signed({ symbol: 'BTCUSDT' })}`)
    expect(JSON.parse(open2.text)).toHaveLength(1)
    const strict = await open('binance', { behaviour: { wrongTriggerName: 'reject' } })
    expect(JSON.parse((await call(strict.served, `POST /fapi/v1/algoOrder?${signed(wrong)}`)).text)).toMatchObject({
      code: -1102,
    })
  })

  it.each([
    ['acceptedUnknown', 503, 'Unknown error, please check your request or try again later.', 1],
    ['lostUnknown', 503, 'Unknown error, please check your request or try again later.', 0],
    ['landsLate', 503, 'Unknown error, please check your request or try again later.', 0],
    ['unavailable', 503, 'Service Unavailable.', 0],
    ['overloaded', 503, '-1008', 0],
    ['tooManyRequests', 429, '-1003', 0],
    ['banned', 418, 'IP banned until', 0],
  ] as const)('%s: status %d', async (fault, status, words, resting) => {
    const faults = faultsByHand()
    const { served, exchange } = await open('binance', { faults })
    faults.write(fault)
    const answer = await call(served, `POST /fapi/v1/order?${signed(LIMIT)}`)
    expect([answer.status, answer.text.includes(words)]).toEqual([status, true])
    expect(exchange.accounts.get('main')?.live.size).toBe(resting)
  })

  it('are lost with their connection, late with their order, stale', async () => {
    const faults = faultsByHand()
    const { served } = await open('binance', { faults })
    faults.write('acceptedWithoutReply')
    await expect(call(served, `POST /fapi/v1/order?${signed({ ...LIMIT, newClientOrderId: 'A' })}`)).rejects.toThrow(
      'fetch failed',
    )
    faults.read('notFoundYet')
    const question = { symbol: 'BTCUSDT', origClientOrderId: 'A' }
    expect((await call(served, `GET /fapi/v1/order?${signed(question)}`)).text).toContain('-2013')
    expect((await call(served, `GET /fapi/v1/order?${signed(question)}`)).text).toContain('"status":"NEW"')
  })

  it('refuse nonces used before and nonces far from now', async () => {
    const { served } = await open('aster')
    const answer = await call(served, `GET /fapi/v3/balance?nonce=1&signer=${AGENT}&signature=0x00`)
    expect(JSON.parse(answer.text)).toMatchObject({ code: -1022 })
  })
})

it('too many requests: 429 first, then a ban for those who go on', () => {
  const meter = createRateMeter({ weightPerMinute: 10, ordersPerMinute: 10, ordersPerTenSeconds: 2 })
  meter.weigh(10, 0)
  for (let warning = 0; warning < 20; warning += 1) {
    expect(() => meter.weigh(1, 1)).toThrow(expect.objectContaining({ status: 429, code: -1003 }))
  }
  expect(() => meter.weigh(1, 2)).toThrow(expect.objectContaining({ status: 418 }))
  expect(() => meter.weigh(1, 60_000)).toThrow(expect.objectContaining({ status: 418 }))
  expect(() => meter.weigh(1, 120_003)).not.toThrow()
  meter.countOrders(2, 0)
  expect(() => meter.countOrders(1, 1)).toThrow(expect.objectContaining({ code: -1015 }))
})

describe('streams', () => {
  async function listen(address: string, greeting?: unknown): Promise<string[]> {
    const socket = new WebSocket(address)
    const heard: string[] = []
    socket.on('message', (data: Buffer) => heard.push(data.toString('utf8')))
    ends.push(() => Promise.resolve(socket.terminate()))
    await new Promise((resolve) => {
      socket.once('open', resolve)
    })
    if (greeting !== undefined) socket.send(JSON.stringify(greeting))
    return heard
  }

  it('of the market come on the market path only; the old path takes a subscription and stays silent', async () => {
    const { ws } = (await open('binance')).served
    const subscribe = { method: 'SUBSCRIBE', params: ['btcusdt@markPrice@1s'], id: 1 }
    const routed = await listen(`${ws}/market/stream?streams=btcusdt@markPrice@1s`)
    const old = await listen(`${ws}/ws`, subscribe)
    const oldPublic = await listen(`${ws}/ws/btcusdt@bookTicker`)
    await until('the routed mark', () => routed.length > 0)
    await until('the old book', () => oldPublic.length > 0)
    expect(JSON.parse(routed[0]!)).toMatchObject({ stream: 'btcusdt@markPrice@1s', data: { p: '50000', st: 1 } })
    expect(old).toEqual(['{"result":null,"id":1}'])
  })

  it.each([
    (ws: string, key: string) => `${ws}/private/ws/${key}`,
    (ws: string, key: string) => `${ws}/private/ws?listenKey=${key}&events=ORDER_TRADE_UPDATE`,
    (ws: string, key: string) => `${ws}/private/stream?listenKey=${key}`,
  ])('of the account come under each form of the address, and end with the listen key', async (addressOf) => {
    const { served } = await open('binance')
    const { listenKey } = JSON.parse((await call(served, 'POST /fapi/v1/listenKey')).text) as { listenKey: string }
    const heard = await listen(addressOf(served.ws, listenKey))
    await call(served, `POST /fapi/v1/order?${signed(LIMIT)}`)
    await until('the order', () => heard.some((text) => text.includes('"x":"NEW"')))
    served.expireListenKey()
    await until('the expiry', () => heard.some((text) => text.includes('listenKeyExpired')))
    expect(JSON.parse((await call(served, 'PUT /fapi/v1/listenKey')).text)).toMatchObject({ code: -1125 })
  })

  it('tell an average entry with all the decimals that a position is asked for with', async () => {
    const { served, move } = await open('binance')
    const { listenKey } = JSON.parse((await call(served, 'POST /fapi/v1/listenKey')).text) as { listenKey: string }
    const heard = await listen(`${served.ws}/private/ws/${listenKey}`)
    const buy = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET' }
    await call(served, `POST /fapi/v1/order?${signed({ ...buy, quantity: '0.02' })}`)
    move('50010')
    await call(served, `POST /fapi/v1/order?${signed({ ...buy, quantity: '0.01' })}`)
    const averages = (): readonly (string | undefined)[] =>
      heard.flatMap((text) => /"ep":"([^"]+)"/.exec(text)?.[1] ?? [])
    await until('both entries', () => averages().length === 2)
    // (0.02 × 50 000.1 + 0.01 × 50 010.1) ÷ 0.03
    expect(averages()).toEqual(['50000.1', '50003.4333333333333'])
    const { text } = await call(served, `GET /fapi/v3/positionRisk?${signed({ symbol: 'BTCUSDT' })}`)
    expect(text).toContain('"entryPrice":"50003.4333333333333"')
  })

  it('at Aster tell of a triggered stop as expired, then as new under the same id', async () => {
    const { served, move } = await open('aster')
    const { listenKey } = JSON.parse((await call(served, 'POST /fapi/v1/listenKey')).text) as { listenKey: string }
    const heard = await listen(`${served.ws}/ws/${listenKey}`)
    await call(served, `POST /fapi/v1/order?${signed({ ...LIMIT, type: 'MARKET' })}`)
    const stop = { symbol: 'BTCUSDT', side: 'SELL', type: 'STOP_MARKET', closePosition: 'true', stopPrice: '49000' }
    await call(served, `POST /fapi/v1/order?${signed(stop)}`)
    move('48900')
    await until('the stop', () =>
      heard.some((text) => text.includes('"ot":"STOP_MARKET"') && text.includes('"X":"FILLED"')),
    )
    const ofStop = heard.filter((text) => text.includes('"ot":"STOP_MARKET"'))
    const story = ofStop.map((text) => /"o":"(\w+)".*"x":"(\w+)"/.exec(text)?.slice(1).join(' '))
    expect(story).toEqual(['STOP_MARKET NEW', 'STOP_MARKET EXPIRED', 'MARKET NEW', 'MARKET TRADE'])
    expect(new Set(ofStop.map((text) => /"i":(\d+)/.exec(text)?.[1])).size).toBe(1)
  })
})
