import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAW } from '../../test/law-runs.js'
import { asQuantity, formatQuantity, parseQuantity, type Quantity } from '../money/quantity.js'
import { splitParts, splitQuantity } from './split-quantity.js'

function sizes(quantity: string, max: string | null, { min = '0.001', step = '0.001' } = {}): string {
  const size = {
    min: parseQuantity(min),
    step: parseQuantity(step),
    max: max === null ? null : parseQuantity(max),
  }
  return splitQuantity(parseQuantity(quantity), size).map(formatQuantity).join(' ')
}

describe('a quantity above what one order may carry', () => {
  it.each([
    ['250', '120', '120 120 10'],
    ['240', '120', '120 120'],
    ['120', '120', '120'],
    ['0', '120', ''],
    ['250', null, '250'],
    // 1.0005 down to the step is 1
    ['2.5', '1.0005', '1 1 0.5'],
    // a maximum of 0 is unknown
    ['250', '0', '250'],
  ])('%s at most %s: %s', (quantity, max, expected) => {
    expect(sizes(quantity, max)).toBe(expected)
  })

  it('lets a last piece below the minimum borrow from the one before', () => {
    expect(sizes('2.002', '1', { min: '0.005' })).toBe('1 0.997 0.005')
  })

  it('cuts the owners to the sizes of the orders in turn', () => {
    const parts = [
      { tranche: 'T1', quantity: parseQuantity('0.7') },
      { tranche: 'T2', quantity: parseQuantity('0.8') },
    ]
    const size = { min: parseQuantity('0.001'), max: parseQuantity('1'), step: parseQuantity('0.001') }
    const text = splitParts(parts, size).map((piece) =>
      piece.map((part) => `${part.tranche} ${formatQuantity(part.quantity)}`).join(' + '),
    )
    expect(text).toEqual(['T1 0.7 + T2 0.3', 'T2 0.5'])
  })

  it('always sums exactly, on the step, within minimum and maximum', () => {
    const steps = (min: number, max: number): fc.Arbitrary<bigint> => fc.bigInt({ min: BigInt(min), max: BigInt(max) })
    fc.assert(
      fc.property(steps(1, 900), steps(1, 5), steps(10, 50), steps(1, 1000), (units, min, max, stepUnits) => {
        const of = (count: bigint): Quantity => asQuantity(count * stepUnits)
        const quantity = of(units + min)
        const pieces = splitQuantity(quantity, { min: of(min), max: of(max), step: of(1n) })
        expect(pieces.reduce<bigint>((sum, piece) => sum + piece, 0n)).toBe(quantity)
        for (const piece of pieces) {
          expect(piece % stepUnits).toBe(0n)
          expect(piece).toBeLessThanOrEqual(of(max))
          expect(piece).toBeGreaterThanOrEqual(of(min))
        }
      }),
      LAW,
    )
  })
})
