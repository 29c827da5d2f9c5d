import { formatMoney, formatPrice, formatQuantity } from '@tranchebook/core'
import { afterEach, describe, expect, it } from 'vitest'
import { benchBinance, type VenueBench } from '../../test/binance-bench.js'
import { algoAnswer, businessOf, orderAnswer, type Routes } from '../../test/routes.js'
import { entryRequest, refOf, stopRequest } from '../../test/venue-orders.js'

const NOW = 1_700_000_000_000
const DAY = 86_400_000
const CHILD = '8389765739703625592'
const NOT_FOUND = { status: 400, json: { code: -2013, msg: 'Order does not exist.' } } as const
const benches: VenueBench[] = []

afterEach(async () => {
  await Promise.all(benches.splice(0).map((opened) => opened.close()))
})

async function bench(routes: Routes): Promise<VenueBench> {
  const opened = await benchBinance(routes)
  benches.push(opened)
  return opened
}

const position = (symbol: string, positionSide: string, positionAmt: string) => ({
  symbol,
  positionSide,
  positionAmt,
  entryPrice: '49000.5',
  markPrice: '48000',
  updateTime: 5,
})
const trade = (id: number | string, fields: Record<string, unknown> = {}) => ({
  id,
  orderId: 11,
  symbol: 'BTCUSDT',
  side: 'BUY',
  positionSide: 'BOTH',
  price: '50000',
  qty: '0.001',
  realizedPnl: '0',
  commission: '0.02',
  commissionAsset: 'USDT',
  maker: false,
  time: NOW - 60_000 + Number(id),
  ...fields,
})
const noOrders: Routes = {
  'GET /fapi/v1/forceOrders': () => ({ json: [] }),
  'GET /fapi/v1/allAlgoOrders': () => ({ json: [] }),
  'GET /fapi/v1/order': () => NOT_FOUND,
}

