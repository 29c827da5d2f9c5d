import { parsePrice } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }

describe('a mark price dated ahead', () => {
  it('by more than a few seconds is no price: dropped, counted, said once; the next one counts', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    for (const aheadMs of [3_600_000, 3_600_001, 6000])
      running.venue.tellMark(SYMBOL, parsePrice('40000'), stage.clock.now() + aheadMs)
    await stage.clock.advance(100)
    expect(running.manager.metrics.marksAhead).toBe(3)
    expect(running.complaints.filter((text) => text.includes("ahead of the venue's clock"))).toHaveLength(1)
    expect(stage.tranches(running)).toEqual(['0.01'])

    running.venue.setMark(SYMBOL, '49500')
    await stage.clock.advance(100)
    expect(running.manager.readMarket(SYMBOL).mark?.price).toBe(49_500n * 10n ** 12n)
    running.venue.tellMark(SYMBOL, parsePrice('49600'), stage.clock.now() + 4000)
    await stage.clock.advance(100)
    expect(running.manager.readMarket(SYMBOL).mark?.price).toBe(49_600n * 10n ** 12n)
  })

  it('lets no entry in once the last real one is old', async () => {
    const stage = new Stage({ ...TARGETS, maxPriceAgeMs: 5000 })
    const running = await stage.start()
    for (let second = 0; second < 8; second += 1) {
      running.venue.tellMark(SYMBOL, parsePrice('50000'), stage.clock.now() + 3_600_000)
      await stage.clock.advance(1000)
    }
    expect(running.manager.canOpenNewTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01' })).toMatchObject({
      allowed: false,
      code: 'markPriceStale',
    })
  })
})
