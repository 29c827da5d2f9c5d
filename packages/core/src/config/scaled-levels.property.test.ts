import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAW } from '../../test/law-runs.js'
import { ALL_PERCENT, asPercent } from '../money/percent.js'
import { judgeLevels } from './scaled-levels.js'

const shares = fc.array(fc.bigInt(10n ** 6n, 200n * 10n ** 12n), { minLength: 1, maxLength: 20 })

describe('normalized shares', () => {
  it('sum to exactly 100 and differ from the exact proportion by less than one unit', () => {
    fc.assert(
      fc.property(shares, (written) => {
        const total = written.reduce((sum, share) => sum + share, 0n)
        const judged = judgeLevels(
          written.map((share, index) => ({
            profitPercent: asPercent(BigInt(index + 1) * 10n ** 12n),
            closePercent: asPercent(share),
          })),
        )
        if (judged.type === 'unusable') throw new Error(judged.reason)
        const closes = judged.levels.map(({ closePercent }) => closePercent)

        expect(closes.reduce((sum, share) => sum + share, 0n)).toBe(ALL_PERCENT)
        for (const [index, share] of closes.entries()) {
          const error = share * total - written[index]! * ALL_PERCENT
          expect(error < total && -error < total).toBe(true)
        }
      }),
      LAW,
    )
  })
})
