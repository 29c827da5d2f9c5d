import type { Clock } from '@tranchebook/adapters'

/** Ms since some moment, which nobody sets where the clock can tell. */
export function monotonicOf(clock: Clock): number {
  return clock.monotonic?.() ?? clock.now()
}
