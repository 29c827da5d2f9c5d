import { describe, expect, it } from 'vitest'
import { Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }
const OTHER = 'ETHUSDT'

describe('commanding', () => {
  it('incident 6: the kill switch closes at the venue, and the book follows from the fills', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.enter(running, '0.02')
    const waiting = await stage.enter(running, '0.03', '45000')
    expect(waiting.accepted).toBe(true)

    const answers = running.manager.killSwitch()
    await stage.clock.advance(2000)

    expect(await answers).toMatchObject([{ accepted: true }])
    expect(stage.held('LONG')).toBe('0')
    expect(stage.tranches(running)).toEqual([])
    expect(stage.resting()).toEqual([])
    const reduced = (await stage.events()).filter((event) => event.type === 'TrancheReduced')
    expect(reduced.map(({ evidence }) => evidence)).toEqual(['fill', 'fill'])
    expect(await stage.enter(running, '0.01')).toMatchObject({ accepted: false, code: 'killSwitch' })
  })

  it.each([null, '0.004'])(
    'a limit exit of %s leaves once the target has made room: venues refuse the overlap',
    async (quantity) => {
      const stage = new Stage(TARGETS)
      const running = await stage.start()
      await stage.enter(running, '0.01')
      await stage.clock.advance(1000)
      const isCrowded = (): boolean => stage.resting().includes('LIMIT 52500 0.01')
      stage.exchange.refuse = ({ terms }) => (terms.purpose === 'exit' && isCrowded() ? 'reduce-only' : null)
      const close = { symbol: SYMBOL, tranche: 'T1', price: '55000', quantity }
      await stage.whileTimePasses(running.manager.closeTranche(close))
      await stage.clock.advance(1000)
      expect(stage.resting()).toEqual([
        ...(quantity === null ? [] : ['LIMIT 52500 0.006']),
        `LIMIT 55000 ${quantity ?? '0.01'}`,
        'STOP_MARKET 49000 0.01',
      ])
      expect(stage.sent(running, 'exit')).toHaveLength(1)
    },
  )

  it('what a limit exit holds is closed at once by whoever asks for all of it, once its cancel is known', async () => {
    for (const command of [
      { command: 'killSwitch' },
      { command: 'flatten' },
      { command: 'closeGroup', side: 'LONG' },
      { command: 'closeTranche', tranche: 'T1' },
    ]) {
      const stage = new Stage(TARGETS)
      const running = await stage.start()
      await stage.enter(running, '0.01')
      await stage.whileTimePasses(running.manager.closeTranche({ symbol: SYMBOL, tranche: 'T1', price: '55000' }))
      expect(stage.resting()).toEqual(['LIMIT 55000 0.01', 'STOP_MARKET 49000 0.01'])

      const answer = await stage.whileTimePasses(running.manager.command(SYMBOL, command))
      await stage.clock.advance(1000)

      expect(answer).toMatchObject({ accepted: true })
      expect(stage.sent(running, 'exit')).toHaveLength(2)
      expect([stage.held('LONG'), stage.tranches(running), stage.resting()]).toEqual(['0', [], []])
    }
  })

  it('a limit exit that cannot be cancelled is said to rest; one that fills meanwhile has done what was asked', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.whileTimePasses(running.manager.closeTranche({ symbol: SYMBOL, tranche: 'T1', price: '50500' }))
    running.venue.fault = (write) => ('terms' in write ? null : 'lose-request')

    const refused = running.manager.command(SYMBOL, { command: 'flatten' })
    await stage.clock.advance(12_000)
    expect(await refused).toMatchObject({ accepted: false, code: 'limitExitRests' })
    const asked = running.manager.command(SYMBOL, { command: 'closeTranche', tranche: 'T1' })
    await stage.clock.advance(100)
    running.venue.setMark(SYMBOL, '50500')
    await stage.clock.advance(2000)
    expect(await asked).toMatchObject({ accepted: true, orders: [] })
    expect(stage.sent(running, 'exit')).toHaveLength(1)
  })

  it('a limit exit goes when its tranche has closed otherwise: nothing that opens later is closed by it', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.whileTimePasses(running.manager.closeTranche({ symbol: SYMBOL, tranche: 'T1', price: '50500' }))
    running.venue.setMark(SYMBOL, '48990')
    await stage.clock.advance(2000)
    expect([stage.held('LONG'), stage.resting()]).toEqual(['0', []])
  })

  it('a limit exit keeps nothing from leaving at market once its stop is passed and does not rest', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.whileTimePasses(running.manager.closeTranche({ symbol: SYMBOL, tranche: 'T1', price: '55000' }))
    stage.exchange.refuse = ({ terms }) => (terms.orderType === 'STOP_MARKET' ? 'other' : null)
    for (const order of stage.exchange.open(SYMBOL))
      if (order.request.terms.orderType === 'STOP_MARKET') stage.exchange.cancel(order.clientOrderId)
    running.venue.setMark(SYMBOL, '48900')
    await stage.clock.advance(3000)
    expect([stage.held('LONG'), stage.resting()]).toEqual(['0', []])
  })

  it.each([
    ['is on its way', null],
    ['is being tried again', 'not-sent'],
    ['was answered by nobody', 'lose-reply'],
  ] as const)('an entry that %s when the kill switch is pulled leaves nothing open', async (_name, fault) => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    let faults = 1
    running.venue.fault = (write) => {
      faults -= 1
      return 'terms' in write && faults >= 0 ? fault : null
    }
    const entering = running.manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.02' })
    await stage.clock.advance(1)
    const killing = running.manager.killSwitch()
    await stage.clock.advance(10_000)

    expect([await entering, ...(await killing)]).toMatchObject([{ accepted: true }, { accepted: true }])
    expect([stage.held('LONG'), stage.tranches(running), stage.resting()]).toEqual(['0', [], []])
  })

  it.each(['not-sent', 'lose-request'] as const)(
    'exits and cancels of the kill switch that fail (%s) are tried again until all is flat',
    async (fault) => {
      const stage = new Stage(TARGETS)
      const running = await stage.start()
      await stage.enter(running, '0.01')
      await stage.enter(running, '0.02', '49900')
      running.venue.fault = () => fault
      const killing = running.manager.killSwitch()
      await stage.clock.advance(10_000)
      await killing
      running.venue.fault = () => null
      await stage.clock.advance(30_000)

      expect([stage.held('LONG'), stage.tranches(running), stage.resting()]).toEqual(['0', [], []])
    },
  )

  it.each(['pause', 'gracefulStop'] as const)(
    'no tranche opens after %s: entries that rest are cancelled, those under way as soon as they rest',
    async (command) => {
      const stage = new Stage(TARGETS)
      const running = await stage.start()
      await stage.enter(running, '0.01')
      await stage.enter(running, '0.02', '49900')
      const entering = running.manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.02', price: '49900' })
      await stage.clock.advance(1)
      const stopping = running.manager[command]()
      await stage.clock.advance(2000)
      await Promise.all([entering, stopping])
      running.venue.setMark(SYMBOL, '49890')
      await stage.clock.advance(1000)

      expect(stage.tranches(running)).toEqual(['0.01'])
      expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
    },
  )

  it('whoever flattens is flat: entries that rest are cancelled, too', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.enter(running, '0.02', '49900')
    await stage.whileTimePasses(running.manager.command(SYMBOL, { command: 'flatten' }))
    running.venue.setMark(SYMBOL, '49890')
    await stage.clock.advance(1000)

    expect([stage.held('LONG'), stage.tranches(running), stage.resting()]).toEqual(['0', [], []])
    expect(await stage.enter(running, '0.01')).toMatchObject({ accepted: true })
  })

  it.each([null, 'lose-reply', 'lose-request', 'not-sent'] as const)(
    'an entry that is on its way when all is flattened (%s) does not rest afterwards',
    async (fault) => {
      const stage = new Stage(TARGETS)
      const running = await stage.start()
      let faults = 1
      running.venue.fault = (write) => {
        faults -= 1
        return 'terms' in write && faults >= 0 ? fault : null
      }
      const entering = running.manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.02', price: '49900' })
      await stage.clock.advance(1)
      const flattening = running.manager.command(SYMBOL, { command: 'flatten' })
      await stage.clock.advance(15_000)

      expect([await entering, await flattening]).toMatchObject([{ accepted: true }, { accepted: true }])
      expect(stage.resting()).toEqual([])
      expect(running.manager.readBook(SYMBOL).book.orders.size).toBe(0)
    },
  )

  it('an entry whose outcome is unknown does not rest after all was flattened', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.fault = (write) => ('terms' in write ? 'lose-reply' : null)
    running.venue.hidesOrdersUntil = stage.clock.now() + 8000
    await stage.enter(running, '0.02', '49900')
    await stage.clock.advance(2000)
    running.venue.fault = (write) => ('terms' in write ? null : 'lose-request')
    const flattening = running.manager.command(SYMBOL, { command: 'flatten' })
    await stage.clock.advance(1500)
    await flattening
    running.venue.fault = () => null
    await stage.clock.advance(20_000)

    expect([stage.resting(), running.manager.readBook(SYMBOL).book.orders.size]).toEqual([[], 0])
  })

  it.each(['pause', 'flatten'])(
    'an entry that fills before %s has cancelled it counts, and gets its stop',
    async (command) => {
      const stage = new Stage(TARGETS)
      const running = await stage.start()
      await stage.enter(running, '0.02', '49900')
      const asking = running.manager.command(SYMBOL, { command })
      running.venue.setMark(SYMBOL, '49890')
      await stage.clock.advance(2000)
      await asking

      expect(stage.tranches(running)).toEqual(['0.02'])
      expect(stage.resting()).toEqual(['LIMIT 52395 0.02', 'STOP_MARKET 48902 0.02'])
    },
  )

  it('the kill switch tries although exits were refused too often', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    stage.exchange.refuse = ({ terms }) => (terms.purpose === 'exit' ? 'other' : null)
    const close = { symbol: SYMBOL, tranche: 'T1' }
    for (let turn = 0; turn < 5; turn += 1) await stage.whileTimePasses(running.manager.closeTranche(close))
    stage.exchange.refuse = () => null
    expect(await stage.whileTimePasses(running.manager.closeTranche(close))).toMatchObject({ code: 'notSending' })
    await stage.whileTimePasses(running.manager.killSwitch())
    expect(stage.held('LONG')).toBe('0')
  })

  it('what others open after the kill switch is theirs: it is protected, not closed', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.whileTimePasses(running.manager.killSwitch())
    stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.01', isOpening: true })
    await stage.clock.advance(15_000)
    expect([stage.held('LONG'), stage.resting()]).toEqual(['0.01', ['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01']])
  })

  it('theme 5: a pause blocks entries and nothing else', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.whileTimePasses(running.manager.pause({ symbol: SYMBOL }))
    expect(await stage.enter(running, '0.01')).toMatchObject({ accepted: false, code: 'paused' })

    running.venue.setMark(SYMBOL, '48990')
    await stage.clock.advance(200)
    expect(stage.held('LONG')).toBe('0')
    await stage.whileTimePasses(running.manager.resume())
    expect(await stage.enter(running, '0.01')).toMatchObject({ accepted: true })
  })

  it('known failure 30, theme 2, node #16: signals that come at once do not pass a limit together, in one book or in two', async () => {
    const stage = new Stage({ ...TARGETS, maxTranches: 5, limits: { maxTranchesGlobal: 1 } }, [SYMBOL, OTHER])
    const { manager } = await stage.start()
    const entries = [SYMBOL, OTHER, SYMBOL, OTHER].map(async (symbol) =>
      manager.openTranche({ symbol, side: 'LONG', quantity: '0.01' }),
    )
    await stage.clock.advance(500)

    const answers = await Promise.all(entries)
    expect(answers.filter(({ accepted }) => accepted)).toHaveLength(1)
    expect(stage.held('LONG')).toBe('0.01')
    expect(stage.held('LONG', OTHER)).toBe('0')
  })

  it('known failure 37, 24: closing in one symbol leaves the orders of another alone', async () => {
    const stage = new Stage(TARGETS, [SYMBOL, 'BTCUSDT_260327'])
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.whileTimePasses(
      running.manager.openTranche({ symbol: 'BTCUSDT_260327', side: 'LONG', quantity: '0.02' }),
    )
    await stage.whileTimePasses(running.manager.closeTranche({ symbol: 'BTCUSDT_260327', tranche: 'T1' }))

    expect(stage.resting('BTCUSDT_260327')).toEqual([])
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
  })

  it('isolation is announced, recorded, and leaves the tranche protected', async () => {
    const stage = new Stage({ tpPercent: '5', slPercent: '20', trancheIsolationThreshold: '5' })
    const running = await stage.start()
    await stage.enter(running, '0.01')
    const said: string[] = []
    running.manager.on('trancheIsolated', ({ event }) => said.push(`${event.tranche} ${event.price}`))

    running.venue.setMark(SYMBOL, '47500')
    await stage.clock.advance(200)

    expect(said).toEqual(['T1 47500'])
    expect(running.manager.getTranches(SYMBOL, 'LONG')[0]?.isolated).toBe(true)
    expect(running.manager.getTrancheGroup(SYMBOL, 'LONG').protected).toBe(true)
  })

  it('tells which tranches a close would take, and values the group at a price', async () => {
    const stage = new Stage({ ...TARGETS, closingStrategy: 'FIFO' })
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.enter(running, '0.02')

    const parts = running.manager.selectTranchesToClose({ symbol: SYMBOL, side: 'LONG', quantity: '0.015' })
    expect(parts.map(({ tranche, quantity }) => `${tranche} ${quantity.toString()}`)).toEqual(['T1 0.01', 'T2 0.005'])
    const [long] = await stage.whileTimePasses(running.manager.updateUnrealizedPnl(SYMBOL, '51000'))
    expect(long?.unrealizedPnl?.toString()).toBe('30')
    expect(running.manager.getAllTrancheGroups()).toHaveLength(2)
  })

  it('says what a malformed request lacks', async () => {
    const stage = new Stage(TARGETS)
    const { manager } = await stage.start()
    await expect(manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: 'much' })).rejects.toMatchObject({
      code: 'input.malformed',
    })
    await expect(manager.openTranche({ symbol: 'DOGEUSDT', side: 'LONG', quantity: '1' })).rejects.toMatchObject({
      code: 'manager.unknown-symbol',
    })
  })

  it('a listener that throws does not stop the loop', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.manager.on('trancheCreated', () => {
      throw new RangeError('a bug of the listener')
    })
    await stage.enter(running, '0.01')

    expect(stage.resting()).toHaveLength(2)
    expect(running.complaints.some((line) => line.includes('a bug of the listener'))).toBe(true)
  })
})

