import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAW } from '../../test/law-runs.js'
import type { ClosingLot } from '../book/context.js'
import { CLOSING_RULES } from '../config/symbol-config.js'
import { asMoney } from '../money/money.js'
import { asPrice } from '../money/price.js'
import { asQuantity } from '../money/quantity.js'
import { chooseParts, explainChoice } from './closing.js'
import { pnlAt } from './pnl.js'

const lot = fc.record({
  isolated: fc.boolean(),
  cost: fc.bigInt({ min: 1n, max: 10n ** 30n }).map(asMoney),
  quantity: fc.bigInt({ min: 1n, max: 10n ** 14n }).map(asQuantity),
  entryTime: fc.integer({ min: 1, max: 4 }),
})

const scene = fc.record({
  lots: fc.array(lot, { maxLength: 8 }),
  side: fc.constantFrom('LONG' as const, 'SHORT' as const),
  quantity: fc.bigInt({ min: 1n, max: 10n ** 15n }).map(asQuantity),
  price: fc.bigInt({ min: 1n, max: 10n ** 17n }).map(asPrice),
  stepSize: fc.constantFrom(0n, 1n, 1000n, 10n ** 9n, 10n ** 13n).map(asQuantity),
  rule: fc.constantFrom(...CLOSING_RULES),
  isolatedClosing: fc.constantFrom('LAST' as const, 'EQUAL' as const, null),
})

function lotsOf({
  lots,
  side,
}: {
  readonly lots: readonly Omit<ClosingLot, 'tranche' | 'side' | 'sequence'>[]
  readonly side: ClosingLot['side']
}): readonly ClosingLot[] {
  return lots.map((given, index) => ({ ...given, side, tranche: `T${index + 1}`, sequence: index + 1 }))
}

describe('every closing rule', () => {
  it('gives parts above 0, within their lots, that sum to the smaller of what is asked and open', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const lots = lotsOf(given)
        const { quantity, price, stepSize, rule, isolatedClosing } = given
        const parts = chooseParts(
          lots,
          { quantity, price, stepSize },
          { rule, isolatedClosing, customRules: new Map() },
        )

        const open = lots.reduce((sum, { quantity: size }) => sum + size, 0n)
        expect(parts.reduce((sum, part) => sum + part.quantity, 0n)).toBe(quantity < open ? quantity : open)
        expect(new Set(parts.map((part) => part.tranche)).size).toBe(parts.length)
        for (const part of parts) {
          const from = lots.find(({ tranche }) => tranche === part.tranche)
          expect(part.quantity > 0n && from !== undefined && part.quantity <= from.quantity).toBe(true)
        }
      }),
      LAW,
    )
  })

  it('does not depend on the order in which the lots are listed', () => {
    fc.assert(
      fc.property(scene, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), (given, keys) => {
        const lots = lotsOf(given)
        const shuffled = lots
          .map((each, index) => ({ each, key: keys[index] ?? 0 }))
          .toSorted((left, right) => left.key - right.key)
          .map(({ each }) => each)
        const { quantity, price, stepSize, rule, isolatedClosing } = given
        const choice = { rule, isolatedClosing, customRules: new Map() }

        expect(chooseParts(shuffled, { quantity, price, stepSize }, choice)).toEqual(
          chooseParts(lots, { quantity, price, stepSize }, choice),
        )
      }),
      LAW,
    )
  })

  it('touches a held lot only when all others are used up', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const lots = lotsOf(given)
        const { quantity, price, stepSize, rule } = given
        const request = { quantity, price, stepSize }
        const parts = chooseParts(lots, request, { rule, isolatedClosing: 'LAST', customRules: new Map() })

        const of = (isolated: boolean): bigint =>
          parts
            .filter((part) => lots.find(({ tranche }) => tranche === part.tranche)?.isolated === isolated)
            .reduce((sum, part) => sum + part.quantity, 0n)
        const active = lots.filter((each) => !each.isolated).reduce((sum, each) => sum + each.quantity, 0n)
        expect(of(true) === 0n || of(false) === active).toBe(true)
      }),
      LAW,
    )
  })

  it('is explained by the ranking it took in: nobody behind one that got nothing got anything', () => {
    fc.assert(
      fc.property(scene, (given) => {
        if (given.rule === 'PRO_RATA') return
        const lots = lotsOf(given)
        const { quantity, price, stepSize, rule, isolatedClosing } = given
        const request = { quantity, price, stepSize }
        const choice = { rule, isolatedClosing, customRules: new Map() }
        const parts = chooseParts(lots, request, choice)
        const { candidates = [] } = explainChoice(parts, lots, { request, choice })

        expect(candidates.filter(({ chosen }) => chosen !== null).map(({ tranche }) => tranche)).toEqual(
          candidates.slice(0, parts.length).map(({ tranche }) => tranche),
        )
        expect(parts.map(({ tranche }) => tranche)).toEqual(
          candidates.slice(0, parts.length).map(({ tranche }) => tranche),
        )
      }),
      LAW,
    )
  })

  it('WORST_FIRST never leaves a worse lot open than one it took', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const lots = lotsOf(given)
        const { quantity, price, stepSize } = given
        const choice = { rule: 'WORST_FIRST', isolatedClosing: null, customRules: new Map() }
        const touched = chooseParts(lots, { quantity, price, stepSize }, choice).map((part) => part.tranche)
        const results = (isTouched: boolean): readonly bigint[] =>
          lots.filter((each) => touched.includes(each.tranche) === isTouched).map((each) => pnlAt(each, price))

        for (const one of results(true)) for (const other of results(false)) expect(one <= other).toBe(true)
      }),
      LAW,
    )
  })

  it('PRO_RATA gives everyone its exact share to within one step', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const lots = lotsOf(given)
        const { quantity, price } = given
        // only lots of whole steps can share by steps
        const stepSize = asQuantity(
          given.stepSize > 0n && lots.every((each) => each.quantity % given.stepSize === 0n) ? given.stepSize : 1n,
        )
        const choice = { rule: 'PRO_RATA', isolatedClosing: 'EQUAL' as const, customRules: new Map() }
        const parts = chooseParts(lots, { quantity, price, stepSize }, choice)

        const open = lots.reduce((sum, each) => sum + each.quantity, 0n)
        const wanted = quantity < open ? quantity : open
        for (const each of lots) {
          const got = parts.find(({ tranche }) => tranche === each.tranche)?.quantity ?? 0n
          const difference = got * open - wanted * each.quantity
          expect((difference < 0n ? -difference : difference) <= stepSize * open).toBe(true)
        }
      }),
      LAW,
    )
  })
})
