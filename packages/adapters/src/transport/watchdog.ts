import { type Clock, monotonicOf } from './clock.js'

/** Barks once when nothing feeds it in time. */
export interface Watchdog {
  feed(): void
  stop(): void
  /** When it was last fed, epoch ms; `null` = never. */
  lastSign(): number | null
}

/** One timer at a time, however often it is fed. */
export function createWatchdog(clock: Clock, silenceMs: number, onSilence: (since: number | null) => void): Watchdog {
  let last: { readonly time: number; readonly at: number } | null = null
  let callOff: (() => void) | null = null

  const watch = (delayMs: number): void => {
    callOff = clock.schedule(delayMs, () => {
      callOff = null
      const quietMs = last === null ? silenceMs : monotonicOf(clock) - last.at
      if (quietMs >= silenceMs) onSilence(last?.time ?? null)
      else watch(silenceMs - quietMs)
    })
  }
  return {
    feed: () => {
      last = { time: clock.now(), at: monotonicOf(clock) }
      if (callOff === null) watch(silenceMs)
    },
    stop: () => {
      callOff?.()
      callOff = null
    },
    lastSign: () => last?.time ?? null,
  }
}
