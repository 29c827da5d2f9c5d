import { expect, it } from 'vitest'
import { type HourKind, liveAnHour } from './hour/live-an-hour.js'

const MINUTES = 6
const SPEED = 60

/** The whole hour, and more seeds: `npm run venue-hour -- --venue binance --seed 1`. */
it.each<readonly [HourKind, number]>([
  ['binance', 3],
  ['aster-v3', 4],
])(
  'minutes of trading over sockets with every fault end with the same books at %s and client, seed %i',
  async (kind, seed) => {
    const report = await liveAnHour({ kind, seed, minutes: MINUTES, speed: SPEED })
    expect(report.differences).toEqual([])
    expect(report.trades).toBeGreaterThan(0)
    // How many strike in that time depends on how fast the machine asks.
    expect(Object.values(report.faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0)
  },
)
