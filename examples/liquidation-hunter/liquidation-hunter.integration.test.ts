import { parsePrice, parseQuantity } from 'tranchebook'
import { expect, it } from 'vitest'
import { runExample } from '../run-example.js'
import { cascadesBy } from './liquidation-volume.js'

it('buys a cascade, and passes the next while its tranche is open', async () => {
  const printed = await runExample('liquidation-hunter/liquidation-hunter.ts')
  expect(printed).toMatch(/^T1 LONG 0\.01 at [\d .]+ opened\nthe next cascade was passed: maxTranches is 1\n$/)
})

it.each([
  // 50 000 + 50 000 = 100 000 within the window
  [
    [0, 9_999],
    [false, true],
  ],
  // the first one has left the window
  [
    [0, 10_000, 10_001],
    [false, false, true],
  ],
  // a window that was filled begins anew
  [
    [0, 1, 2],
    [false, true, false],
  ],
])('liquidations of 50 000 at %j', (times, cascades) => {
  const isCascade = cascadesBy({ windowMs: 10_000, threshold: '100000' })
  const one = { symbol: 'BTCUSDT', side: 'SELL', quantity: parseQuantity('1'), price: parsePrice('50000') } as const
  expect(times.map((time) => isCascade({ ...one, time }))).toEqual(cascades)
})
