import { NO_MONEY, parsePrice, parseQuantity } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }

const BOUGHT = {
  type: 'fill',
  account: 'main',
  symbol: SYMBOL,
  side: 'BUY',
  positionSide: 'LONG',
  quantity: parseQuantity('0.001'),
  price: parsePrice('50000'),
  fee: NO_MONEY,
  feeAsset: 'USDT',
  clientOrderId: null,
  realizedPnl: null,
  maker: false,
  kind: 'trade',
} as const

describe('recording', () => {
  it('known failure 43: nothing is seen, said or sent before it is durable', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    let open = (): void => undefined
    stage.store.gate = new Promise((resolve) => {
      open = resolve
    })
    const said: string[] = []
    running.manager.on('event', ({ event }) => said.push(event.type))
    const answer = running.manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01' })
    await stage.clock.advance(500)
    expect([said, running.venue.submitted]).toEqual([[], []])

    open()
    await stage.clock.advance(500)
    expect(await answer).toMatchObject({ accepted: true })
    expect(running.venue.submitted.length).toBeGreaterThan(0)
  })

  it('inputs of one breath are one batch, and so are those that come while it is being appended', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    let open = (): void => undefined
    stage.store.gate = new Promise((resolve) => {
      open = resolve
    })
    const ask = async (quantity: string): Promise<unknown> =>
      running.manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity })
    const before = running.manager.metrics.batches
    const first = [ask('0.001')]
    await Promise.resolve()
    await Promise.resolve()
    const later = [ask('0.002'), ask('0.003')]
    open()
    await Promise.all([...first, ...later])

    expect(running.manager.metrics.batches - before).toBe(2)
    expect((await stage.events()).filter((event) => event.type === 'OrderIntended')).toHaveLength(3)
  })

  it.each(['not-sent', 'disk-full', 'rolled-back', 'lose-reply'] as const)(
    'an append that fails (%s) is repeated until the store answers',
    async (fault) => {
      const stage = new Stage(TARGETS)
      const running = await stage.start()
      stage.store.faults.push(fault, fault, fault)

      const answer = running.manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01' })
      await stage.clock.advance(60)
      expect(running.manager.health).toMatchObject({ status: 'degraded', reasons: [{ code: 'storeStuck' }] })
      expect(running.venue.submitted).toEqual([])
      await stage.clock.advance(1000)

      expect(await answer).toMatchObject({ accepted: true })
      expect(running.manager.health.status).toBe('live')
      expect(stage.sent(running, 'entry')).toHaveLength(1)
      expect(stage.tranches(running)).toEqual(['0.01'])
      expect((await stage.events()).filter((event) => event.type === 'OrderIntended')).toHaveLength(3)
    },
  )

  it('a log that does not answer is said to be stuck before any append has failed, until it answers', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    let open = (): void => undefined
    stage.store.gate = new Promise((resolve) => {
      open = resolve
    })
    await stage.clock.advance(10)
    const entry = stage.enter(running, '0.01')
    await stage.clock.advance(1500)
    expect(running.manager.health.status).toBe('live')
    await stage.clock.advance(2000)
    expect(running.manager.health).toMatchObject({ reasons: [{ code: 'storeStuck', symbol: SYMBOL }] })
    open()
    await stage.clock.advance(1500)
    await entry
    expect(running.manager.health.status).toBe('live')
    expect(stage.tranches(running)).toEqual(['0.01'])
  })

  // Hundreds of tranches and their orders take seconds on a busy machine.
  it(
    'more fills of one breath than an append may hold become several appends, none too large, none lost',
    { timeout: 30_000 },
    async () => {
      const stage = new Stage({ ...TARGETS, maxTranches: 1000 })
      const running = await stage.start()
      const sizes: number[] = []
      const append = stage.store.append.bind(stage.store)
      stage.store.append = async (stream, events, options) => {
        sizes.push(events.length)
        return append(stream, events, options)
      }
      const fills = Array.from({ length: 160 }, async (_, index) =>
        running.manager.processOrderFill({
          ...BOUGHT,
          id: `fill:${index + 1}`,
          time: stage.clock.now(),
          tradeId: String(index + 1),
          orderId: String(1000 + index),
          tranche: `L${index}`,
        }),
      )
      await stage.clock.advance(3000)

      for (const { refusal } of await Promise.all(fills)) expect(refusal).toBeNull()
      expect(sizes.length).toBeGreaterThan(1)
      expect(Math.max(...sizes)).toBeLessThan(1000)
      expect(stage.tranches(running)).toHaveLength(160)
      expect(running.manager.health.status).toBe('live')
    },
  )

  it('a label that no log can hold is refused at the door', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    for (const label of ['half a pair \ud83d', 'nul \0']) {
      const entry = running.manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01', label })
      await expect(entry).rejects.toMatchObject({ code: 'input.malformed' })
    }
    await stage.enter(running, '0.01')
    expect(stage.tranches(running)).toEqual(['0.01'])
  })

  it('a fill is recorded under the id the venue gave it, so that no log holds it twice', async () => {
    const stage = new Stage(TARGETS)
    await stage.enter(await stage.start(), '0.01')
    const ids: string[] = []
    for await (const { id, event } of stage.store.read(`main/${SYMBOL}`))
      if (event.type === 'FillBooked') ids.push(id === `fill:${event.tradeId}` ? 'natural' : id)
    expect(ids).toEqual(['natural'])
  })

  it('a log that has gone on without us is read again, and the inputs are decided on top of it', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    const { length: version } = await stage.events()
    const header = { version: 1, time: stage.clock.now(), causationId: 'x', correlationId: 'x' } as const
    const event = { ...header, type: 'TrancheLabelled', tranche: 'T1', side: 'LONG', label: 'runner' } as const
    await stage.store.append(`main/${SYMBOL}`, [{ id: 'elsewhere', event }], { expected: version, epoch: 1 })

    await stage.enter(running, '0.02')

    expect(stage.tranches(running)).toEqual(['0.01', '0.02'])
    expect(running.manager.getTranches(SYMBOL, 'LONG')[0]?.label).toBe('runner')
    expect(running.manager.metrics.rollBacks).toBe(1)
    expect(stage.sent(running, 'entry')).toHaveLength(2)
  })
})
