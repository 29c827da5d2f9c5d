import { setTimeout as wait } from 'node:timers/promises'

/** Waits so many ms; the signal ends the wait early, without an error. */
export async function untilNextLook(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
