import { Decimal as Oracle } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAW } from '../../test/law-runs.js'
import { absolute, ascending, larger, minus, negate, plus, smaller } from './arithmetic.js'
import { Decimal, moneyToDecimal, percentToDecimal, priceToDecimal, quantityToDecimal } from './decimal.js'
import { formatFixed, parseFixed } from './fixed-point.js'
import { asMoney, averagePrice, formatMoney, notional, shareOf } from './money.js'
import { asPercent } from './percent.js'
import { asPrice, formatPrice } from './price.js'
import { asQuantity, type Quantity } from './quantity.js'
import { divide, roundToStep, type Rounding } from './rounding.js'

/** Wide enough that nothing below is ever rounded by the oracle. */
const Wide = Oracle.clone({ precision: 200, toExpNeg: -200, toExpPos: 200 })
const MODES: Readonly<Record<Rounding, Oracle.Rounding>> = {
  down: Oracle.ROUND_FLOOR,
  up: Oracle.ROUND_CEIL,
  nearest: Oracle.ROUND_HALF_EVEN,
}

const units = fc.oneof(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: -20n, max: 20n }))
const divisor = units.filter((value) => value !== 0n)
const rounding = fc.constantFrom<Rounding>('down', 'up', 'nearest')
const decimals = fc.integer({ min: 0, max: 24 })

function exact(value: bigint): Oracle {
  return new Wide(value.toString())
}

/** A plain decimal with leading and trailing zeros, at most `places` of its decimals other than 0. */
const decimalText = decimals.chain((places) =>
  fc
    .record({
      isNegative: fc.boolean(),
      zeros: fc.nat(3),
      whole: fc.bigInt({ min: 0n, max: 10n ** 22n }),
      fraction: fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), maxLength: places }),
      trailing: fc.nat(3),
    })
    .map(({ isNegative, zeros, whole, fraction, trailing }) => {
      const rest = fraction + '0'.repeat(trailing)
      const text = `${isNegative ? '-' : ''}${'0'.repeat(zeros)}${whole}${rest === '' ? '' : `.${rest}`}`
      return { text, places }
    }),
)

describe('exact text', () => {
  it('means what decimal.js reads', () => {
    fc.assert(
      fc.property(decimalText, ({ text, places }) => {
        const parsed = parseFixed(text, places)
        expect(exact(parsed).equals(new Wide(text).mul(new Wide(10).pow(places)))).toBe(true)
        // decimal.js keeps the sign of zero, we do not
        const canonical = new Wide(text).abs().isZero() ? '0' : new Wide(text).toFixed()
        expect(formatFixed(parsed, places)).toBe(canonical)
      }),
      LAW,
    )
  })

  it('comes back as the same units', () => {
    fc.assert(
      fc.property(units, decimals, (value, places) => {
        expect(parseFixed(formatFixed(value, places), places)).toBe(value)
      }),
      LAW,
    )
  })

  it('is never anything but a plain decimal', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.-+eE NaInf'.split('')), maxLength: 20 }), (text) => {
        const isPlain = /^-?[0-9]+(\.[0-9]+)?$/.test(text)
        const isShort = (/\.([0-9]*?)0*$/.exec(text)?.[1] ?? '').length <= 12
        if (isPlain && isShort) expect(exact(parseFixed(text, 12)).div('1e12').equals(new Wide(text))).toBe(true)
        else expect(() => parseFixed(text, 12)).toThrow('expected a plain decimal')
      }),
      LAW,
    )
  })
})

describe('rounding', () => {
  it('goes where decimal.js goes, whatever the signs', () => {
    fc.assert(
      fc.property(units, divisor, rounding, (left, right, direction) => {
        const quotient = exact(left).div(exact(right)).toDecimalPlaces(0, MODES[direction])
        // the oracle divides to 200 digits: far more than two 31-digit integers need to tell a tie
        expect(divide(left, right, direction)).toBe(BigInt(quotient.toFixed(0)))
      }),
      LAW,
    )
  })

  it('breaks ties to even', () => {
    fc.assert(
      fc.property(
        units,
        fc.bigInt({ min: -1000n, max: 1000n }).filter((half) => half !== 0n),
        (whole, half) => {
          const down = divide((2n * whole + 1n) * half, 2n * half, 'nearest')
          expect(down % 2n).toBe(0n)
          expect([whole, whole + 1n]).toContain(down)
        },
      ),
      LAW,
    )
  })

  it('to a step gives a multiple of it, less than one step away, on the named side', () => {
    fc.assert(
      fc.property(units, fc.bigInt({ min: 1n, max: 10n ** 15n }), (value, step) => {
        const down = roundToStep(value, step, 'down')
        const up = roundToStep(value, step, 'up')
        expect(down % step).toBe(0n)
        expect(down <= value && value < down + step).toBe(true)
        expect(up % step).toBe(0n)
        expect(up - step < value && value <= up).toBe(true)
        expect([down, up]).toContain(roundToStep(value, step, 'nearest'))
      }),
      LAW,
    )
  })
})

