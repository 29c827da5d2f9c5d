/** Microseconds that only ever grow: one source per agent key, and one process per agent key. */
export interface NonceSource {
  /** `time` is the venue's, in epoch ms. */
  next(time: number): string
}

/** So far ahead of its clock, in µs, the venue takes no nonce, and remembers none. */
const MOST_AHEAD = 10_000_000

/**
 * Starts with the venue's time and never gives a number twice, nor a smaller one. Numbers that were given while the venue's time was
 * thought to be later than it is were refused: they hold up nothing once the clock is set.
 */
export function createNonceSource(): NonceSource {
  let last = 0
  return {
    next: (time) => {
      const now = time * 1_000
      last = last > now + MOST_AHEAD ? now : Math.max(last + 1, now)
      return String(last)
    },
  }
}
