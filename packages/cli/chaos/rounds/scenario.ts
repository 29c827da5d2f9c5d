import { type Point, POINTS } from '../points/point.js'

/** What happens to a process, its connections, its database or its clock. */
export type Scenario =
  | { readonly type: 'killAt'; readonly point: Point }
  | { readonly type: 'killAtRandom' }
  | { readonly type: 'cutVenue' }
  | { readonly type: 'freezeVenue' }
  | { readonly type: 'jumpClock'; readonly ms: number }
  | { readonly type: 'cutDatabase' }
  | { readonly type: 'freezeDatabase' }
  | { readonly type: 'crashDatabase' }
  | { readonly type: 'handOver' }
  | { readonly type: 'sleepingOwner' }

const HOUR = 3_600_000

/** What can happen whatever the log is kept in. */
export const ANYWHERE: readonly Scenario[] = [
  ...POINTS.map((point): Scenario => ({ type: 'killAt', point })),
  { type: 'killAtRandom' },
  { type: 'cutVenue' },
  { type: 'freezeVenue' },
  { type: 'jumpClock', ms: HOUR },
  { type: 'jumpClock', ms: -HOUR },
]

/** What can happen on a server only. */
export const ON_A_SERVER: readonly Scenario[] = [
  { type: 'cutDatabase' },
  { type: 'freezeDatabase' },
  { type: 'crashDatabase' },
  { type: 'handOver' },
  { type: 'sleepingOwner' },
]

/** In words. */
export function nameOf(scenario: Scenario): string {
  if (scenario.type === 'killAt') return `killAt ${scenario.point}`
  return scenario.type === 'jumpClock' ? `jumpClock ${scenario.ms} ms` : scenario.type
}
