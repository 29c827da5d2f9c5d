import type { Clock } from '../src/transport/clock.js'

/** A clock that a test moves by hand. */
export interface ManualClock extends Clock {
  monotonic(): number
  /** Moves on and runs what is due on the way, in order. */
  advance(ms: number): void
  /** Sets the machine's clock: nothing becomes due by it. */
  set(time: number): void
}

/** Stands at the given time until it is moved. */
export function createManualClock(start = 1_700_000_000_000): ManualClock {
  let time = start
  let aheadMs = 0
  let timers: readonly { readonly due: number; readonly run: () => void }[] = []
  return {
    now: () => time + aheadMs,
    monotonic: () => time - start,
    set: (now) => {
      aheadMs = now - time
    },
    schedule: (delayMs, run) => {
      const timer = { due: time + delayMs, run }
      timers = [...timers, timer]
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance: (ms) => {
      const end = time + ms
      for (;;) {
        const next = [...timers].sort((left, right) => left.due - right.due)[0]
        if (next === undefined || next.due > end) break
        timers = timers.filter((other) => other !== next)
        time = Math.max(time, next.due)
        next.run()
      }
      time = end
    },
  }
}
