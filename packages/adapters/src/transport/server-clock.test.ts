import { expect, it } from 'vitest'
import { createManualClock } from '../../test/manual-clock.js'
import { createServerClock } from './server-clock.js'

/** A venue whose clock is an hour ahead and whose answers take the given times there and back. */
function venueClock(trips: readonly (readonly [there: number, back: number])[]) {
  const clock = createManualClock(0)
  let asked = 0
  const server = createServerClock(clock, () => {
    const [there, back] = trips[asked % trips.length] ?? [0, 0]
    asked += 1
    clock.advance(there)
    const time = clock.now() + 3_600_000
    clock.advance(back)
    return Promise.resolve(time)
  })
  return { clock, server, asked: () => asked }
}

it('keeps the sample with the shortest round trip', async () => {
  const { server, clock } = venueClock([
    [10, 90],
    [4, 6],
    [300, 0],
  ])
  // The second one: sent at 100, answered at 110, so 105 here is 3,600,104 there. The third ends at 410.
  expect(await server.sync()).toEqual({ offsetMs: 3_599_999, roundTripMs: 10, time: 410 })
  expect(server.now()).toBe(clock.now() + 3_599_999)
})

it('asks once for all who wait, and not again while the reading is fresh', async () => {
  const { server, asked } = venueClock([[1, 1]])
  await Promise.all([server.keepFresh(), server.sync(), server.keepFresh()])
  await server.keepFresh()
  expect(asked()).toBe(3)
})

it('lets nobody wait for a reading that is merely old', async () => {
  const { server, clock, asked } = venueClock([[1, 1]])
  await server.sync()
  clock.advance(30 * 60_000 + 1)
  await server.keepFresh()
  expect(asked()).toBe(4)
  await server.sync()
  expect(asked()).toBe(6)
})

it('reads a venue in time although the clock is set while it is asked, forth or back', async () => {
  for (const set of [-600_000, 600_000])
    for (const during of [1, 2, 3]) {
      const clock = createManualClock()
      let asked = 0
      const venueNow = (): number => clock.monotonic() + 5_000_000
      const server = createServerClock(clock, () => {
        asked += 1
        clock.advance(10)
        const time = venueNow()
        if (asked === during) clock.set(clock.now() + set)
        clock.advance(10)
        return Promise.resolve(time)
      })
      const { offsetMs, roundTripMs, time } = await server.sync()
      expect({ set, during, told: time + offsetMs, roundTripMs }).toEqual({
        set,
        during,
        told: venueNow(),
        roundTripMs: 20,
      })
      expect(server.now()).toBe(venueNow())
      clock.set(clock.now() + 3_600_000)
      expect(server.now()).toBe(venueNow())
    }
})

it('asks again, and waits for the answer, once the clock was set or the machine has slept', async () => {
  const { server, clock, asked } = venueClock([[1, 1]])
  await server.sync()
  clock.set(clock.now() + 60_000)
  await server.keepFresh()
  expect(asked()).toBe(6)
  await server.keepFresh()
  expect(asked()).toBe(6)
})

it('stays at what it knew when the venue cannot be asked', async () => {
  const clock = createManualClock(0)
  let isReachable = true
  const server = createServerClock(clock, () =>
    isReachable ? Promise.resolve(clock.now() + 5) : Promise.reject(new Error('no answer')),
  )
  await server.sync()
  isReachable = false
  await expect(server.sync()).rejects.toThrow('no answer')
  clock.advance(3_600_000)
  await server.keepFresh()
  expect(server.now()).toBe(clock.now() + 5)
  const known = server.now()
  clock.set(clock.now() - 60_000)
  await server.keepFresh()
  expect(server.now()).toBe(known)
})
