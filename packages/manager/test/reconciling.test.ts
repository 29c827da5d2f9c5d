import type { Clock, OrderRequest } from '@tranchebook/adapters'
import { clientOrderIdOf, parseEvent, parsePrice } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { FlakyStore } from './flaky-store.js'
import { PaperVenue } from './paper-venue.js'
import { Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }
const OPEN = { quantity: '0.03', isOpening: true }

function restingEntry(clientOrderId: string): OrderRequest {
  const terms = {
    clientOrderId,
    purpose: 'entry',
    orderType: 'LIMIT',
    orderSide: 'BUY',
    positionSide: 'LONG',
    quantity: '0.01',
    price: '40000',
    triggerPrice: null,
    reduceOnly: false,
    closePosition: false,
  } as const
  return { symbol: SYMBOL, workingType: 'MARK_PRICE', terms }
}

/** A stop under our prefix that no log knows. */
function restingStop(triggerPrice: string): OrderRequest {
  const { terms, ...entry } = restingEntry(clientOrderIdOf({ stream: `main/${SYMBOL}`, intent: 99, attempt: 1 }))
  const orderType = 'STOP_MARKET'
  return { ...entry, terms: { ...terms, purpose: 'stop', orderType, orderSide: 'SELL', price: null, triggerPrice } }
}

