import { describe, expect, it } from 'vitest'
import { Arena, type ArenaOptions } from './rounds/arena.js'
import { Round } from './rounds/run-round.js'
import { planRounds } from './rounds/run-chaos.js'
import type { Scenario } from './rounds/scenario.js'

/** Two rounds of what `npm run chaos` does at length. */
const ROUNDS: readonly (readonly [ArenaOptions['dialect'], Scenario])[] = [
  ['binance', { type: 'killAt', point: 'entryReached' }],
  ['aster', { type: 'killAt', point: 'stopIntended' }],
]

describe('a process that is killed', () => {
  it.each(ROUNDS)('at %s, %j, loses nothing, doubles nothing, and protects again', async (dialect, scenario) => {
    const arena = await Arena.open({ dialect, log: 'pglite', seed: 1 })
    if (arena === null) throw new Error('an embedded database is always there')
    try {
      const { violations, restarts } = await new Round(arena).run(scenario)
      expect(violations).toEqual([])
      expect(restarts).toBe(1)
    } finally {
      await arena.close()
    }
  })
})

describe('a plan of rounds', () => {
  it('has every scenario on every log that it can happen to, and then again', () => {
    const plan = planRounds({ rounds: 60, logs: ['postgres', 'pglite'] })
    expect(plan).toHaveLength(60)
    expect(new Set(plan.map(([scenario, log]) => `${JSON.stringify(scenario)} ${log}`)).size).toBe(53)
    const happens = plan.filter(([{ type }]) => type === 'crashDatabase').map(([, log]) => log)
    expect(new Set(happens)).toEqual(new Set(['postgres']))
  })
})
