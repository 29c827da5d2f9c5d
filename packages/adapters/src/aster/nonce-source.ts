/** Microseconds that only ever grow: one source per agent key, and one process per agent key. */
export interface NonceSource {
  /** `time` is the venue's, in epoch ms. */
  next(time: number): string
}

/** Starts with the venue's time and never gives a number twice, nor a smaller one. */
export function createNonceSource(): NonceSource {
  let last = 0
  return {
    next: (time) => {
      last = Math.max(last + 1, time * 1_000)
      return String(last)
    },
  }
}
