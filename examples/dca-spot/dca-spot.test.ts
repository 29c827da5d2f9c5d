import { expect, it } from 'vitest'
import { runExample } from '../run-example.js'

/** (55 000 − 50 000) · 0.0004 = 2 */
const PRINTED = `T1 LONG 0.0004 at 50 000 opened by a trade from outside
no entry, cooldownActive: the last entry was 300000 ms ago: trancheCooldownMs asks for 900000 ms between entries
no entry, signalTooWeak: a signal of 0.5 is below minSignalStrength 0.6
T2 LONG 0.0006 at 49 500 opened by a trade from outside
no entry, trancheTooLarge: an entry of 51 USDT is above maxTrancheSize 50
phase: OPEN
closed 0.0004 of T1 at 55 000 for +2.00: a trade from outside
T1 is closed at 55 000 on average, +2.00 in all
realized 2
`

it('builds a position under limits, and takes a part of it', async () => {
  expect(await runExample('dca-spot/dca-spot.ts')).toBe(PRINTED)
}, 30_000)
