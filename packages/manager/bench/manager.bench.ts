import { fillToStop } from './fill-to-stop.js'
import { hourlyCalls } from './hourly-calls.js'
import { loopSpeed, markArray } from './loop-speed.js'
import { memoryGrowth } from './memory-growth.js'

type Figures = Record<string, number | string | null>

/** 1 is the full benchmark; smaller numbers are for trying it out. */
const SCALE = Number(process.env['BENCH_SCALE'] ?? 1)
/** A million takes some minutes. */
const MEMORY_EVENTS = Number(process.env['BENCH_EVENTS'] ?? 20_000 * SCALE)

/** Figures of the whole loop. Run alone; only ratios within one run compare. */
export async function run(): Promise<Figures> {
  return {
    ...(await fillToStop(Math.ceil(150 * SCALE))),
    ...(await loopSpeed(SCALE)),
    ...(await markArray(SCALE)),
    ...(await hourlyCalls()),
    ...(await memoryGrowth(MEMORY_EVENTS)),
  }
}
