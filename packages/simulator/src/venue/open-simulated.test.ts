import type { AccountEvent, MarketEvent, OrderRef, OrderRequest, VenueOrderTerms } from '@tranchebook/adapters'
import { formatPrice, formatQuantity, parsePrice } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { openExchange, START } from '../../test/open-exchange.js'
import { createVirtualClock } from '../drive/virtual-clock.js'
import { ASTER_BEHAVIOUR, type Behaviour } from '../engine/behaviour.js'
import { payFunding } from '../engine/funding.js'
import { movePrice, setMark } from '../engine/move-price.js'
import { parseRate } from '../engine/parse-rate.js'
import { faultsByHand } from '../faults/faults.js'
import { seededFaults } from '../faults/seeded-faults.js'
import { openSimulated } from './open-simulated.js'

function open(behaviour: Partial<Behaviour> = {}, options: Parameters<typeof faultsByHand>[0] = {}) {
  const { exchange } = openExchange({ behaviour })
  const clock = createVirtualClock(exchange)
  const faults = faultsByHand(options)
  const venue = openSimulated({ exchange, account: 'main', clock, faults })
  const move = (to: string): void => {
    movePrice(exchange, { symbol: 'BTCUSDT', to: parsePrice(to), axis: 'both', isGap: false })
  }
  return { exchange, clock, faults, venue, move }
}

function order(terms: Partial<VenueOrderTerms> & { readonly clientOrderId: string }): OrderRequest {
  const plain: VenueOrderTerms = {
    clientOrderId: 'E1',
    purpose: 'entry',
    orderType: 'MARKET',
    orderSide: 'BUY',
    positionSide: 'BOTH',
    quantity: '0.02',
    price: null,
    triggerPrice: null,
    reduceOnly: false,
    closePosition: false,
  }
  return { symbol: 'BTCUSDT', workingType: 'MARK_PRICE', terms: { ...plain, ...terms } }
}

const stop = order({
  clientOrderId: 'S1',
  orderType: 'STOP_MARKET',
  orderSide: 'SELL',
  triggerPrice: '49000',
  reduceOnly: true,
})
const entry = order({ clientOrderId: 'E1' })
const limit = order({ clientOrderId: 'L1', orderType: 'LIMIT', price: '49500', quantity: '0.01' })

function ref({ symbol, terms }: OrderRequest): OrderRef {
  const { clientOrderId, orderType } = terms
  return { symbol, clientOrderId, orderType, isProtection: false, venueOrderId: null, childOrderId: null }
}

/** Account events without connection news, each as one line, resynchronisations answered at once. */
function listen(venue: ReturnType<typeof open>['venue']) {
  const lines: string[] = []
  const all: AccountEvent[] = []
  const stream = venue.streamAccount((event) => {
    all.push(event)
    if (event.type === 'resyncNeeded') stream.resume(event.resync)
    else if (event.type === 'fill') lines.push(`fill ${event.clientOrderId} ${formatQuantity(event.quantity)}`)
    else if (event.type === 'order') lines.push(`${event.clientOrderId} ${event.status}`)
    else if (event.type === 'gap') lines.push('gap')
  })
  return { lines, all, opened: stream.opened }
}

