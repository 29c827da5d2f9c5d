import { describe, expect, it } from 'vitest'
import { Stage, SYMBOL } from '../stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }
const OTHER = 'ETHUSDT'

describe('streams', () => {
  it('known failure 20, 22, incident 12: the position that comes before its fill books nothing of its own', async () => {
    const stage = new Stage({ ...TARGETS, driftSettleMs: 0 })
    const running = await stage.start()
    await stage.enter(running, '0.01')
    running.venue.setMark(SYMBOL, '48990')
    await stage.clock.advance(3000)
    const types = (await stage.events()).map(({ type }) => type)
    expect(types.filter((type) => type === 'TrancheOpened')).toHaveLength(1)
    expect(types.filter((type) => type === 'TrancheReduced')).toHaveLength(1)
    expect(types).not.toContain('DriftDetected')
  })

  it('known failure 23: a report about one symbol says nothing about another', async () => {
    const stage = new Stage(TARGETS, [SYMBOL, OTHER])
    const running = await stage.start()
    await stage.enter(running, '0.01')
    stage.exchange.tradeByHand(OTHER, 'LONG', { quantity: '1', isOpening: true })
    await stage.clock.advance(2000)
    expect(stage.tranches(running)).toEqual(['0.01'])
    expect(running.manager.metrics.driftingBooks).toBe(0)
  })

  it('known failure 33, node #24: a mark of 0 is refused, and nothing is closed because of it', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.whileTimePasses(running.manager.updateUnrealizedPnl(SYMBOL, '0'))
    expect(stage.tranches(running)).toEqual(['0.01'])
    expect(stage.sent(running, 'exit')).toEqual([])
  })

  it('known failure 46: a tick that decides nothing writes nothing and asks nothing', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    const { events, batches, ordersSent } = running.manager.metrics
    const before = stage.clock.now()
    for (let tick = 0; tick < 200; tick += 1) running.venue.setMark(SYMBOL, `${50_001 + (tick % 7)}`)
    await stage.clock.advance(0)
    expect(stage.clock.now()).toBe(before)
    expect(running.manager.metrics).toMatchObject({ events, batches, ordersSent, waitingInputs: 0 })
  })

  it('incident 17: nothing is triggered again by old news after everything was closed', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.whileTimePasses(running.manager.killSwitch())
    running.venue.cut()
    await stage.clock.advance(100)
    running.venue.reconnect()
    await stage.clock.advance(30_000)
    expect(stage.held('LONG')).toBe('0')
    expect(stage.tranches(running)).toEqual([])
    expect(stage.sent(running, 'exit')).toHaveLength(1)
  })
})
