import type { BookEvent } from '@tranchebook/core'

function unprotectedIn(events: readonly BookEvent[]): number {
  let sum = 0
  let since: number | null = null
  for (const { type, time } of events) {
    if (type === 'ProtectionLost') since ??= time
    if (type !== 'ProtectionRestored' || since === null) continue
    sum += time - since
    since = null
  }
  return sum
}

/** Milliseconds during which books had something open without a stop, summed over the books; what still lasts is not counted. */
export function unprotectedMs(logs: readonly (readonly BookEvent[])[]): number {
  return logs.reduce((sum, events) => sum + unprotectedIn(events), 0)
}
