import { runSeed } from '../run/run-seed.js'
import { BUGS } from './bugs.js'

/** Which bug is looked for, from which seed on, in at most how many. */
export interface BugSearch {
  readonly name: string
  readonly from: number
  readonly seeds: number
}

/** Whether a planted bug was caught. */
export interface BugResult {
  readonly name: string
  /** `null` = no seed caught it. */
  readonly seed: number | null
  /** What did not hold. */
  readonly violation: string | null
}

/** Plants a bug, and runs seeds until one of them catches it. */
export async function runBug({ name, from, seeds }: BugSearch): Promise<BugResult> {
  const bug = BUGS.find((one) => one.name === name)
  if (bug === undefined) throw new RangeError(`expected one of ${BUGS.map((one) => one.name).join(', ')}, got ${name}`)
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { violations } = await runSeed({ seed, venue: null, isTold: false, sabotage: bug.plant() })
    const [violation] = violations
    if (violation !== undefined) return { name, seed, violation }
  }
  return { name, seed: null, violation: null }
}
