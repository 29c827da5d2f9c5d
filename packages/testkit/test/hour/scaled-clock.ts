import { type Clock, systemClock } from '@tranchebook/adapters'

/** Time from `start` on that runs so many times as fast as the machine's. */
export function createScaledClock(start: number, speed: number): Clock {
  const begin = performance.now()
  return {
    now: () => Math.floor(start + (performance.now() - begin) * speed),
    schedule: (delayMs, run) => systemClock.schedule(delayMs / speed, run),
  }
}

/** Resolves once that much time has passed on the clock. */
export function pass(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.schedule(ms, resolve)
  })
}