describe('advising a size', () => {
  it('divides what is left among the slots that are left, entries on their way included, within the limits', async () => {
    const stage = new Stage({
      slPercent: '2',
      trancheAllocation: 'dynamic',
      maxPositionSize: '3000',
      maxTrancheSize: '900',
    })
    const running = await stage.start()
    const { manager } = running
    const ask = { symbol: SYMBOL, side: 'LONG' } as const

    // 3000 ÷ 3 slots = 1000, at most 900, at 50 000.
    const first = manager.adviseSize(ask)
    expect(first.quantity.toString()).toBe('0.018')
    expect(first.size.toString()).toBe('900')
    expect(first.steps.map(({ rule }) => rule)).toEqual(['dynamic', 'maxTrancheSize', 'step'])
    // A weak signal, and a budget of its own: 1500 ÷ 3 · 0.5 = 250.
    expect(manager.adviseSize({ ...ask, budget: '1500', signalStrength: 0.5 }).quantity.toString()).toBe('0.005')

    running.venue.fault = () => 'hang'
    for (const quantity of ['0.018', '0.018']) await stage.enter(running, quantity)
    // 3000 − 1800 = 1200 for the last slot, at most 900.
    expect(manager.adviseSize(ask).quantity.toString()).toBe('0.018')
    await stage.enter(running, '0.018')
    expect(manager.adviseSize(ask).quantity.toString()).toBe('0')
    expect(manager.adviseSize(ask).steps.at(-1)).toMatchObject({ rule: 'maxTranches' })
  })
})
