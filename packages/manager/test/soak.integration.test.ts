import { describe, expect, it } from 'vitest'
import { SoakStage } from './soak-stage.js'

const ACTIONS = 40
const SEEDS = Number(process.env['TRANCHEBOOK_SOAK_SEEDS'] ?? 6)
const FROM = Number(process.env['TRANCHEBOOK_SOAK_FROM'] ?? 1)

/** Everything goes wrong for a while, then nothing does: the books, the venue and the log must agree, and all must be protected. */
describe('soak', () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => FROM + index))('seed %i converges', async (seed) => {
    const stage = new SoakStage(seed)
    await stage.start()
    for (let action = 0; action < ACTIONS; action += 1) await stage.act()
    await stage.settle()

    expect(await stage.violations()).toEqual([])
    expect(stage.manager?.health).toEqual({ status: 'live', reasons: [] })
  })
})