describe('positions', () => {
  it.each([
    [
      true,
      [position('BTCUSDT', 'LONG', '0.2'), position('BTCUSDT', 'SHORT', '-0.1')],
      ['BTCUSDT LONG 0.2', 'BTCUSDT SHORT 0.1', 'ETHUSDT LONG 0', 'ETHUSDT SHORT 0'],
    ],
    [false, [position('BTCUSDT', 'BOTH', '-0.1')], ['BTCUSDT BOTH -0.1', 'ETHUSDT BOTH 0']],
    [false, [position('BTCUSDT', 'LONG', '0.2')], ['BTCUSDT LONG 0.2', 'BTCUSDT BOTH 0', 'ETHUSDT BOTH 0']],
  ])('in hedge mode %s', async (dualSidePosition, rows, expected) => {
    const { venue } = await bench({
      'GET /fapi/v1/positionSide/dual': () => ({ json: { dualSidePosition } }),
      'GET /fapi/v3/positionRisk': () => ({ json: rows }),
    })
    const reports = await venue.fetchPositions(['BTCUSDT', 'ETHUSDT'])
    expect(
      reports.map(({ symbol, positionSide, quantity }) => `${symbol} ${positionSide} ${formatQuantity(quantity)}`),
    ).toEqual(expected)
    expect(new Set(reports.map(({ time }) => time))).toEqual(new Set([NOW]))
  })

  it('count as taken by the clock of the venue, although ours has jumped ahead', async () => {
    const { venue, rest, clock } = await bench({
      'GET /fapi/v1/positionSide/dual': () => ({ json: { dualSidePosition: false } }),
      'GET /fapi/v3/positionRisk': ({ params }) =>
        Number(params.get('timestamp')) < NOW + 1_000
          ? { json: [position('BTCUSDT', 'BOTH', '0.2')] }
          : { status: 400, json: { code: -1021, msg: 'Timestamp for this request was 1000ms ahead of the server.' } },
    })
    const script = rest.script
    rest.script = (request) => (request.path.endsWith('/time') ? { json: { serverTime: NOW } } : script(request))
    await venue.fetchPositionMode()
    clock.advance(1_700_000)
    expect((await venue.fetchPositions(['BTCUSDT'])).map(({ time }) => time)).toEqual([NOW])
  })

  it('have the average of the venue, which has more decimals than a price carries', async () => {
    const { venue } = await bench({
      'GET /fapi/v1/positionSide/dual': () => ({ json: { dualSidePosition: false } }),
      'GET /fapi/v3/positionRisk': () => ({
        json: [{ ...position('ADAUSDT', 'BOTH', '-483'), entryPrice: '0.3371784679089', markPrice: '0.33863717' }],
      }),
    })
    const [report] = await venue.fetchPositions(['ADAUSDT'])
    expect([report?.entryPrice, report?.markPrice]).toEqual([337_178_467_908n, 338_637_170_000n])
  })

  it.each([
    [
      { status: 400, json: { code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' } },
      'venue.credentials.refused',
    ],
    [{ status: 200, json: { code: -1000, msg: 'An unknown error occurred' } }, 'venue.read.failed'],
    [{ status: 200, json: { positions: [] } }, 'venue.answer.malformed'],
    [{ status: 503, text: 'Service Unavailable.' }, 'venue.read.failed'],
  ] as const)('are never read out of %j', async (answer, code) => {
    const { venue } = await bench({
      'GET /fapi/v1/positionSide/dual': () => ({ json: { dualSidePosition: false } }),
      'GET /fapi/v3/positionRisk': () => answer,
    })
    await expect(venue.fetchPositions(['BTCUSDT'])).rejects.toMatchObject({ name: 'VenueError', code })
  })
})

describe('open orders', () => {
  it('come from both id spaces, a triggered stop once and by its own name', async () => {
    const { venue, asked } = await bench({
      'GET /fapi/v1/openOrders': () => ({
        json: [
          orderAnswer({ orderId: 11, clientOrderId: 'tb-1' }),
          orderAnswer({
            orderId: 12,
            clientOrderId: 'venue-child',
            side: 'SELL',
            type: 'MARKET',
            executedQty: '0.001',
            reduceOnly: true,
          }),
        ],
      }),
      'GET /fapi/v1/openAlgoOrders': () => ({
        json: [
          algoAnswer({ clientAlgoId: 'tb-stop', algoId: 1, actualOrderId: '' }),
          algoAnswer({ clientAlgoId: 'tb-stop-2', algoId: 2, algoStatus: 'TRIGGERED', actualOrderId: '12' }),
        ],
      }),
    })
    const orders = await venue.fetchOpenOrders('BTCUSDT')
    expect([...asked()].sort()).toEqual(['GET /fapi/v1/openAlgoOrders', 'GET /fapi/v1/openOrders'])
    expect(
      orders.map(({ clientOrderId, venueOrderId, childOrderId, isConditional }) => [
        clientOrderId,
        venueOrderId,
        childOrderId,
        isConditional,
      ]),
    ).toEqual([
      ['tb-1', '11', null, false],
      ['tb-stop-2', '2', '12', true],
      ['tb-stop', '1', null, true],
    ])
    expect(orders[2]).toMatchObject({
      orderType: 'STOP_MARKET',
      triggerPrice: 49_000_000_000_000_000n,
      reduceOnly: true,
    })
  })

  it.each(['TRIGGERED', 'FINISHED', 'CANCELED', 'EXPIRED', 'REJECTED'])(
    'leave out a stop that is still listed although it waits no more: %s',
    async (algoStatus) => {
      const actualOrderId = algoStatus === 'TRIGGERED' || algoStatus === 'FINISHED' ? CHILD : ''
      const { venue } = await bench({
        'GET /fapi/v1/openOrders': () => ({ json: [] }),
        'GET /fapi/v1/openAlgoOrders': () => ({ json: [algoAnswer({ algoStatus, actualOrderId })] }),
        'GET /fapi/v1/algoOrder': () => ({ json: algoAnswer({ algoStatus, actualOrderId }) }),
      })
      expect(await venue.fetchOpenOrders('BTCUSDT')).toEqual([])
    },
  )

  it('tell of a stop that is listed no more what became of it', async () => {
    let isListed = true
    const { venue, asked } = await bench({
      'GET /fapi/v1/openOrders': () => ({ json: [] }),
      'GET /fapi/v1/openAlgoOrders': () => ({ json: isListed ? [algoAnswer({})] : [] }),
      'GET /fapi/v1/algoOrder': () => ({
        json: algoAnswer({ algoStatus: 'FINISHED', actualOrderId: CHILD, actualQty: '0.002' }),
      }),
      'GET /fapi/v1/userTrades': () => ({
        text: `[${JSON.stringify(trade(7)).replace('"orderId":11', `"orderId":${CHILD}`)}]`,
      }),
      ...noOrders,
    })
    await venue.fetchOpenOrders('BTCUSDT')
    isListed = false
    expect(await venue.fetchOpenOrders('BTCUSDT')).toEqual([])
    expect(asked().filter((route) => route === 'GET /fapi/v1/algoOrder')).toHaveLength(1)
    const { fills } = await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: '7', since: null })
    expect(fills).toMatchObject([{ orderId: CHILD, clientOrderId: 'tb-stop', tradeId: '7' }])
    await venue.fetchOpenOrders('BTCUSDT')
    expect(asked().filter((route) => route === 'GET /fapi/v1/algoOrder')).toHaveLength(1)
  })
})

