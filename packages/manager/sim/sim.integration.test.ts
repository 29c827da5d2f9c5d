import { describe, expect, it } from 'vitest'
import { runSeed, type SeedResult } from './run/run-seed.js'

const FROM = 1
const SEEDS = 40
const AT_ONCE = 10

async function run(seed: number, isTold = false): Promise<SeedResult> {
  return runSeed({ seed, venue: null, isTold, sabotage: {} })
}

/** `npm run sim -- --seeds 20000` runs more of them. */
describe('a manager in a world where everything goes wrong', () => {
  it.each(Array.from({ length: SEEDS / AT_ONCE }, (_, index) => FROM + index * AT_ONCE))(
    'keeps every law, and comes to agree with the venue: ten seeds from %i',
    async (from) => {
      for (let seed = from; seed < from + AT_ONCE; seed += 1) {
        const { violations } = await run(seed)
        expect({ seed, violations }).toEqual({ seed, violations: [] })
      }
    },
  )

  it('repeats a seed to the last event', async () => {
    const first = await run(7, true)
    const again = await run(7, true)
    expect(first.story.length).toBeGreaterThan(50)
    expect(again.story).toEqual(first.story)
  })
})
