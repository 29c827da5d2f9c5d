import { describe, expect, it } from 'vitest'
import { Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }

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

  it.each(['not-sent', 'lose-reply'] as const)(
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
