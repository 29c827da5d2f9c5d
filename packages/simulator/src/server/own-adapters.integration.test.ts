import {
  type AccountEvent,
  isBalanceSource,
  type MarketEvent,
  openAster,
  openBinance,
  Secret,
  type Venue,
} from '@tranchebook/adapters'
import { formatPrice, formatQuantity } from '@tranchebook/core'
import { afterEach, describe, expect, it } from 'vitest'
import { AGENT_KEY, KEYS, refOf, request, serve, until, WALLET } from '../../test/serve.js'
import { faultsByHand } from '../faults/faults.js'
import type { ServedVenue } from './serve-venue.js'

const ends: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

type Kind = 'binance' | 'binance over a socket' | 'aster v3' | 'aster v1'

function connect(kind: Kind, { rest, ws, wsApi }: ServedVenue): Venue {
  const hmac = { apiKey: new Secret(KEYS.apiKey), apiSecret: new Secret(KEYS.apiSecret) }
  if (kind === 'aster v1' || kind === 'aster v3') {
    const key = kind === 'aster v1' ? hmac : { agentKey: new Secret(AGENT_KEY), user: WALLET }
    return openAster({ account: 'main', key, hosts: { rest, streams: ws, chainId: 1666 } })
  }
  const hosts = { rest, streams: ws, socketApi: wsApi ?? '' }
  return openBinance({ account: 'main', key: hmac, hosts, ordersOverSocket: kind === 'binance over a socket' })
}

async function open(kind: Kind, options: Parameters<typeof serve>[1] = {}) {
  const { exchange, served, move } = await serve(kind.startsWith('binance') ? 'binance' : 'aster', options)
  ends.push(() => served.close())
  const venue = connect(kind, served)
  ends.push(() => venue.close())
  return { exchange, served, move, venue }
}

async function listen(venue: Venue) {
  const lines: string[] = []
  const stream = venue.streamAccount((event: AccountEvent) => {
    if (event.type === 'resyncNeeded') stream.resume(event.resync)
    if (event.type === 'fill') lines.push(`fill ${event.clientOrderId} ${formatQuantity(event.quantity)}`)
    else if (event.type === 'order') lines.push(`${event.clientOrderId} ${event.status}`)
    else if (event.type === 'quarantined') lines.push(`quarantined ${event.reason}`)
    else lines.push(event.type)
  })
  await stream.opened
  await until('the first resynchronisation', () => lines.includes('resyncNeeded'))
  return lines
}

const entry = request({ clientOrderId: 'E1' })
const stop = request({
  clientOrderId: 'S1',
  orderType: 'STOP_MARKET',
  orderSide: 'SELL',
  triggerPrice: '49000',
  reduceOnly: true,
})
const limit = request({ clientOrderId: 'L1', orderType: 'LIMIT', price: '49500', quantity: '0.01' })
const KINDS: readonly Kind[] = ['binance', 'binance over a socket', 'aster v3', 'aster v1']