const positive = fc.bigInt({ min: 1n, max: 10n ** 20n })

describe('shares', () => {
  it('of consecutive parts sum to the amount, exactly', () => {
    fc.assert(
      fc.property(units, fc.array(positive, { minLength: 1, maxLength: 8 }), (amount, parts) => {
        let left = asMoney(amount)
        let whole = asQuantity(parts.reduce((sum, part) => sum + part, 0n))
        for (const part of parts) {
          const share = shareOf(left, asQuantity(part), whole)
          left = minus(left, share)
          whole = asQuantity(whole - part)
        }
        expect(left).toBe(0n)
      }),
      LAW,
    )
  })

  it('are cut toward zero, less than one unit away', () => {
    fc.assert(
      fc.property(units, positive, positive, (amount, one, two) => {
        const [part, whole] = one < two ? [one, two] : [two, one]
        const share = shareOf(asMoney(amount), asQuantity(part), asQuantity(whole))
        const wanted = exact(amount).mul(exact(part)).div(exact(whole)).toDecimalPlaces(0, Oracle.ROUND_DOWN)
        expect(share).toBe(BigInt(wanted.toFixed(0)))
      }),
      LAW,
    )
  })
})

describe('amounts', () => {
  it('multiply without rounding, and divide back to 12 decimals', () => {
    fc.assert(
      fc.property(positive, positive, rounding, (price, quantity, direction) => {
        const cost = notional(asPrice(price), asQuantity(quantity))
        expect(
          moneyToDecimal(cost).equals(priceToDecimal(asPrice(price)).mul(quantityToDecimal(asQuantity(quantity)))),
        ).toBe(true)
        expect(averagePrice(cost, asQuantity(quantity), direction)).toBe(price)
      }),
      LAW,
    )
  })

  it('add, subtract and compare as integers do', () => {
    fc.assert(
      fc.property(units, units, (one, two) => {
        const left = asMoney(one)
        const right = asMoney(two)
        expect(minus(plus(left, right), right)).toBe(left)
        expect(plus(left, negate(left))).toBe(0n)
        expect(absolute(negate(left))).toBe(absolute(left))
        expect(absolute(left) >= 0n).toBe(true)
        expect([smaller(left, right), larger(left, right)].toSorted(ascending)).toEqual(
          [left, right].toSorted(ascending),
        )
        expect(smaller(left, right) <= larger(left, right)).toBe(true)
        expect(Math.sign(ascending(left, right))).toBe(exact(one).comparedTo(exact(two)))
      }),
      LAW,
    )
  })

  it('look the same as a Decimal', () => {
    fc.assert(
      fc.property(units, (value) => {
        expect(moneyToDecimal(asMoney(value)).toString()).toBe(formatMoney(asMoney(value)))
        expect(priceToDecimal(asPrice(value)).toString()).toBe(formatPrice(asPrice(value)))
        expect(percentToDecimal(asPercent(value)).mul('1e12').toFixed()).toBe(value.toString())
      }),
      LAW,
    )
  })
})

describe('Decimal', () => {
  it('is a clone of our own: the settings of others change nothing', () => {
    const before = Oracle.precision
    Oracle.set({ precision: 5 })
    try {
      expect(new Decimal(1).div(3).toString()).toBe(`0.${'3'.repeat(60)}`)
    } finally {
      Oracle.set({ precision: before })
    }
  })

  it('never shows an exponent of an amount we can hold', () => {
    expect(moneyToDecimal(asMoney(1n)).toString()).toBe('0.000000000000000000000001')
    expect(quantityToDecimal((10n ** 40n) as Quantity).toString()).toBe(`1${'0'.repeat(28)}`)
  })
})
