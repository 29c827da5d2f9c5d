import { describe, expect, it } from 'vitest'
import { BUGS } from './canary/bugs.js'
import { runBug } from './canary/run-bug.js'

/** Some that every place for a planted bug has its turn; `npm run sim -- --canary` plants all of them. */
const PLANTED = [
  'forgetDedupe',
  'resendOnTimeout',
  'cancelBeforePlace',
  'stopNeverMoved',
  'sendBeforeRecorded',
  'sendTwice',
]
const SEEDS = 120

describe('planted bugs', () => {
  it('are many, each with a name of its own', () => {
    expect(BUGS.length).toBeGreaterThanOrEqual(30)
    expect(new Set(BUGS.map(({ name }) => name)).size).toBe(BUGS.length)
  })

  it.each(PLANTED)('%s is caught', async (name) => {
    const { violation } = await runBug({ name, from: 1, seeds: SEEDS })
    expect(violation).toEqual(expect.any(String))
  })
})
