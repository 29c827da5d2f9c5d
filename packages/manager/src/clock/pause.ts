import type { Clock } from '@tranchebook/adapters'

/** Takes back what was scheduled. */
export type Cancel = () => void

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
    const cancel = clock.schedule(ms, finish)
    signal.addEventListener('abort', finish, { once: true })
  })
}

/** Growing pauses: the first ms, doubled each time, up to the longest. */
export function backOffMs(attempt: number, { first, longest }: { first: number; longest: number }): number {
  return Math.min(longest, first * 2 ** Math.min(attempt, 20))
}
