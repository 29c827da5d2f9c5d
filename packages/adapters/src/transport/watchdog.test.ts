import { expect, it } from 'vitest'
import { createManualClock } from '../../test/manual-clock.js'
import { createWatchdog } from './watchdog.js'

it.each([-600_000, 600_000])('barks after the silence, whether the clock is set by %d ms meanwhile or not', (by) => {
  const clock = createManualClock()
  const barks: (number | null)[] = []
  const watchdog = createWatchdog(clock, 1000, (since) => barks.push(since))
  watchdog.feed()
  clock.advance(500)
  const fed = clock.now()
  watchdog.feed()
  clock.set(clock.now() + by)
  clock.advance(999)
  expect(barks).toEqual([])
  clock.advance(1)
  expect(barks).toEqual([fed])
})
