import { describe, expect, it } from 'vitest'
import { Stage, SYMBOL } from './stage.js'

describe('the loop', () => {
  it('opens a tranche with its fill and protects it', async () => {
    const stage = new Stage({ tpPercent: '5', slPercent: '2' })
    const { manager } = await stage.start()
    expect(manager.health).toEqual({ status: 'live', reasons: [] })

    const answer = manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01' })
    await stage.clock.advance(100)

    expect(await answer).toMatchObject({ accepted: true })
    expect(
      manager
        .getTranches(SYMBOL, 'LONG')
        .map(({ quantity, entryPrice }) => [quantity.toString(), entryPrice.toString()]),
    ).toEqual([['0.01', '50000']])
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
    expect(manager.getTrancheGroup(SYMBOL, 'LONG').protected).toBe(true)
  })
})
