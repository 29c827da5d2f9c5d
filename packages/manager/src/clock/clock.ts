/** Takes back what was asked for. */
export type Cancel = () => void

/** Time, as everything here sees it: swap it and a day passes in a millisecond. */
export interface Clock {
  /** Epoch ms. */
  now(): number
  /** Calls once, after so many ms. */
  after(ms: number, run: () => void): Cancel
}

/** The clock of this machine. Its timers keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => {
      clearTimeout(timer)
    }
  },
}

/** Whether a signal has ended what it stands for: asked anew each time. */
export function isOver(signal: AbortSignal): boolean {
  return signal.aborted
}

/** Waits; the signal ends the wait early, without an error. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      cancel()
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const cancel = clock.after(ms, finish)
    signal.addEventListener('abort', finish, { once: true })
  })
}

/** Growing pauses: the first ms, doubled each time, up to the longest. */
export function backOffMs(attempt: number, { first, longest }: { first: number; longest: number }): number {
  return Math.min(longest, first * 2 ** Math.min(attempt, 20))
}