describe('a look at one order', () => {
  it.each([
    ['rests', orderAnswer({}), { status: 'acknowledged', orderId: '11' }],
    [
      'is filled',
      orderAnswer({ status: 'FILLED', executedQty: '0.002', avgPrice: '50000' }),
      { status: 'filled', filledQuantity: 2_000_000_000n },
    ],
    ['was killed by self-trade prevention', orderAnswer({ status: 'EXPIRED_IN_MATCH' }), { status: 'expired' }],
  ])('says that an ordinary order %s', async (_name, answer, expected) => {
    const { venue, rest } = await bench({ 'GET /fapi/v1/order': () => ({ json: answer }) })
    expect(await venue.findOrder(refOf(entryRequest()))).toMatchObject({
      type: 'found',
      report: { clientOrderId: 'tb-1', ...expected },
    })
    expect(businessOf(rest.seen.at(-1)!)).toEqual({ symbol: 'BTCUSDT', origClientOrderId: 'tb-1' })
  })

  it('asks by both ids before it finds nothing', async () => {
    const { venue, rest } = await bench({ 'GET /fapi/v1/order': () => NOT_FOUND })
    expect(await venue.findOrder(refOf(entryRequest(), { venueOrderId: CHILD }))).toEqual({
      type: 'notFound',
      time: NOW,
    })
    expect(rest.seen.slice(-2).map(businessOf)).toEqual([
      { symbol: 'BTCUSDT', origClientOrderId: 'tb-1' },
      { symbol: 'BTCUSDT', orderId: CHILD },
    ])
  })

  it.each([
    [
      'waits',
      algoAnswer({ actualOrderId: '', actualQty: '', actualPrice: '' }),
      null,
      { status: 'acknowledged', childOrderId: null },
    ],
    [
      'has triggered',
      algoAnswer({ algoStatus: 'TRIGGERED', actualOrderId: '12' }),
      orderAnswer({ orderId: 12 }),
      { status: 'triggered', childOrderId: '12' },
    ],
    [
      'is filled',
      algoAnswer({ algoStatus: 'FINISHED', actualOrderId: '12', actualQty: '0.002' }),
      orderAnswer({ orderId: 12, status: 'FILLED', executedQty: '0.002' }),
      { status: 'filled', childOrderId: '12', filledQuantity: 2_000_000_000n },
    ],
    [
      'has finished without naming a child that shares its id',
      algoAnswer({ algoStatus: 'FINISHED', actualOrderId: '' }),
      orderAnswer({ orderId: 12, status: 'FILLED', executedQty: '0.002' }),
      { status: 'filled', childOrderId: '12' },
    ],
    [
      'has finished without a child',
      algoAnswer({ algoStatus: 'FINISHED', actualOrderId: '' }),
      null,
      { status: 'expired', filledQuantity: null },
    ],
    ['was cancelled', algoAnswer({ algoStatus: 'CANCELED', actualOrderId: '' }), null, { status: 'cancelled' }],
    [
      'has a status nobody knows',
      algoAnswer({ algoStatus: 'DREAMING' }),
      null,
      { status: 'unknown', message: 'DREAMING' },
    ],
  ])('says that a stop %s', async (_name, algo, child, expected) => {
    const { venue } = await bench({
      'GET /fapi/v1/algoOrder': () => ({ json: algo }),
      'GET /fapi/v1/order': () => (child === null ? NOT_FOUND : { json: child }),
    })
    expect(await venue.findOrder(refOf(stopRequest()))).toMatchObject({
      type: 'found',
      report: {
        clientOrderId: 'tb-stop',
        orderId: expected.status === 'unknown' ? null : '4000001910701524',
        ...expected,
      },
    })
  })

  it('throws when the venue cannot be asked', async () => {
    const { venue } = await bench({ 'GET /fapi/v1/order': () => ({ status: 502, text: '<html>' }) })
    await expect(venue.findOrder(refOf(entryRequest()))).rejects.toMatchObject({ code: 'venue.read.failed' })
  })
})

