import { type Clock, VenueError } from '@tranchebook/adapters'
import { describe, expect, it } from 'vitest'
import { PaperVenue } from './paper-venue.js'
import { Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }

describe('sending', () => {
  it('known failure 28, 63: an entry whose reply is lost is looked for, never sent again', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.fault = (write) => ('terms' in write && write.terms.purpose === 'entry' ? 'lose-reply' : null)

    await stage.enter(running, '0.01')
    await stage.clock.advance(5000)

    expect(stage.sent(running, 'entry')).toHaveLength(1)
    expect(stage.held('LONG')).toBe('0.01')
    expect(stage.tranches(running)).toEqual(['0.01'])
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
  })

  it.each([null, '50000'])(
    'known failure 28: an answer that breaks the adapter says nothing (price %s)',
    async (price) => {
      const stage = new Stage(TARGETS)
      const running = await stage.start()
      running.venue.fault = (write) => ('terms' in write && write.terms.purpose === 'entry' ? 'break' : null)

      await stage.enter(running, '0.01', price)
      await stage.clock.advance(5000)

      expect(stage.sent(running, 'entry')).toHaveLength(1)
      expect(stage.tranches(running)).toEqual(['0.01'])
      expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
    },
  )

  it('known failure 28: what is refused because its id is known already may rest, and is looked for', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    const { venue } = running
    venue.submit = async (order) => {
      const result = await PaperVenue.prototype.submit.call(venue, order)
      if (order.terms.purpose !== 'stop') return result
      const message = 'ClientOrderId is duplicated.'
      return {
        outcome: 'refused',
        reason: 'duplicate-id',
        code: '-4116',
        message,
        isPermanent: true,
        retryAfterMs: null,
      }
    }
    await stage.enter(running, '0.01')
    await stage.clock.advance(5000)

    expect(stage.sent(running, 'stop')).toHaveLength(1)
    expect(stage.resting()).toContain('STOP_MARKET 49000 0.01')
    expect(running.manager.metrics.unprotectedMs).toBe(0)
  })

  it('known failure 28: a lost reply and a stream that tells nothing', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.copies = 0
    running.venue.fault = (write) => ('terms' in write && write.terms.purpose === 'entry' ? 'lose-reply' : null)

    await stage.enter(running, '0.01')
    await stage.clock.advance(15_000)

    expect(stage.sent(running, 'entry')).toHaveLength(1)
    expect(stage.tranches(running)).toEqual(['0.01'])
    expect(running.manager.getTrancheGroup(SYMBOL, 'LONG').tranches[0]?.origin).toBe('intent')
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
  })

  it('an entry that never arrived is given up once two answers say so, and its slot is free again', async () => {
    const stage = new Stage({ ...TARGETS, maxTranches: 1 })
    const running = await stage.start()
    running.venue.fault = () => 'lose-request'

    await stage.enter(running, '0.01')
    await stage.clock.advance(4000)
    expect(running.manager.metrics).toMatchObject({ unknownOutcomes: 1, unknownOrders: 1, unprotectedMs: 0 })
    const blocked = running.manager.canOpenNewTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01' })
    await stage.clock.advance(12_000)
    stage.touch(running)
    const free = running.manager.canOpenNewTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01' })

    expect(blocked).toMatchObject({ allowed: false })
    expect(free).toEqual({ allowed: true })
    expect(running.venue.submitted).toHaveLength(1)
    const closed = (await stage.events()).filter((event) => event.type === 'OrderClosed')
    expect(closed).toMatchObject([{ status: 'absent' }])
  })

  it('an order may be on its way for as long as its venue says', async () => {
    const stage = new Stage(TARGETS)
    stage.capabilities = { acceptWindowMs: 60_000 }
    const running = await stage.start()
    running.venue.fault = () => 'lose-request'

    await stage.enter(running, '0.01')
    await stage.clock.advance(59_000)
    expect(running.manager.metrics).toMatchObject({ unknownOrders: 1 })
    await stage.clock.advance(9_000)

    const closed = (await stage.events()).filter((event) => event.type === 'OrderClosed')
    expect(closed).toMatchObject([{ status: 'absent' }])
  })

  it('known failure 40, 63: an exit that is found nowhere but in the trades has filled, and is not sent again', async () => {
    const stage = new Stage({ ...TARGETS, slPercent: null, maxPositionLoss: '10', reconcileIntervalMs: 60_000 })
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.enter(running, '0.02')
    const { venue } = running
    venue.copies = 0
    venue.hidesOrdersUntil = Number.POSITIVE_INFINITY
    venue.fault = (write) => ('terms' in write && write.terms.purpose === 'exit' ? 'lose-reply' : null)
    for (let tick = 0; tick < 400; tick += 1) {
      venue.setMark(SYMBOL, tick % 2 === 0 ? '49600' : '49601')
      await stage.clock.advance(50)
    }

    expect(stage.sent(running, 'exit')).toHaveLength(1)
    expect(stage.held('LONG')).toBe('0.01')
    expect(stage.tranches(running)).toEqual(['0.01'])
  })

  it('incident 19: an order that cannot be asked for is not absent, and holds its slot', async () => {
    const stage = new Stage({ ...TARGETS, maxTranches: 1 })
    const running = await stage.start()
    const { venue } = running
    venue.findOrder = async () => Promise.reject(new VenueError('venue.unreachable', 'nobody answers'))
    venue.fault = (write) => ('terms' in write && write.terms.purpose === 'entry' ? 'lose-reply' : null)
    venue.copies = 0
    await stage.enter(running, '0.01', '49000')
    await stage.clock.advance(60_000)
    stage.touch(running)

    expect(running.manager.metrics.unknownOrders).toBe(1)
    expect(await stage.enter(running, '0.01')).toMatchObject({ accepted: false })
    expect(stage.resting()).toEqual(['LIMIT 49000 0.01'])
  })

  it('one answer that an order is absent proves nothing', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.copies = 0
    running.venue.fault = (write) => ('terms' in write && write.terms.purpose === 'entry' ? 'lose-reply' : null)
    running.venue.hidesOrdersUntil = stage.clock.now() + 7000

    await stage.enter(running, '0.01')
    await stage.clock.advance(9000)

    expect(running.manager.getTranches(SYMBOL, 'LONG').map(({ origin }) => origin)).toEqual(['intent'])
    const closed = (await stage.events()).filter((event) => event.type === 'OrderClosed')
    expect(closed).toMatchObject([{ status: 'filled' }])
  })

  it.each<[what: string, broken: 'findOrder' | 'fetchTrades']>([
    ['an order', 'findOrder'],
    ['the trades of an order', 'fetchTrades'],
  ])(
    'a venue that cannot be asked for %s after the first answer is asked with pauses, not at once again',
    async (_what, broken) => {
      const stage = new Stage({ ...TARGETS, absentConfirmMs: 2000, reconcileIntervalMs: 600_000 })
      const running = await stage.start()
      const { venue, manager } = running
      venue.fault = () => 'lose-request'
      await stage.enter(running, '0.01')
      await stage.clock.advance(7000)
      venue[broken] = async () => Promise.reject(new VenueError('venue.unreachable', 'nobody answers'))
      const { lookUps: before } = manager.metrics
      await stage.clock.advance(30_000)

      expect(manager.metrics.unknownOrders).toBe(1)
      expect(manager.metrics.lookUps - before).toBeLessThan(12)
    },
  )

  it('an order that was recorded long before it could be sent is not taken for absent while it is young (seed 3114640)', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    const moveStop = async (price: string): Promise<unknown> =>
      running.manager.command(SYMBOL, { command: 'moveStop', tranche: 'T1', price })
    let open = (): void => undefined
    stage.store.gate = new Promise((resolve) => {
      open = resolve
    })
    const moved = moveStop('49500')
    await stage.clock.advance(8000)
    open()
    await stage.whileTimePasses(moved)
    const [, young = ''] = stage.sent(running, 'stop')
    running.venue.fault = (write) => (!('terms' in write) && write.clientOrderId === young ? 'lose-request' : null)
    running.venue.hidesOrdersUntil = stage.clock.now() + 4500

    await stage.whileTimePasses(moveStop('49600'))
    await stage.clock.advance(4500)
    running.venue.fault = () => null
    await stage.clock.advance(20_000)

    const closed = (await stage.events()).filter((event) => event.type === 'OrderClosed')
    expect(closed.filter(({ status }) => status === 'absent')).toEqual([])
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49600 0.01'])
  })

  it('the reply to a cancel is enough where the stream is silent', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    const [old = ''] = stage.sent(running, 'stop')
    running.venue.copies = 0
    const move = { command: 'moveStop', tranche: 'T1', price: '49500' }
    await stage.whileTimePasses(running.manager.command(SYMBOL, move))

    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49500 0.01'])
    const closed = (await stage.events()).filter((event) => event.type === 'OrderClosed')
    expect(closed).toContainEqual(expect.objectContaining({ clientOrderId: old, status: 'cancelled' }))
  })

  it('a stop that never arrived is placed again, under another id', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    let lost = 0
    running.venue.fault = (write) => {
      if (!('terms' in write) || write.terms.purpose !== 'stop' || lost > 0) return null
      lost += 1
      return 'lose-request'
    }

    await stage.enter(running, '0.01')
    await stage.clock.advance(20_000)

    expect(stage.resting()).toContain('STOP_MARKET 49000 0.01')
    const stops = stage.sent(running, 'stop')
    expect(stops).toHaveLength(2)
    expect(new Set(stops).size).toBe(2)
  })

  it('what was certainly not sent is tried again under its id, a bounded number of times', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    let failures = 2
    running.venue.fault = () => {
      failures -= 1
      return failures >= 0 ? 'not-sent' : null
    }

    await stage.enter(running, '0.01')
    await stage.clock.advance(2000)

    const entries = stage.sent(running, 'entry')
    expect(entries).toHaveLength(3)
    expect(new Set(entries).size).toBe(1)
    expect(stage.tranches(running)).toEqual(['0.01'])
  })

  it('an order that waits to be tried again does not leave once the lease has run out while the program stood still', async () => {
    const stage = new Stage(TARGETS)
    let stoodStillMs = 0
    const clock: Clock = {
      now: () => stage.clock.now() + stoodStillMs,
      schedule: (ms, run) => stage.clock.schedule(ms, run),
    }
    const running = await stage.start({ clock })
    running.venue.fault = () => 'not-sent'
    await stage.enter(running, '0.01', '49000')
    const tried = running.venue.submitted.length
    running.venue.fault = () => null
    stoodStillMs = 60_000
    await stage.clock.advance(1000)

    expect(running.venue.submitted).toHaveLength(tried)
    expect(running.manager.health.status).not.toBe('live')
  })

  it('an entry that waits to be tried again does not leave once the kill switch is on', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.fault = () => 'not-sent'
    await stage.enter(running, '0.01')
    const tried = running.venue.submitted.length
    running.venue.fault = () => null
    await stage.whileTimePasses(running.manager.killSwitch())

    expect(running.venue.submitted).toHaveLength(tried)
    const refused = (await stage.events()).filter((event) => event.type === 'OrderRefused')
    expect(refused).toMatchObject([{ code: 'not-sent.killed' }])
  })

  it('an entry that cannot be sent at all is refused after three tries', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.fault = () => 'not-sent'

    await stage.enter(running, '0.01')
    await stage.clock.advance(5000)

    expect(running.venue.submitted).toHaveLength(3)
    const refused = (await stage.events()).filter((event) => event.type === 'OrderRefused')
    expect(refused).toMatchObject([{ code: 'not-sent.connection', isPermanent: false }])
  })

  it('known failure 15: a part that filled before the cancel stays, and is protected', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    const answer = await stage.enter(running, '0.01', '49900')
    const [order = ''] = answer.accepted ? answer.orders : []
    stage.exchange.fillPart(order, '0.004')
    stage.exchange.cancel(order)
    await stage.clock.advance(100)

    expect(stage.tranches(running)).toEqual(['0.004'])
    expect(stage.resting()).toEqual(['LIMIT 52395 0.004', 'STOP_MARKET 48902 0.004'])
    const closed = (await stage.events()).filter((event) => event.type === 'OrderClosed')
    expect(closed).toMatchObject([{ clientOrderId: order, status: 'cancelled', filledQuantity: '0.004' }])
  })

  it('known failure 16, 19: account events that come three times have one effect', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.copies = 3

    await stage.enter(running, '0.01')
    await stage.enter(running, '0.02')
    await stage.clock.advance(2000)

    expect(stage.tranches(running)).toEqual(['0.01', '0.02'])
    expect(stage.resting()).toHaveLength(4)
    expect((await stage.events()).filter((event) => event.type === 'FillBooked')).toHaveLength(2)
  })

  it('a stop that is not answered within a second has a close-position stop beside it, and only as long as it is in doubt', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    let stops = 0
    running.venue.fault = (write) => {
      if (!('terms' in write) || write.terms.purpose !== 'stop') return null
      stops += 1
      return stops === 1 ? 'lose-request' : null
    }
    await stage.enter(running, '0.01')
    await stage.clock.advance(1000)
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 null'])
    expect(running.manager.accountState().unprotected).toEqual([])

    await stage.clock.advance(30_000)
    expect(stage.sent(running, 'stop')).toHaveLength(2)
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
  })

  it('an answer that comes after the doubt is taken for what it says', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.replyMs = 1500
    await stage.enter(running, '0.01')
    await stage.clock.advance(8000)
    expect(stage.sent(running, 'stop')).toHaveLength(1)
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
    expect(running.manager.metrics.unknownOrders).toBe(0)
  })

  it('the targets of a decision share a request, and so do their cancels; stops go alone', async () => {
    const levels = ['1', '2', '3'].map((profitPercent) => ({ profitPercent, closePercent: '30' }))
    const scaled = { slPercent: '2', enableScaledTakeProfit: true, scaledTpLevels: levels }
    const stage = new Stage(scaled)
    const running = await stage.start()
    await stage.enter(running, '0.03')
    expect(running.venue.batches).toEqual([3])
    expect(stage.resting()).toHaveLength(4)

    await stage.whileTimePasses(running.manager.killSwitch())
    await stage.clock.advance(1000)
    expect(running.venue.batches).toEqual([3, 3])
    expect(stage.resting()).toEqual([])
  })

  it('of a request with many orders each has its own outcome', async () => {
    const levels = ['1', '2'].map((profitPercent) => ({ profitPercent, closePercent: '50' }))
    const stage = new Stage({ slPercent: '2', enableScaledTakeProfit: true, scaledTpLevels: levels })
    const running = await stage.start()
    const isFirst = (price: string | null): boolean => price === '50500'
    stage.exchange.refuse = ({ terms }) => (isFirst(terms.price) ? 'filter' : null)
    await stage.enter(running, '0.02')
    expect(stage.resting()).toEqual(['LIMIT 51000 0.01', 'STOP_MARKET 49000 0.02'])
    stage.exchange.refuse = () => null
    await stage.clock.advance(15_000)
    expect(stage.resting()).toEqual(['LIMIT 50500 0.01', 'LIMIT 51000 0.01', 'STOP_MARKET 49000 0.02'])
  })
})
