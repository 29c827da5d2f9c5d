/** Where time comes from. Tests and simulations pass one that they move by hand. */
export interface Clock {
  /** Epoch ms. */
  now(): number
  /** Ms since some moment, which nobody sets: against it a clock that was set shows. Without it `now` is taken as never set. */
  monotonic?(): number
  /** Runs once after the delay, in ms; the returned function calls it off. */
  schedule(delayMs: number, run: () => void): () => void
}

/** Ms since some moment, which nobody sets where the clock can tell. */
export function monotonicOf(clock: Clock): number {
  return clock.monotonic?.() ?? clock.now()
}

/** The machine's clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    timer.unref()
    return () => {
      clearTimeout(timer)
    }
  },
}
