/** First and longest pause between attempts, in ms; the pause doubles in between. */
export interface BackOffRange {
  readonly firstMs: number
  readonly longestMs: number
}

/** 1 s to 60 s. */
export const CONNECTION_BACK_OFF: BackOffRange = { firstMs: 1_000, longestMs: 60_000 }

/** The pause before the given attempt (1 = the first one after a failure), in ms. */
export function backOffMs(attempt: number, { firstMs, longestMs }: BackOffRange): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 30))
}