describe('the port', () => {
  it.each<[string, Partial<Behaviour>]>([
    ['separate conditional orders', {}],
    ['ordinary conditional orders', ASTER_BEHAVIOUR],
  ])('tells an entry and its stop under our names, with %s', async (_, behaviour) => {
    const { venue, move } = open(behaviour)
    const { lines, opened } = listen(venue)
    await opened
    expect(await venue.submit(entry)).toMatchObject({ outcome: 'acknowledged', report: { status: 'filled' } })
    expect(await venue.submit(stop)).toMatchObject({ outcome: 'acknowledged', report: { status: 'acknowledged' } })
    expect((await venue.fetchOpenOrders(null)).map((one) => one.clientOrderId)).toEqual(['S1'])
    move('48000')
    const news = lines.filter((line) => line.startsWith('fill') || line.endsWith('filled'))
    expect(news).toEqual(['fill E1 0.02', 'E1 filled', 'fill S1 0.02', 'S1 filled'])
    expect(lines).toContain('S1 triggered')
    expect(await venue.findOrder(ref(stop))).toMatchObject({ type: 'found', report: { status: 'filled' } })
    const { fills } = await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: null, since: null })
    expect(fills.map((fill) => `${fill.clientOrderId} ${formatPrice(fill.price)}`)).toEqual(['E1 50000', 'S1 49000'])
    expect(await venue.fetchPositions(['BTCUSDT'])).toMatchObject([{ quantity: 0n, entryPrice: null }])
  })

  it('changes and cancels, and refuses in words', async () => {
    const { venue } = open()
    await venue.submit(limit)
    const change = { order: ref(limit), orderSide: 'BUY' as const, positionSide: 'BOTH' as const, price: '49400' }
    expect(await venue.modify({ ...change, quantity: '0.01' })).toMatchObject({ outcome: 'acknowledged' })
    expect(await venue.modify({ ...change, quantity: '0.01' })).toMatchObject({ outcome: 'acknowledged' })
    expect(await venue.cancel(ref(limit))).toMatchObject({ outcome: 'acknowledged', report: { status: 'cancelled' } })
    expect(await venue.cancel(ref(limit))).toMatchObject({ outcome: 'refused', reason: 'unknown-order' })
    expect(await venue.submit(stop)).toMatchObject({ outcome: 'acknowledged' })
    expect(await venue.cancelAll('BTCUSDT')).toMatchObject({ outcome: 'acknowledged' })
    expect(await venue.fetchOpenOrders('BTCUSDT')).toEqual([])
    const bad = order({ clientOrderId: 'X', quantity: '1e-3' })
    expect(await venue.submit(bad)).toMatchObject({ outcome: 'not-sent', reason: 'invalid' })
    const late = order({ clientOrderId: 'S2', orderType: 'STOP_MARKET', orderSide: 'SELL', triggerPrice: '51000' })
    expect(await venue.submit(late)).toMatchObject({ outcome: 'refused', reason: 'would-trigger', code: '-2021' })
  })

  it('tells marks, funding and settings', async () => {
    const { venue, exchange } = open()
    const marks: MarketEvent[] = []
    await venue.streamMarks(['BTCUSDT'], (event) => marks.push(event)).opened
    const { all, opened } = listen(venue)
    await opened
    setMark(exchange, 'BTCUSDT', parsePrice('50100'))
    await venue.submit(entry)
    payFunding(exchange, 'BTCUSDT', parseRate('0.001'))
    await venue.setLeverage('BTCUSDT', 10)
    expect(marks.map((event) => event.type)).toEqual(['connected', 'mark', 'mark'])
    expect(all.map((event) => event.type)).toEqual(
      expect.arrayContaining(['fundingNoticed', 'leverageChanged', 'balanceChanged']),
    )
    const { payments } = await venue.fetchFunding({ symbol: 'BTCUSDT', afterId: null, since: START })
    expect(payments).toMatchObject([{ symbol: 'BTCUSDT', asset: 'USDT' }])
    await venue.close()
    expect(await venue.submit(entry)).toMatchObject({ outcome: 'not-sent', reason: 'closed' })
  })
})

