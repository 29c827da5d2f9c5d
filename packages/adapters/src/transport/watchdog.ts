import type { Clock } from './clock.js'

/** Barks once when nothing feeds it in time. */
export interface Watchdog {
  feed(): void
  stop(): void
  /** When it was last fed; `null` = never. */
  lastSign(): number | null
}

/** One timer at a time, however often it is fed. */
export function createWatchdog(clock: Clock, silenceMs: number, onSilence: (since: number | null) => void): Watchdog {
  let last: number | null = null
  let callOff: (() => void) | null = null

  const watch = (delayMs: number): void => {
    callOff = clock.schedule(delayMs, () => {
      callOff = null
      const quietMs = last === null ? silenceMs : clock.now() - last
      if (quietMs >= silenceMs) onSilence(last)
      else watch(silenceMs - quietMs)
    })
  }
  return {
    feed: () => {
      last = clock.now()
      if (callOff === null) watch(silenceMs)
    },
    stop: () => {
      callOff?.()
      callOff = null
    },
    lastSign: () => last,
  }
}
