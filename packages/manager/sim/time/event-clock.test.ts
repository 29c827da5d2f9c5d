import { describe, expect, it } from 'vitest'
import { Program } from '../program/program.js'
import { drawCircumstances } from '../world/circumstances.js'
import { World } from '../world/world.js'
import type { EventClock } from './event-clock.js'

function aClock(): EventClock {
  return new World(drawCircumstances(1, null), { sabotage: {}, isTold: false }).clock
}

describe('a clock of appointments', () => {
  it('keeps them in order, those of one moment as they were made, and lets all that follows run in between', async () => {
    const clock = aClock()
    const said: string[] = []
    const start = clock.now()
    for (const [index, ms] of [30, 10, 20, 10].entries())
      clock.schedule(ms, () => {
        said.push(`${index} at ${clock.now() - start}`)
        void Promise.resolve().then(() => said.push(`after ${index}`))
      })
    await clock.advance(25)
    expect(said).toEqual(['1 at 10', 'after 1', '3 at 10', 'after 3', '2 at 20', 'after 2'])
    expect([clock.now() - start, clock.pending]).toEqual([25, 1])
  })

  it('forgets what is called off', async () => {
    const clock = aClock()
    const said: number[] = []
    const cancels = [5, 6, 7].map((ms) => clock.schedule(ms, () => said.push(ms)))
    cancels[1]?.()
    expect(clock.pending).toBe(2)
    await clock.advance(10)
    cancels[0]?.()
    expect([said, clock.pending]).toEqual([[5, 7], 0])
  })
})

describe('a program', () => {
  it('does nothing while it stands still, and all of it afterwards, but for what was called off', async () => {
    const clock = aClock()
    const program = new Program({ name: 'one', clock, aheadMs: 0, onGone: () => undefined })
    const said: string[] = []
    let cancel = (): void => undefined
    program.schedule(5, () => {
      said.push('first')
      cancel()
    })
    cancel = program.schedule(6, () => said.push('called off'))
    program.freeze()
    await clock.advance(10)
    expect(said).toEqual([])
    program.thaw()
    await clock.advance(1)
    expect(said).toEqual(['first'])
  })

  it('is gone at the call it was told, and never comes back', async () => {
    const clock = aClock()
    const gone: string[] = []
    const program = new Program({ name: 'one', clock, aheadMs: 0, onGone: () => gone.push('gone') })
    const said: number[] = []
    const work = async (): Promise<void> => {
      for (const call of [1, 2, 3]) {
        await program.call()
        said.push(call)
      }
    }
    program.endAfter(2)
    void work()
    await clock.advance(1)
    program.thaw()
    await clock.advance(1)
    expect([said, gone, program.state]).toEqual([[1, 2], ['gone'], 'gone'])
  })
})