describe('trades', () => {
  it('since an id come page by page, overlapping, each once, oldest first', async () => {
    const all = Array.from({ length: 1_500 }, (_, index) => trade(20_000 + index))
    const { venue, rest } = await bench({
      'GET /fapi/v1/userTrades': ({ params }) => ({
        json: all.filter(({ id }) => Number(id) >= Number(params.get('fromId'))).slice(0, 1_000),
      }),
      ...noOrders,
    })
    const { fills, isComplete } = await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: '20100', since: null })
    expect([fills.length, fills[0]?.tradeId, fills.at(-1)?.tradeId, isComplete]).toEqual([
      1_500,
      '20000',
      '21499',
      true,
    ])
    expect(
      rest.seen.filter(({ path }) => path.endsWith('userTrades')).map(({ params }) => params.get('fromId')),
    ).toEqual(['10100', '20999'])
  })

  it('since a time look for the first one week by week', async () => {
    const { venue, rest } = await bench({
      'GET /fapi/v1/userTrades': ({ params }) => {
        const isWindow = params.get('startTime') !== null
        const row = trade(5, { time: NOW - 3 * DAY })
        return { json: !isWindow || Number(params.get('endTime')) >= row.time ? [row] : [] }
      },
      ...noOrders,
    })
    const { fills, isComplete } = await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: null, since: NOW - 20 * DAY })
    expect([fills.length, isComplete]).toEqual([1, true])
    const windows = rest.seen.filter(
      ({ path, params }) =>
        path.endsWith('userTrades') && params.get('startTime') !== null && params.get('endTime') !== null,
    )
    expect(
      windows.map(({ params }) => (Number(params.get('endTime')) - Number(params.get('startTime')) + 1) / DAY),
    ).toEqual([7, 7, 6 + 1 / DAY])
  })

  it('say when the venue no longer has them all', async () => {
    const { venue } = await bench({ 'GET /fapi/v1/userTrades': () => ({ json: [] }), ...noOrders })
    expect(await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: null, since: NOW - 100 * DAY })).toEqual({
      fills: [],
      isComplete: false,
      hasMore: false,
    })
    expect(await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: '5', since: null })).toEqual({
      fills: [],
      isComplete: false,
      hasMore: false,
    })
  })

  it('are left to the next question while they are fresh and their order is not found', async () => {
    let isFound = false
    const { venue, clock } = await bench({
      'GET /fapi/v1/userTrades': () => ({ json: [trade(1), trade(2, { orderId: 12, time: NOW - 10 })] }),
      ...noOrders,
      'GET /fapi/v1/order': ({ params }) =>
        isFound || params.get('orderId') === '11'
          ? { json: orderAnswer({ orderId: Number(params.get('orderId')), clientOrderId: 'tb-1' }) }
          : NOT_FOUND,
    })
    const tradesNow = async (): Promise<readonly (string | null)[]> =>
      (await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: '1', since: null })).fills.map(
        ({ tradeId, clientOrderId }) => `${tradeId} of ${clientOrderId ?? 'nobody'}`,
      )
    for (let look = 0; look < 3; look += 1) expect(await tradesNow()).toEqual(['1 of tb-1'])
    isFound = true
    expect(await tradesNow()).toEqual(['1 of tb-1', '2 of tb-1'])
    isFound = false
    clock.advance(1)
    expect(await tradesNow()).toEqual(['1 of tb-1', '2 of tb-1'])
  })

  it('that nobody knows come without a client id once they are not fresh any more', async () => {
    const { venue, clock } = await bench({
      'GET /fapi/v1/userTrades': () => ({ json: [trade(2, { orderId: 12, time: NOW - 10 })] }),
      ...noOrders,
    })
    const request = { symbol: 'BTCUSDT', afterId: '2', since: null }
    expect((await venue.fetchTrades(request)).fills).toEqual([])
    clock.advance(3_000)
    expect((await venue.fetchTrades(request)).fills).toMatchObject([{ tradeId: '2', clientOrderId: null }])
  })

  it('of an order that a waiting stop may have become are left to the next question, too', async () => {
    let hasCaughtUp = false
    const { venue, clock } = await bench({
      ...noOrders,
      'GET /fapi/v1/openOrders': () => ({ json: [] }),
      'GET /fapi/v1/openAlgoOrders': () => ({ json: [algoAnswer({})] }),
      'GET /fapi/v1/allAlgoOrders': () => ({
        json: [algoAnswer(hasCaughtUp ? { algoStatus: 'TRIGGERED', actualOrderId: '12' } : {})],
      }),
      'GET /fapi/v1/userTrades': () => ({
        json: [trade(2, { orderId: 12, side: 'SELL', time: NOW - 10 }), trade(3, { orderId: 13, time: NOW - 10 })],
      }),
      'GET /fapi/v1/order': ({ params }) => {
        const orderId = Number(params.get('orderId'))
        const side = orderId === 12 ? 'SELL' : 'BUY'
        return { json: orderAnswer({ orderId, clientOrderId: `venue-${orderId}`, side, type: 'MARKET' }) }
      },
    })
    await venue.fetchOpenOrders('BTCUSDT')
    const tradesNow = async (): Promise<readonly (string | null)[]> =>
      (await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: '1', since: null })).fills.map(
        (fill) => fill.clientOrderId,
      )
    expect(await tradesNow()).toEqual(['venue-13'])
    hasCaughtUp = true
    expect(await tradesNow()).toEqual(['tb-stop', 'venue-13'])
    hasCaughtUp = false
    clock.advance(3_000)
    expect(await tradesNow()).toEqual(['tb-stop', 'venue-13'])
  })

  it('of an order beside a waiting stop are its own once they are not fresh any more', async () => {
    const { venue, clock } = await bench({
      ...noOrders,
      'GET /fapi/v1/openOrders': () => ({ json: [] }),
      'GET /fapi/v1/openAlgoOrders': () => ({ json: [algoAnswer({})] }),
      'GET /fapi/v1/userTrades': () => ({ json: [trade(2, { orderId: 12, side: 'SELL', time: NOW - 10 })] }),
      'GET /fapi/v1/order': () => ({
        json: orderAnswer({ orderId: 12, clientOrderId: 'by-hand', side: 'SELL', type: 'MARKET' }),
      }),
    })
    await venue.fetchOpenOrders('BTCUSDT')
    const request = { symbol: 'BTCUSDT', afterId: '1', since: null }
    expect((await venue.fetchTrades(request)).fills).toEqual([])
    clock.advance(3_000)
    expect((await venue.fetchTrades(request)).fills).toMatchObject([{ clientOrderId: 'by-hand' }])
  })

  it('find their stops week by week up to the last of them, and in halves where a page is full', async () => {
    const weeks: string[] = []
    const stops = Array.from({ length: 1_100 }, (_, index) => ({
      ...algoAnswer({ clientAlgoId: `tb-stop-${index}`, algoStatus: 'CANCELED' }),
      createTime: NOW - 25 * DAY + (index + 1) * 540_000,
    }))
    const late = { algoStatus: 'FINISHED', actualOrderId: '13', clientAlgoId: 'tb-late', createTime: NOW - 5 * DAY }
    const all = [...stops, { ...stops[1_050], algoStatus: 'FINISHED', actualOrderId: '12' }, algoAnswer(late)]
    const { venue } = await bench({
      ...noOrders,
      'GET /fapi/v1/userTrades': () => ({
        json: [
          trade(2, { orderId: 12, side: 'SELL', time: NOW - 18 * DAY }),
          trade(3, { orderId: 13, side: 'SELL', time: NOW - 4 * DAY }),
        ],
      }),
      'GET /fapi/v1/allAlgoOrders': ({ params }) => {
        const [from, to] = [Number(params.get('startTime')), Number(params.get('endTime'))]
        weeks.push(`${(to - from + 1) / DAY}`)
        const found = all.filter(({ createTime }) => Number(createTime) >= from && Number(createTime) <= to)
        return { json: found.slice(0, 1_000) }
      },
    })
    const { fills } = await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: '1', since: null })
    expect(fills.map(({ clientOrderId }) => clientOrderId)).toEqual(['tb-stop-1050', 'tb-late'])
    expect(weeks).toEqual(['7', '3.5', '3.5', '7', '7'])
  })

  it('carry the client id of their order, a stop by its own name, a forced one by its kind', async () => {
    const orders: Record<string, Record<string, unknown>> = {
      '11': orderAnswer({ orderId: 11, clientOrderId: 'tb-1' }),
      '13': orderAnswer({ orderId: 13, clientOrderId: 'autoclose-99', side: 'SELL' }),
    }
    const { venue, asked } = await bench({
      'GET /fapi/v1/userTrades': () => ({
        json: [
          trade(1),
          trade(2, { orderId: 12, side: 'SELL' }),
          trade(3, { orderId: 13, side: 'SELL' }),
          trade(4, { orderId: 14 }),
          trade(5, { orderId: 15, side: 'SELL' }),
        ],
      }),
      'GET /fapi/v1/forceOrders': () => ({
        json: [orderAnswer({ orderId: 15, clientOrderId: 'adl_autoclose', side: 'SELL' })],
      }),
      'GET /fapi/v1/allAlgoOrders': () => ({ json: [algoAnswer({ algoStatus: 'FINISHED', actualOrderId: '12' })] }),
      'GET /fapi/v1/order': ({ params }) => {
        const order = orders[params.get('orderId') ?? '']
        return order === undefined ? NOT_FOUND : { json: order }
      },
    })
    const { fills } = await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: '1', since: null })
    expect(fills.map(({ clientOrderId, kind }) => [clientOrderId, kind])).toEqual([
      ['tb-1', 'trade'],
      ['tb-stop', 'trade'],
      ['autoclose-99', 'liquidation'],
      [null, 'trade'],
      ['adl_autoclose', 'adl'],
    ])
    const lookups = (): number => asked().filter((route) => route === 'GET /fapi/v1/order').length
    expect(lookups()).toBe(4)
    for (let round = 0; round < 3; round += 1) await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: '1', since: null })
    expect(lookups()).toBe(5)
    expect(fills[0]).toMatchObject({ id: 'fill:1', feeAsset: 'USDT', realizedPnl: 0n, maker: false })
    expect(fills.map(({ price, fee }) => [formatPrice(price), fee === null ? '' : formatMoney(fee)])[0]).toEqual([
      '50000',
      '0.02',
    ])
  })
})