describe.each(KINDS)('our adapter for %s', (kind) => {
  it('reads instruments, mode, positions and time', async () => {
    const { venue } = await open(kind)
    const instruments = await venue.fetchInstruments()
    expect(instruments.map(({ symbol, tickSize }) => `${symbol} ${formatPrice(tickSize)}`)).toEqual([
      'BTCUSDT 0.1',
      'ETHUSDT 0.01',
    ])
    expect(await venue.fetchPositionMode()).toBe('ONE_WAY')
    expect(await venue.fetchPositions(['BTCUSDT'])).toMatchObject([{ positionSide: 'BOTH', quantity: 0n }])
    expect(Math.abs((await venue.syncClock()).offsetMs)).toBeLessThan(1_000)
  })

  it('reads what the account holds', async () => {
    const { venue } = await open(kind)
    expect(isBalanceSource(venue)).toBe(true)
    const balances = isBalanceSource(venue) ? await venue.fetchBalances() : []
    const [{ asset, walletBalance, availableBalance } = {}] = balances.filter((balance) => balance.asset === 'USDT')
    expect({ asset, walletBalance }).toEqual({ asset: 'USDT', walletBalance: availableBalance })
    expect(Number(walletBalance)).toBeGreaterThan(0)
  })

  it('enters, is stopped out and hears of it under its own names', async () => {
    const { venue, move } = await open(kind)
    const lines = await listen(venue)
    expect(await venue.submit(entry)).toMatchObject({ outcome: 'acknowledged' })
    expect(await venue.submit(stop)).toMatchObject({ outcome: 'acknowledged' })
    expect((await venue.fetchOpenOrders('BTCUSDT')).map((order) => [order.clientOrderId, order.isConditional])).toEqual(
      [['S1', true]],
    )
    expect(await venue.fetchPositions(['BTCUSDT'])).toMatchObject([{ quantity: 20_000_000_000n }])
    move('48900')
    await until('the stop', () => lines.includes('S1 filled'))
    expect(lines.filter((line) => line.startsWith('fill ') || line.startsWith('quarantined'))).toEqual([
      'fill E1 0.02',
      'fill S1 0.02',
    ])
    const { fills } = await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: null, since: null })
    expect(fills.map((fill) => formatPrice(fill.price))).toEqual(['50000.1', '49000'])
    expect(await venue.findOrder(refOf(stop))).toMatchObject({ type: 'found', report: { status: 'filled' } })
    expect(await venue.fetchPositions(['BTCUSDT'])).toMatchObject([{ quantity: 0n }])
  })

  it('places many, changes, cancels one, some and all', async () => {
    const { venue } = await open(kind)
    const named = (clientOrderId: string) => ({ ...limit, terms: { ...limit.terms, clientOrderId } })
    const placed = await venue.submitMany([limit, named('L2'), named('L3'), named('L4')])
    expect(placed.map((result) => result.outcome)).toEqual(Array.from({ length: 4 }, () => 'acknowledged'))
    const change = {
      order: refOf(limit),
      orderSide: 'BUY',
      positionSide: 'BOTH',
      price: '49400',
      quantity: '0.01',
    } as const
    expect(await venue.modify(change)).toMatchObject({ outcome: 'acknowledged' })
    expect(await venue.cancel(refOf(limit))).toMatchObject({ outcome: 'acknowledged' })
    const some = await venue.cancelMany([refOf(named('L2')), refOf(named('L3'))])
    expect(some.map((result) => result.outcome)).toEqual(['acknowledged', 'acknowledged'])
    expect(await venue.submit(request({ clientOrderId: 'X', quantity: '0.0005' }))).toMatchObject({
      outcome: 'refused',
      reason: 'filter',
    })
    expect(await venue.cancelAll('BTCUSDT')).toMatchObject({ outcome: 'acknowledged' })
    expect(await venue.fetchOpenOrders('BTCUSDT')).toEqual([])
    expect(await venue.setLeverage('BTCUSDT', 10)).toMatchObject({ outcome: 'acknowledged' })
  })

  it('takes an answer that never comes for what it is', async () => {
    const faults = faultsByHand()
    const { venue } = await open(kind, { faults })
    faults.write('acceptedWithoutReply')
    expect(await venue.submit(limit)).toMatchObject({ outcome: 'unknown' })
    expect(await venue.findOrder(refOf(limit))).toMatchObject({ type: 'found', report: { status: 'acknowledged' } })
    faults.write('lostUnknown')
    expect(await venue.submit(entry)).toMatchObject({ outcome: 'unknown' })
    expect(await venue.findOrder(refOf(entry))).toMatchObject({ type: 'notFound' })
  })

  it('hears marks, and comes back after a cut', async () => {
    const { venue, served } = await open(kind)
    const marks: MarketEvent[] = []
    venue.streamMarks(['BTCUSDT'], (event) => marks.push(event))
    await until('a mark', () => marks.some((event) => event.type === 'mark'))
    const lines = await listen(venue)
    served.cutStreams()
    await until('a second connection', () => lines.filter((line) => line === 'connected').length === 2)
    await venue.submit(entry)
    await until('the fill', () => lines.includes('fill E1 0.02'))
    expect(lines).not.toContain('quarantined')
  })
})

it.each(['beforeFills', 'afterFills'] as const)(
  'a stop whose child is named %s is told the same',
  async (triggerNews) => {
    const { venue, move } = await open('binance', { behaviour: { triggerNews, childClientId: 'generated' } })
    const lines = await listen(venue)
    await venue.submit(entry)
    await venue.submit(stop)
    move('48900')
    await until('the stop', () => lines.includes('S1 filled'))
    expect(lines.filter((line) => line.startsWith('fill '))).toEqual(['fill E1 0.02', 'fill S1 0.02'])
  },
)

it('an order in flight at Aster is killed by its nonce before it lands', async () => {
  const faults = faultsByHand({ delayMs: 300 })
  const { venue, exchange } = await open('aster v3', { faults })
  faults.write('landsLate')
  expect(await venue.submit(limit)).toMatchObject({ outcome: 'unknown' })
  await venue.cancel(refOf(limit))
  faults.write('landsLate')
  const other = request({ clientOrderId: 'L2', orderType: 'LIMIT', price: '49500', quantity: '0.01' })
  expect(await venue.submit(other)).toMatchObject({ outcome: 'unknown' })
  await until('the order that nobody killed', () => exchange.accounts.get('main')?.live.size === 1)
  expect(await venue.findOrder(refOf(other))).toMatchObject({ type: 'found' })
  expect(await venue.findOrder(refOf(limit))).toMatchObject({ type: 'notFound' })
})