describe('on request', () => {
  it('a write is carried out although nobody knows, or is lost although nobody knows', async () => {
    const { venue, faults } = open()
    faults.write('acceptedWithoutReply', 'lostUnknown', 'tooManyRequests', 'banned', 'overloaded')
    expect(await venue.submit(limit)).toMatchObject({ outcome: 'unknown' })
    expect(await venue.submit(entry)).toMatchObject({ outcome: 'unknown' })
    expect(await venue.findOrder(ref(limit))).toMatchObject({ type: 'found' })
    expect(await venue.findOrder(ref(entry))).toMatchObject({ type: 'notFound' })
    for (const reason of ['rate-limit', 'rate-limit', 'overloaded']) {
      expect(await venue.submit(entry)).toMatchObject({ outcome: 'refused', reason, isPermanent: false })
    }
  })

  it('a write lands long after nobody knew', async () => {
    const { venue, faults, clock } = open()
    faults.write('landsLate')
    expect(await venue.submit(limit)).toMatchObject({ outcome: 'unknown' })
    expect(await venue.findOrder(ref(limit))).toMatchObject({ type: 'notFound' })
    clock.advance(500)
    expect(await venue.findOrder(ref(limit))).toMatchObject({ type: 'found' })
  })

  it('an order is not found for a while, a snapshot is stale, a question is not answered', async () => {
    const { venue, faults } = open()
    await venue.submit(limit)
    faults.read('notFoundYet')
    expect(await venue.findOrder(ref(limit))).toMatchObject({ type: 'notFound' })
    await venue.fetchPositions(['BTCUSDT'])
    await venue.submit(entry)
    faults.read('stale')
    expect(await venue.fetchPositions(['BTCUSDT'])).toMatchObject([{ quantity: 0n }])
    faults.read('unanswered')
    await expect(venue.fetchOpenOrders(null)).rejects.toMatchObject({ code: 'simulator.read.failed' })
  })

  it('messages come twice, late, swapped, or not at all with their connection', async () => {
    const { venue, faults, clock } = open()
    const { lines, opened } = listen(venue)
    await opened
    faults.message('doubled')
    await venue.submit(limit)
    expect(lines.splice(0)).toEqual(['L1 acknowledged', 'L1 acknowledged'])
    faults.message('late')
    await venue.cancel(ref(limit))
    expect(lines).toEqual([])
    clock.advance(500)
    expect(lines.splice(0)).toEqual(['L1 cancelled'])
    faults.message('swapped')
    await venue.submit({ ...limit, terms: { ...limit.terms, clientOrderId: 'L2' } })
    await venue.cancel(ref({ ...limit, terms: { ...limit.terms, clientOrderId: 'L2' } }))
    expect(lines.splice(0)).toEqual(['L2 cancelled', 'L2 acknowledged'])
    faults.message('swapped')
    await venue.submit({ ...limit, terms: { ...limit.terms, clientOrderId: 'L9' } })
    expect(lines).toEqual([])
    clock.advance(500)
    expect(lines.splice(0)).toEqual(['L9 acknowledged'])
    faults.message('cut')
    await venue.submit(entry)
    expect(lines.splice(0)).toEqual(['gap'])
    clock.advance(1_000)
    await venue.submit({ ...limit, terms: { ...limit.terms, clientOrderId: 'L3' } })
    expect(lines).toEqual(['L3 acknowledged'])
  })

  it('reduce-only orders vanish without a word', async () => {
    const { venue } = open({}, { hidesVanished: true })
    const { lines, opened } = listen(venue)
    await opened
    await venue.submit(entry)
    const target = order({
      clientOrderId: 'T1',
      orderType: 'LIMIT',
      orderSide: 'SELL',
      price: '51000',
      reduceOnly: true,
    })
    await venue.submit(target)
    lines.length = 0
    await venue.submit(order({ clientOrderId: 'X1', orderSide: 'SELL' }))
    expect(lines).toEqual(['X1 acknowledged', 'fill X1 0.02', 'X1 filled'])
    expect(await venue.findOrder(ref(target))).toMatchObject({ report: { status: 'expired' } })
  })
})

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'seed %d: after the faults have stopped, a resynchronisation finds what is there',
  async (seed) => {
    const run = async (): Promise<readonly unknown[]> => {
      const { exchange } = openExchange({ seed, wallet: '100000' })
      const clock = createVirtualClock(exchange)
      const faults = seededFaults(seed)
      const venue = openSimulated({ exchange, account: 'main', clock, faults })
      const heard: unknown[] = []
      const stream = venue.streamAccount((event) => {
        heard.push(event)
        if (event.type === 'resyncNeeded') stream.resume(event.resync)
      })
      await stream.opened
      for (let step = 0; step < 60; step += 1) {
        heard.push(await venue.submit(order({ clientOrderId: `E${step}`, orderSide: step % 3 === 0 ? 'SELL' : 'BUY' })))
        clock.advance(700)
      }
      faults.stop()
      clock.advance(5_000)
      const { fills } = await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: null, since: null })
      const sum = fills.reduce((total, fill) => total + (fill.side === 'BUY' ? fill.quantity : -fill.quantity), 0n)
      expect(await venue.fetchPositions(['BTCUSDT'])).toMatchObject([{ quantity: sum }])
      expect(new Set(fills.map((fill) => fill.clientOrderId)).size).toBe(fills.length)
      return heard
    }
    expect(await run()).toEqual(await run())
  },
)
