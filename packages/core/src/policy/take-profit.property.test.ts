import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PLAIN_CONFIG } from '../../test/builders/context-builder.js'
import { LAW } from '../../test/law-runs.js'
import { judgeLevels } from '../config/scaled-levels.js'
import { unknownInstrument } from '../instrument/instrument.js'
import { asMoney } from '../money/money.js'
import { asPercent } from '../money/percent.js'
import { asPrice } from '../money/price.js'
import { asQuantity } from '../money/quantity.js'
import { planLevels } from './take-profit.js'

const scene = fc.record({
  closes: fc.array(fc.bigInt({ min: 1n, max: 100n }), { minLength: 1, maxLength: 7 }),
  original: fc.bigInt({ min: 1n, max: 5000n }),
  dust: fc.constantFrom(0n, 0n, 1n, 500_000_000n),
  stepSize: fc.constantFrom(0n, 10n ** 9n, 10n ** 10n),
  minimum: fc.bigInt({ min: 0n, max: 2000n }),
  minNotional: fc.constantFrom(0n, 5n * 10n ** 24n, 10n ** 28n),
  scaledTpFallbackToSingle: fc.boolean(),
})

type Scene = typeof scene extends fc.Arbitrary<infer Given> ? Given : never

function plan(given: Scene): ReturnType<typeof planLevels> {
  const judged = judgeLevels(
    given.closes.map((close, index) => ({
      profitPercent: asPercent(BigInt(index + 1) * 10n ** 12n),
      closePercent: asPercent(close * 10n ** 12n),
    })),
  )
  const levels = judged.type === 'usable' ? judged.levels : []
  const instrument = {
    ...unknownInstrument('BTCUSDT'),
    stepSize: asQuantity(given.stepSize),
    minNotional: asMoney(given.minNotional),
  }
  const config = {
    ...PLAIN_CONFIG,
    enableScaledTakeProfit: true,
    scaledTpFallbackToSingle: given.scaledTpFallbackToSingle,
    scaledTpMinOrderSize: asQuantity(given.minimum * 10n ** 9n),
  }
  const priced = levels.map((level, index) => ({ ...level, price: asPrice(BigInt(50_000 + index) * 10n ** 12n) }))
  return planLevels(asQuantity(given.original * 10n ** 9n + given.dust), priced, { config, instrument })
}

describe('levels', () => {
  it('close the original quantity, exactly, or there are none', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const levels = plan(given)
        if (levels.length === 0) {
          expect(given.scaledTpFallbackToSingle).toBe(true)
          return
        }
        expect(levels.reduce((sum, level) => sum + level.quantity, 0n)).toBe(given.original * 10n ** 9n + given.dust)
        expect(levels.every((level) => level.quantity >= 0n)).toBe(true)
      }),
      LAW,
    )
  })

  it('are whole steps, but for the one that takes all that remains', () => {
    fc.assert(
      fc.property(scene, (given) => {
        if (given.stepSize === 0n) return
        const taking = plan(given).filter((level) => level.quantity > 0n)
        for (const level of taking.slice(0, -1)) expect(level.quantity % given.stepSize).toBe(0n)
      }),
      LAW,
    )
  })

  it('are never below the minimum, unless the whole tranche is', () => {
    fc.assert(
      fc.property(scene, (given) => {
        if (given.minNotional > 0n) return
        const taking = plan(given).filter((level) => level.quantity > 0n)
        if (taking.length < 2) return
        for (const level of taking) expect(level.quantity >= given.minimum * 10n ** 9n).toBe(true)
      }),
      LAW,
    )
  })

  it('have never closed more by a level than the shares up to it, unless they closed the rest', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const levels = plan(given)
        const whole = given.original * 10n ** 9n + given.dust
        let closed = 0n
        let percent = 0n
        for (const level of levels) {
          closed += level.quantity
          percent += level.closePercent
          // one unit of 10^-12 % for each level: what normalizing may have cut
          const due = (whole * (percent + BigInt(levels.length))) / (100n * 10n ** 12n)
          expect(closed <= due + 1n || closed === whole).toBe(true)
        }
      }),
      LAW,
    )
  })
})
