import { describe, expect, it } from 'vitest'
import { give } from './acts/user-acts.js'
import { drawCircumstances, type Rates } from './world/circumstances.js'
import { passTime } from './world/pass-time.js'
import { World } from './world/world.js'

/** Every call takes time, and nothing else goes wrong. */
const SLOW: Rates = { write: 0, read: 0, message: 0, store: 0, slow: 1000 }
const SYMBOL = 'BTCUSDT'

/** A world in which only happens what a test does to it. */
function slowWorld(seed: number): World {
  const circumstances = { ...drawCircumstances(seed, 'binance'), symbols: [SYMBOL], rates: SLOW }
  return new World(circumstances, { sabotage: {}, isTold: true })
}

describe('faults that seeds have found', () => {
  it('a program that stood still past its lease sends nothing, and cancels nothing of its successor', async () => {
    const world = slowWorld(1)
    const intended = world.watches.get(SYMBOL)?.orders.intended
    const isStopIntended = (): boolean => [...(intended?.values() ?? [])].some(({ purpose }) => purpose === 'stop')
    await passTime(world, 9000)
    const [first] = world.runs
    give(world, SYMBOL, { command: 'openTranche', side: 'LONG', quantity: '0.02' })
    while (!isStopIntended()) await passTime(world, 1)
    first?.program.freeze()
    await passTime(world, 30_000)
    first?.program.thaw()
    await passTime(world, 30_000)

    expect(world.violations).toEqual([])
    expect(first?.isOver).toBe(true)
    expect(world.account.waiting.size).toBeGreaterThan(0)
    expect(world.runs.map(({ program }) => program.name)).toEqual(['program 2'])
  })
})
