import { describe, expect, it } from 'vitest'
import { Stage, SYMBOL } from '../stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }
const OTHER = 'ETHUSDT'

describe('restarts and wiring', () => {
  it('known failure 4: a symbol that is missing in the configuration is managed as long as its log knows of it', async () => {
    const stage = new Stage(TARGETS, [SYMBOL, OTHER])
    const first = await stage.start()
    await stage.enter(first, '0.01')
    await stage.whileTimePasses(first.manager.stop())
    const config = { ...stage.config, symbols: { [OTHER]: stage.config.defaults } }
    const second = await stage.start({ config, account: 'main' })
    expect(second.manager.symbols).toContain(SYMBOL)
    expect(stage.tranches(second)).toEqual(['0.01'])
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
  })

  it('known failure 5: what is not started refuses; nothing is traded unchecked', async () => {
    const stage = new Stage(TARGETS)
    const { manager, venue } = stage.open()
    await expect(manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01' })).rejects.toMatchObject({
      code: 'manager.unknown-symbol',
    })
    expect(manager.health.status).toBe('starting')
    expect(venue.submitted).toEqual([])
  })

  it('known failure 56: after a restart orders are what they were, each once, and quantities come from fills', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    await stage.enter(first, '0.01')
    await stage.enter(first, '0.02')
    await stage.whileTimePasses(first.manager.closeTranche({ symbol: SYMBOL, tranche: 'T2', quantity: '0.005' }))
    await stage.clock.advance(1000)
    const before = stage.resting()
    await stage.whileTimePasses(first.manager.stop())
    const second = await stage.start()
    await stage.clock.advance(20_000)
    expect(stage.resting()).toEqual(before)
    expect(second.venue.submitted).toEqual([])
    expect(stage.tranches(second)).toEqual(['0.01', '0.015'])
  })

  it('incident 20: two restarts on the same log and venue come to the same bytes', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    await stage.enter(first, '0.01')
    await stage.whileTimePasses(first.manager.stop())
    stage.exchange.setMark(SYMBOL, '52500')
    const second = await stage.start()
    await stage.whileTimePasses(second.manager.stop())
    const { version } = second.manager.readBook(SYMBOL)
    const third = await stage.start()
    expect(third.manager.readBook(SYMBOL).book.groups).toEqual(second.manager.readBook(SYMBOL).book.groups)
    expect(third.manager.readBook(SYMBOL).version).toBe(version)
  })

  it('incident 1: targets fill while nobody listens, and the stop that the venue dropped is booked as no fill', async () => {
    const scaledTpLevels = ['1', '2'].map((profitPercent) => ({ profitPercent, closePercent: '50' }))
    const stage = new Stage({ slPercent: '2', enableScaledTakeProfit: true, scaledTpLevels })
    const first = await stage.start()
    await stage.enter(first, '0.02')
    await stage.whileTimePasses(first.manager.stop())
    stage.exchange.setMark(SYMBOL, '51000')
    const [stop] = stage.sent(first, 'stop')
    stage.exchange.cancel(stop ?? '')
    const second = await stage.start()
    await stage.clock.advance(5000)
    const reduced = (await stage.events()).filter((event) => event.type === 'TrancheReduced')
    // 0.01 × 500 at the first target, 0.01 × 1 000 at the second.
    expect(reduced.map(({ reason, realizedPnl }) => `${reason} ${realizedPnl}`)).toEqual([
      'takeProfit 5',
      'takeProfit 10',
    ])
    expect(stage.tranches(second)).toEqual([])
    expect(stage.resting()).toEqual([])
  })
})
