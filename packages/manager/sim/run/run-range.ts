import type { VenueName } from '../world/circumstances.js'
import { runSeed } from './run-seed.js'

/** Which seeds are run, one after the other. */
export interface Range {
  readonly from: number
  readonly seeds: number
  /** `null` = each seed draws its own. */
  readonly venue: VenueName | null
  readonly isTold: boolean
}

/** What a range of seeds has led to. */
export interface RangeResult {
  readonly seeds: number
  /** Events in the logs of their books. */
  readonly events: number
  readonly faults: Readonly<Record<string, number>>
  /** Sentences that did not hold. */
  readonly violations: number
  readonly failing: readonly number[]
  /** What did not hold, by seed; and the whole story, where it was asked for. */
  readonly lines: readonly string[]
}

/** Runs seeds in this process. */
export async function runRange({ from, seeds, venue, isTold }: Range): Promise<RangeResult> {
  const faults: Record<string, number> = {}
  const failing: number[] = []
  const lines: string[] = []
  let events = 0
  let violations = 0
  for (let seed = from; seed < from + seeds; seed += 1) {
    const result = await runSeed({ seed, venue, isTold, sabotage: {} })
    events += result.events
    violations += result.violations.length
    if (result.violations.length > 0) failing.push(seed)
    lines.push(...result.story, ...result.violations.map((text) => `seed ${seed}: ${text}`))
    for (const [kind, count] of Object.entries(result.faults)) faults[kind] = (faults[kind] ?? 0) + count
  }
  return { seeds, events, faults, violations, failing, lines }
}