it('reads instruments and takes over the limits they come with', async () => {
  const filters = [
    { filterType: 'PRICE_FILTER', minPrice: '0.1', maxPrice: '100', tickSize: '0.1' },
    { filterType: 'LOT_SIZE', minQty: '1', maxQty: '100', stepSize: '1' },
  ]
  const { venue } = await bench({
    'GET /fapi/v1/exchangeInfo': () => ({
      json: {
        rateLimits: [{ rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 1 }],
        symbols: [
          { symbol: 'AUSDT', status: 'TRADING', contractType: 'PERPETUAL', quoteAsset: 'USDT', filters },
          { symbol: 'BROKEN' },
          {
            symbol: 'ODDUSDT',
            status: 'TRADING',
            contractType: 'PERPETUAL',
            quoteAsset: 'USDT',
            filters: [...filters, { filterType: 'MIN_NOTIONAL', minNotional: '5' }],
          },
          { symbol: 'CUSDT', status: 'SETTLING', contractType: 'PERPETUAL', quoteAsset: 'USDT', filters },
        ],
      },
    }),
    'POST /fapi/v1/order': () => ({ json: orderAnswer({}) }),
  })
  const instruments = await venue.fetchInstruments()
  expect(
    instruments.map(({ symbol, isTrading, maxConditionalOrders }) => [symbol, isTrading, maxConditionalOrders]),
  ).toEqual([
    ['AUSDT', true, null],
    ['ODDUSDT', false, null],
    ['CUSDT', false, null],
    ['BROKEN', false, null],
  ])
  expect((await venue.submit(entryRequest())).outcome).toBe('not-sent')
  expect((await venue.submit(entryRequest({ purpose: 'exit' }))).outcome).toBe('acknowledged')
})
