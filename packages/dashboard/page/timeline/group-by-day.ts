import { formatDay } from '@tranchebook/core'
import type { TimelineGroup } from '../../src/api/index.js'

/** What happened on one UTC day. */
export interface TimelineDay {
  readonly day: string
  readonly groups: readonly TimelineGroup[]
}

/** Groups by UTC day, in the order they came. */
export function groupByDay(groups: readonly TimelineGroup[]): readonly TimelineDay[] {
  const days = new Map<string, TimelineGroup[]>()
  for (const group of groups) {
    const day = formatDay(group.time)
    days.set(day, [...(days.get(day) ?? []), group])
  }
  return [...days].map(([day, ofDay]) => ({ day, groups: ofDay }))
}
