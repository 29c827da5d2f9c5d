import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contextOf } from '../../test/builders/context-builder.js'
import { entryIntended, opened } from '../../test/builders/events-builder.js'
import { LAW } from '../../test/law-runs.js'
import { emptyBook } from '../book/book.js'
import { SIZING_SHAPES } from '../config/symbol-config.js'
import { evolveAll } from '../evolve/copy-book.js'
import { asMoney, NO_MONEY, notional } from '../money/money.js'
import { asPrice, formatPrice } from '../money/price.js'
import { asQuantity, formatQuantity } from '../money/quantity.js'
import { adviseSize } from './allocation.js'
import { canOpenNewTranche } from './entry-limits.js'

const EMPTY = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' })
const TICK = 100_000_000_000n
const STEP = 1_000_000_000n

const price = fc.bigInt({ min: 1n, max: 1_000_000n }).map((ticks) => asPrice(ticks * TICK))
const quantity = fc.bigInt({ min: 1n, max: 5000n }).map((steps) => asQuantity(steps * STEP))
const size = fc.bigInt({ min: 0n, max: 10n ** 12n }).map((units) => asMoney(units * 10n ** 18n))
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null })
const held = fc.array(fc.record({ price, quantity }), { maxLength: 3 })

const scene = fc.record({
  mark: price,
  limit: maybe(price),
  held,
  inFlight: fc.array(quantity, { maxLength: 2 }),
  budget: size,
  signalStrength: maybe(fc.double({ min: -1, max: 2, noNaN: true })),
  isDynamic: fc.boolean(),
  shape: fc.constantFrom(...SIZING_SHAPES),
  minTrancheSize: maybe(size),
  maxTrancheSize: maybe(size),
  maxPositionSize: maybe(size),
  maxMarginUsed: maybe(size),
})

describe('a size that is advised', () => {
  it('passes every limit of canOpenNewTranche and stays within the budget', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const book = evolveAll(EMPTY, [
          ...given.held.map((lot, index) =>
            opened({
              time: 1,
              tranche: `T${index + 1}`,
              price: formatPrice(lot.price),
              quantity: formatQuantity(lot.quantity),
            }),
          ),
          ...given.inFlight.map((flying, index) => entryIntended(2, `e${index}`, { quantity: formatQuantity(flying) })),
        ])
        const { minTrancheSize, maxTrancheSize, maxPositionSize, maxMarginUsed, signalStrength } = given
        const context = contextOf({
          mark: formatPrice(given.mark),
          config: {
            maxTranches: 6,
            trancheAllocation: given.isDynamic ? 'dynamic' : 'equal',
            sizingShape: given.shape,
            minTrancheSize,
            maxTrancheSize,
            maxPositionSize,
          },
          limits: { maxMarginUsed },
        })
        const request = { side: 'LONG', price: given.limit, signalStrength, time: 3 } as const
        const advice = adviseSize(book, { ...request, budget: given.budget }, context)
        if (advice.quantity === 0n) return

        const entry = { ...request, quantity: advice.quantity, tranche: null }
        expect(canOpenNewTranche(book, entry, context)).toEqual({ allowed: true })
        const spent = given.held.reduce((sum, lot) => asMoney(sum + notional(lot.price, lot.quantity)), NO_MONEY)
        expect(spent + advice.size).toBeLessThanOrEqual(given.budget)
      }),
      LAW,
    )
  })
})