describe('reconciling', () => {
  it('known failure 21, 25: what was traded during a gap is booked before anything new is decided', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    running.venue.cut()
    stage.exchange.setMark(SYMBOL, '48990')
    stage.exchange.setMark(SYMBOL, '50000')
    await stage.clock.advance(300)
    expect(running.manager.health.status).toBe('degraded')
    expect(stage.tranches(running)).toEqual(['0.01'])

    running.venue.reconnect()
    await stage.clock.advance(200)

    expect(stage.tranches(running)).toEqual([])
    expect(running.manager.health.status).toBe('live')
    const reduced = (await stage.events()).filter((event) => event.type === 'TrancheReduced')
    expect(reduced).toMatchObject([{ tranche: 'T1', price: '48990', reason: 'stop', evidence: 'fill' }])
    expect(stage.resting()).toEqual([])
  })

  it('events during a resynchronisation are held back, then booked once', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.cut()
    stage.exchange.tradeByHand(SYMBOL, 'LONG', OPEN)
    running.venue.reconnect()
    stage.exchange.tradeByHand(SYMBOL, 'LONG', OPEN)
    await stage.clock.advance(1000)

    expect(stage.tranches(running)).toEqual(['0.03', '0.03'])
    const booked = (await stage.events()).filter((event) => event.type === 'FillBooked')
    expect(booked.map(({ tradeId, late }) => [tradeId, late])).toEqual([
      ['1000', false],
      ['1001', false],
    ])
  })

  it('until the comparison after a gap is complete nothing is changed at the venue', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    running.venue.cut()
    running.venue.isUnreachable = true
    running.venue.reconnect()
    const { length: before } = running.venue.submitted
    const move = { command: 'moveStop', tranche: 'T1', price: '49500' }
    await stage.whileTimePasses(running.manager.command(SYMBOL, move))
    expect(running.venue.submitted).toHaveLength(before)

    running.venue.isUnreachable = false
    await stage.clock.advance(5000)
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49500 0.01'])
  })

  it('known failure 25: what was not understood of the stream is asked for at once', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.clock.advance(1000)
    running.venue.copies = 0
    stage.exchange.tradeByHand(SYMBOL, 'LONG', OPEN)
    running.venue.garble()
    await stage.clock.advance(500)

    expect(stage.tranches(running)).toEqual(['0.03'])
  })

  it('known failure 25: trades that left no position behind, and that nobody told, are found within two minutes', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.clock.advance(15_000)
    running.venue.copies = 0
    stage.exchange.tradeByHand(SYMBOL, 'LONG', OPEN)
    stage.exchange.tradeByHand(SYMBOL, 'LONG', { ...OPEN, isOpening: false })
    await stage.clock.advance(120_000)

    expect((await stage.events()).filter((event) => event.type === 'FillBooked')).toHaveLength(2)
  })

  it('while orders and positions agree trades are asked for once a minute, and at every comparison that somebody asks for', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    const asked: number[] = []
    const fetchTrades = running.venue.fetchTrades.bind(running.venue)
    running.venue.fetchTrades = async (request) => {
      asked.push(stage.clock.now())
      return fetchTrades(request)
    }
    await stage.clock.advance(200_000)
    expect(asked).toHaveLength(3)
    const { length: before } = asked
    for (let times = 0; times < 3; times += 1) await stage.whileTimePasses(running.manager.syncWithExchange())
    expect(asked.length - before).toBe(3)
  })

  it('a stop that is gone has its trades asked for at once, however lately that was done', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.whileTimePasses(running.manager.syncWithExchange())
    running.venue.copies = 0
    stage.exchange.setMark(SYMBOL, '48990')
    await stage.clock.advance(11_000)

    expect(stage.tranches(running)).toEqual([])
    const reduced = (await stage.events()).filter((event) => event.type === 'TrancheReduced')
    expect(reduced).toMatchObject([{ reason: 'stop', evidence: 'fill' }])
  })

  it('a venue that no longer has all trades is told of', async () => {
    const stage = new Stage(TARGETS)
    const running = stage.open()
    const { venue } = running
    const fetchTrades = venue.fetchTrades.bind(venue)
    venue.fetchTrades = async (request) => ({ ...(await fetchTrades(request)), isComplete: false })
    await stage.whileTimePasses(running.manager.start())

    const told = (complaints: readonly string[]): boolean =>
      complaints.some((line) => line.includes('the venue no longer has all trades asked for'))
    expect(told(running.complaints)).toBe(true)
    await stage.whileTimePasses(running.manager.stop())
    expect(told((await stage.start()).complaints)).toBe(false)
  })

  it('trades are asked for until the venue has no more of them, in one comparison', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.copies = 0
    for (let pair = 0; pair < 5; pair += 1) {
      stage.exchange.tradeByHand(SYMBOL, 'LONG', OPEN)
      stage.exchange.tradeByHand(SYMBOL, 'LONG', { ...OPEN, isOpening: false })
    }
    const fetchTrades = running.venue.fetchTrades.bind(running.venue)
    running.venue.fetchTrades = async (request) => {
      const { fills, isComplete } = await fetchTrades(request)
      const from = request.afterId === null ? 0 : fills.findIndex(({ tradeId }) => tradeId === request.afterId)
      return { fills: fills.slice(from, from + 4), isComplete, hasMore: fills.length > from + 4 }
    }
    await stage.whileTimePasses(running.manager.syncWithExchange())
    expect((await stage.events()).filter((event) => event.type === 'FillBooked')).toHaveLength(10)
  })

  it('more trades than a book takes at once are booked in one comparison', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    stage.exchange.tradeByHand(SYMBOL, 'LONG', OPEN)
    running.venue.copies = 0
    stage.exchange.tradeByHand(SYMBOL, 'LONG', { ...OPEN, isOpening: false })
    const fetchTrades = running.venue.fetchTrades.bind(running.venue)
    running.venue.fetchTrades = async (request) => {
      const { fills, isComplete } = await fetchTrades(request)
      const known = Array.from({ length: 5000 }, () => fills.slice(0, 1)).flat()
      return { fills: [...known, ...fills.slice(1)], isComplete }
    }
    await stage.whileTimePasses(running.manager.syncWithExchange())
    expect((await stage.events()).filter((event) => event.type === 'FillBooked')).toHaveLength(2)
    expect(running.manager.metrics.overflows).toBe(0)
  })

  it('a stop of ours that the book does not know stays while no other is known to rest', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.fault = (write) => ('terms' in write && write.terms.orderType === 'STOP_MARKET' ? 'hang' : null)
    await stage.enter(running, '0.01')
    stage.exchange.place(restingStop('48000'))
    await stage.whileTimePasses(running.manager.syncWithExchange())

    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 48000 0.01'])
  })

  it('a stream that breaks and stands again during a comparison goes on after another one', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    for (let times = 0; times < 2; times += 1) {
      running.venue.cut()
      running.venue.reconnect()
      await stage.clock.advance(5)
    }
    await stage.clock.advance(500)
    stage.exchange.tradeByHand(SYMBOL, 'LONG', OPEN)
    await stage.clock.advance(500)

    expect(stage.tranches(running)).toEqual(['0.03'])
  })

  it('a position that was there before is adopted and protected once the difference has settled', async () => {
    const stage = new Stage(TARGETS)
    stage.exchange.tradeByHand(SYMBOL, 'LONG', OPEN)
    await stage.clock.advance(60_000)
    const running = await stage.start()
    expect(stage.tranches(running)).toEqual([])
    expect(running.manager.canOpenNewTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01' })).toMatchObject({
      allowed: false,
      code: 'unresolvedDrift',
    })

    await stage.clock.advance(5000)

    expect(stage.tranches(running)).toEqual(['0.03'])
    expect(running.manager.getTranches(SYMBOL, 'LONG')[0]).toMatchObject({ origin: 'recovered' })
    expect(stage.resting()).toEqual(['LIMIT 52500 0.03', 'STOP_MARKET 49000 0.03'])
  })

  it('a trade by hand opens a tranche of its own, and a close by hand closes by the rule', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    stage.exchange.tradeByHand(SYMBOL, 'LONG', OPEN)
    await stage.clock.advance(100)
    expect(running.manager.getTranches(SYMBOL, 'LONG').map(({ origin }) => origin)).toEqual(['intent', 'external'])

    stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.035', isOpening: false })
    await stage.clock.advance(500)

    expect(stage.tranches(running)).toEqual(['0.005'])
    expect(stage.resting()).toEqual(['LIMIT 52500 0.005', 'STOP_MARKET 49000 0.005'])
  })

  it('a trade of a gap that a stale answer left out is found later, though newer ones are known by then', async () => {
    const stage = new Stage({ ...TARGETS, driftPolicy: 'ALERT' })
    const running = await stage.start()
    await stage.enter(running, '0.01')
    running.venue.cut()
    stage.exchange.tradeByHand(SYMBOL, 'LONG', OPEN)
    running.venue.staleTradeAnswers = 1
    running.venue.reconnect()
    await stage.clock.advance(300)
    for (const quantity of ['0.002', '0.003', '0.004', '0.005', '0.006'])
      stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity, isOpening: true })
    await stage.clock.advance(20_000)

    expect(stage.tranches(running)).toContain('0.03')
    expect((await stage.events()).filter((event) => event.type === 'FillBooked')).toHaveLength(7)
    expect(running.manager.getTrancheGroup(SYMBOL, 'LONG').syncStatus).toBe('synced')
  })

  it('incident 19: a venue that cannot be asked says nothing about what it holds', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    running.venue.isUnreachable = true

    await stage.clock.advance(60_000)

    expect(stage.tranches(running)).toEqual(['0.01'])
    expect(running.manager.health).toMatchObject({ status: 'degraded', reasons: [{ code: 'venueUnreachable' }] })
    await expect(stage.whileTimePasses(running.manager.syncWithExchange())).rejects.toMatchObject({
      code: 'venue.unreachable',
    })
    running.venue.isUnreachable = false
    await stage.clock.advance(11_000)
    expect(running.manager.health.status).toBe('live')
  })

  it('an order of ours that the book does not know and that was there before is cancelled; those of others are left alone', async () => {
    const stage = new Stage(TARGETS)
    const stray = clientOrderIdOf({ stream: `main/${SYMBOL}`, intent: 99, attempt: 1 })
    for (const clientOrderId of [stray, 'web_1']) stage.exchange.place(restingEntry(clientOrderId))
    await stage.clock.advance(60_000)

    const running = await stage.start()

    expect(running.manager.lastReconcile()?.straysCancelled).toEqual([stray])
    expect(stage.exchange.open(SYMBOL).map(({ clientOrderId }) => clientOrderId)).toEqual(['web_1'])
  })

  it('one that only observes cancels no order that its book does not know, and withdraws no stop at a wrong price', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    await stage.enter(first, '0.01')
    const [stop = ''] = stage.sent(first, 'stop')
    await stage.whileTimePasses(first.manager.stop())
    stage.exchange.place(restingEntry(clientOrderIdOf({ stream: `main/${SYMBOL}`, intent: 99, attempt: 1 })))
    await stage.clock.advance(60_000)
    const before = stage.resting()
    const watching = stage.open({ mode: 'observe' })
    const { venue } = watching
    const fetchOpenOrders = venue.fetchOpenOrders.bind(venue)
    venue.fetchOpenOrders = async (symbol) =>
      (await fetchOpenOrders(symbol)).map((order) =>
        order.clientOrderId === stop ? { ...order, triggerPrice: parsePrice('48000') } : order,
      )
    await stage.whileTimePasses(watching.manager.start())
    await stage.clock.advance(30_000)

    expect(watching.manager.lastReconcile()).toMatchObject({ openOrders: 3, straysCancelled: [] })
    expect(venue.cancelled).toEqual([])
    expect(stage.resting()).toEqual(before)
  })

  it('a stop that its book does not know stays where the account was lost during the comparison: it may be the next owner’s', async () => {
    const stage = new Stage(TARGETS)
    let stoodStillMs = 0
    const clock: Clock = {
      now: () => stage.clock.now() + stoodStillMs,
      schedule: (ms, run) => stage.clock.schedule(ms, run),
    }
    stage.exchange.place(restingStop('48000'))
    await stage.clock.advance(60_000)
    const { venue, manager } = stage.open({ clock })
    const fetchPositions = venue.fetchPositions.bind(venue)
    venue.fetchPositions = async (symbols) => {
      const positions = await fetchPositions(symbols)
      stoodStillMs = 60_000
      return positions
    }
    await expect(stage.whileTimePasses(manager.start())).rejects.toMatchObject({ code: 'manager.stopped' })

    expect(venue.cancelled).toEqual([])
    expect(stage.resting()).toEqual(['STOP_MARKET 48000 0.01'])
  })

  it('an order that an earlier process sent, and that arrives after the start, is cancelled; nobody else is suspected', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.clock.advance(2000)
    stage.exchange.place(restingEntry(clientOrderIdOf({ stream: `main/${SYMBOL}`, intent: 99, attempt: 1 })))
    await stage.clock.advance(30_000)

    expect(stage.resting()).toEqual([])
    expect(running.manager.metrics.strayOrdersCancelled).toBe(1)
    expect(running.manager.health.reasons).toEqual([])
  })

  it('one comparison that shows an order of another writer says nothing yet, and leaves it alone', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.clock.advance(61_000)
    const foreign = clientOrderIdOf({ stream: `main/${SYMBOL}`, intent: 99, attempt: 1 })
    stage.exchange.place(restingEntry(foreign))
    await stage.whileTimePasses(running.manager.syncWithExchange())
    expect(running.manager.health.reasons).toEqual([])
    stage.exchange.cancel(foreign)
    await stage.clock.advance(60_000)

    expect(running.manager.health.reasons).toEqual([])
    expect(running.venue.cancelled).toEqual([])
  })

  it.each(['ADOPT', 'ALERT', 'HALT'])(
    'books that began anew take no stop away before their own rest: drift policy %s',
    async (driftPolicy) => {
      const stage = new Stage({ ...TARGETS, driftPolicy })
      const first = await stage.start()
      await stage.enter(first, '0.01')
      await stage.whileTimePasses(first.manager.stop())
      first.venue.kill()
      const entry = clientOrderIdOf({ stream: `main/${SYMBOL}`, intent: 99, attempt: 1 })
      stage.exchange.place(restingEntry(entry))

      const store = new FlakyStore({ decode: parseEvent, now: () => stage.clock.now() })
      const second = await stage.start({ store })
      expect(second.manager.lastReconcile()?.straysCancelled).toContain(entry)
      let bareMs = 0
      for (let turn = 0; turn < 300; turn += 1) {
        await stage.clock.advance(100)
        if (!stage.resting().includes('STOP_MARKET 49000 0.01')) bareMs += 100
      }
      expect(bareMs).toBe(0)
      expect(stage.resting().filter((order) => order.startsWith('STOP'))).toEqual(['STOP_MARKET 49000 0.01'])
      expect(stage.tranches(second)).toEqual(driftPolicy === 'ADOPT' ? ['0.01'] : [])
    },
  )

  it('a symbol that the venue has delisted keeps no other from being compared and protected', async () => {
    const stage = new Stage(TARGETS, [SYMBOL, 'OLDUSDT'])
    const running = await stage.start()
    running.venue.delist('OLDUSDT')
    await stage.clock.advance(601_000)
    running.venue.cut()
    stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.01', isOpening: true })
    running.venue.reconnect()
    await stage.clock.advance(1000)

    expect(stage.tranches(running)).toEqual(['0.01'])
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
    await stage.whileTimePasses(running.manager.stop())

    const again = stage.open()
    again.venue.delist('OLDUSDT')
    const started = again.manager.start()
    await stage.clock.advance(11_000)
    await started
    expect(stage.tranches(again)).toEqual(['0.01'])
  })

  it('a symbol that is delisted while it trades keeps no other from being compared: the list is asked for at once', async () => {
    const stage = new Stage(TARGETS, [SYMBOL, 'OLDUSDT'])
    const running = await stage.start()
    running.venue.delist('OLDUSDT')
    running.venue.cut()
    stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.01', isOpening: true })
    running.venue.reconnect()
    await stage.clock.advance(1000)

    expect(running.manager.health.reasons).toEqual([])
    expect(stage.tranches(running)).toEqual(['0.01'])
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
  })

  it('while the stream breaks again during a comparison, no entry is sent', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.cut()
    running.venue.reconnect()
    await stage.clock.advance(5)
    running.venue.cut()
    await stage.clock.advance(1000)
    stage.touch(running)
    expect(running.manager.health).toMatchObject({ status: 'degraded', reasons: [{ code: 'venueGap' }] })
    expect(await stage.enter(running, '0.01')).toMatchObject({ accepted: false, code: 'notLive' })

    running.venue.reconnect()
    await stage.clock.advance(1000)
    expect(running.manager.health.status).toBe('live')
  })

  it('two processes with books of their own on one account: neither cancels what the other places; both say so, and enter no more', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    await stage.clock.advance(60_000)
    stage.touch(first)
    await stage.enter(first, '0.01')
    const second = await stage.start({ store: new FlakyStore({ decode: parseEvent, now: () => stage.clock.now() }) })
    await stage.clock.advance(60_000)
    const before = first.venue.cancelled.length + second.venue.cancelled.length
    await stage.clock.advance(60_000)
    stage.touch(first)
    await stage.clock.advance(50)

    for (const { manager } of [first, second]) {
      expect(manager.health.reasons).toMatchObject([{ code: 'otherWriter', symbol: null }])
      const entry = { symbol: SYMBOL, side: 'LONG', quantity: '0.01' } as const
      expect(manager.canOpenNewTranche(entry)).toMatchObject({ allowed: false, code: 'notLive' })
      expect(manager.accountState().unprotected).toEqual([])
    }
    expect(first.venue.cancelled.length + second.venue.cancelled.length).toBe(before)
    expect(stage.resting()).toEqual([
      ...Array.from({ length: 2 }, () => 'LIMIT 52500 0.01'),
      ...Array.from({ length: 2 }, () => 'STOP_MARKET 49000 0.01'),
    ])
  })

  it('a stop of a lost log gives way where its slot is what the own stop lacks: the least useful first, and only one', async () => {
    const stage = new Stage({ ...TARGETS, maxTranches: 5, instantTakeProfit: false })
    const stops = (): readonly string[] => stage.resting().filter((order) => order.startsWith('STOP_MARKET'))
    const first = await stage.start()
    for (const quantity of ['0.01', '0.02', '0.03']) await stage.enter(first, quantity)
    for (const [tranche, price] of [
      ['T1', '49500'],
      ['T3', '49200'],
    ])
      await stage.whileTimePasses(first.manager.command(SYMBOL, { command: 'moveStop', tranche, price }))
    const known = ['STOP_MARKET 49200 0.03', 'STOP_MARKET 49500 0.01']
    expect(stops()).toEqual(['STOP_MARKET 49000 0.02', ...known])
    await stage.whileTimePasses(first.manager.stop())
    first.venue.kill()

    stage.exchange.refuse = ({ terms }) =>
      terms.orderType === 'STOP_MARKET' && stops().length >= 3 ? 'too-many-orders' : null
    const second = await stage.start({ store: new FlakyStore({ decode: parseEvent, now: () => stage.clock.now() }) })
    expect(stops()).toHaveLength(3)
    for (let turn = 0; turn < 100 && stage.sent(second, 'stop').length === 0; turn += 1) await stage.clock.advance(50)
    await stage.clock.advance(50)

    expect(stops()).toEqual(['STOP_MARKET 49000 0.06', ...known])
    await stage.clock.advance(12_000)
    expect(stops()).toEqual(['STOP_MARKET 49000 0.06'])
    expect(stage.sent(second, 'exit')).toEqual([])
    expect(stage.held('LONG')).toBe('0.06')
  })

  it('an order that was given up as absent and arrives all the same is ours: it is cancelled, and nobody else is suspected', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    const [stop = ''] = stage.sent(running, 'stop')
    const { request } = stage.exchange.find(stop)!
    stage.exchange.forget(stop)
    await stage.clock.advance(15_000)
    stage.exchange.place(request)

    await stage.clock.advance(31_000)

    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
    expect(running.manager.health.status).toBe('live')
    expect(running.manager.metrics.strayOrdersCancelled).toBe(1)
  })

  it('node #3, node #22, theme 1: a stop that somebody cancelled is not a filled one; it is placed again', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    const [stop = ''] = stage.sent(running, 'stop')
    running.venue.cut()
    stage.exchange.cancel(stop)
    running.venue.reconnect()
    await stage.clock.advance(500)

    expect(stage.tranches(running)).toEqual(['0.01'])
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
    expect(stage.sent(running, 'stop')).toHaveLength(2)
  })

  it('an order that still waits to leave is not looked for: it would be given up, and fill all the same', async () => {
    const stage = new Stage(TARGETS)
    const { clock, venue, manager } = await stage.start()
    venue.submit = async (order) => {
      if (order.terms.purpose === 'entry')
        await new Promise<void>((resolve) => {
          clock.schedule(25_000, resolve)
        })
      return PaperVenue.prototype.submit.call(venue, order)
    }
    const { lookUps } = manager.metrics
    const entry = manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01' })
    await stage.clock.advance(26_000)

    expect(await entry).toMatchObject({ accepted: true })
    expect(manager.metrics.lookUps).toBe(lookUps)
    expect(manager.getTranches(SYMBOL, 'LONG')).toMatchObject([{ origin: 'intent' }])
  })

  it('an order of which the venue knows nothing any more is given up after two answers', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    const [stop = ''] = stage.sent(running, 'stop')
    stage.exchange.forget(stop)

    await stage.clock.advance(15_000)

    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
    const closed = (await stage.events()).filter((event) => event.type === 'OrderClosed')
    expect(closed).toContainEqual(expect.objectContaining({ clientOrderId: stop, status: 'absent' }))
  })
})
