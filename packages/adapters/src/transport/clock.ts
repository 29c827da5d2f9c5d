/** Where time comes from. Tests and simulations pass one that they move by hand. */
export interface Clock {
  /** Epoch ms. */
  now(): number
  /** Runs once after the delay, in ms; the returned function calls it off. */
  schedule(delayMs: number, run: () => void): () => void
}

/** The machine's clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    timer.unref()
    return () => {
      clearTimeout(timer)
    }
  },
}
