import { describe, expect, it } from 'vitest'
import { InputError } from '../errors.js'
import { formatFixed, parseFixed, powerOfTen } from './fixed-point.js'
import { formatMoney, parseMoney } from './money.js'
import { formatPercent, parsePercent } from './percent.js'
import { formatPrice, parsePrice } from './price.js'
import { formatQuantity, parseQuantity } from './quantity.js'

function refusal(text: unknown, decimals = 12): InputError {
  try {
    parseFixed(text as string, decimals)
  } catch (error) {
    if (error instanceof InputError) return error
    throw error
  }
  throw new Error(`${String(text)} was taken`)
}

describe('parseFixed', () => {
  it.each<[string, number, bigint]>([
    ['0', 12, 0n],
    ['-0', 12, 0n],
    ['-0.0', 12, 0n],
    ['1', 0, 1n],
    ['1.0', 0, 1n],
    ['007', 2, 700n],
    ['0.001', 12, 1_000_000_000n],
    ['-0.001', 12, -1_000_000_000n],
    ['50000.5', 2, 5_000_050n],
    ['0.10', 1, 1n],
    ['0.100000000000000000000', 1, 1n],
    // 15 characters is the longest text read digit by digit, 16 the shortest read whole
    ['123456789012345', 12, 123_456_789_012_345_000_000_000_000n],
    ['1234567890123456', 12, 1_234_567_890_123_456_000_000_000_000n],
    ['9007199254740993.000000000001', 12, 9_007_199_254_740_993_000_000_000_001n],
    ['-9007199254740993.5', 1, -90_071_992_547_409_935n],
    ['0.000000000000000000000001', 24, 1n],
  ])('reads %s with %d decimals', (text, decimals, units) => {
    expect(parseFixed(text, decimals)).toBe(units)
  })

  it.each([
    '',
    '-',
    '.',
    '+1',
    '.5',
    '-.5',
    '5.',
    '-5.',
    '1.2.3',
    '1,5',
    '1_000',
    '0x10',
    ' 1',
    '1 ',
    '--1',
    '1-',
    '1.-5',
  ])('refuses %j', (text) => {
    expect(refusal(text)).toMatchObject({ code: 'number.malformed', details: { value: text, decimals: 12 } })
    expect(refusal(text).message).toContain('not a plain decimal number')
  })

  it.each([
    'NaN',
    'Infinity',
    '-Infinity',
    'null',
    '١٢',
    '1234567890123456x',
    '1234567890123456.',
    '+1234567890123456',
  ])('refuses %j', (text) => {
    expect(refusal(text).code).toBe('number.malformed')
  })

  it.each(['1e3', '1E3', '-1.5e-7', '12345678901234567890e1'])('says that %s must be written out', (text) => {
    expect(refusal(text).message).toContain('exponents are not accepted')
  })

  it.each<[string, number, string]>([
    ['0.0000000000001', 12, '13 decimals are more than can be kept exactly'],
    ['0.01', 1, '2 decimals are more than can be kept exactly'],
    ['1.5', 0, '1 decimals are more than can be kept exactly'],
    ['1.1234567890123', 12, '13 decimals are more than can be kept exactly'],
  ])('refuses to round %s to %d decimals', (text, decimals, says) => {
    expect(refusal(text, decimals).message).toContain(says)
  })

  it.each([1, 0.1, Number.NaN, null, undefined, true, 10n, {}, ['1']])('refuses %s, which is no text', (value) => {
    expect(refusal(value).message).toContain('numbers travel as strings')
    expect(refusal(value).code).toBe('number.malformed')
  })

  it('shows at most 60 characters of what came', () => {
    const error = refusal(`1e${'0'.repeat(500)}`)

    expect(error.details['value']).toHaveLength(60)
    expect(error.message.length).toBeLessThan(250)
  })

  it('says what was expected and what came', () => {
    expect(refusal('1e3').message).toBe(
      'expected a plain decimal such as "0.001" with at most 12 decimals, got "1e3": exponents are not accepted; write the digits out',
    )
  })
})

describe('formatFixed', () => {
  it.each<[bigint, number, string]>([
    [0n, 12, '0'],
    [1n, 12, '0.000000000001'],
    [-1n, 12, '-0.000000000001'],
    [1_000_000_000_000n, 12, '1'],
    [-1_000_000_000_000n, 12, '-1'],
    [1_500_000_000_000n, 12, '1.5'],
    [-1_500_000_000_000n, 12, '-1.5'],
    [100n, 0, '100'],
    [10n ** 40n, 12, `1${'0'.repeat(28)}`],
  ])('writes %d at %d decimals as %s', (units, decimals, text) => {
    expect(formatFixed(units, decimals)).toBe(text)
  })
})

describe('powerOfTen', () => {
  it('knows 0 to 48', () => {
    expect(powerOfTen(0)).toBe(1n)
    expect(powerOfTen(48)).toBe(10n ** 48n)
  })

  it.each([-1, 49, 1.5])('refuses %d', (exponent) => {
    expect(() => powerOfTen(exponent)).toThrow(RangeError)
  })
})

describe('units', () => {
  it('are 10^-12 of a price, quantity and percentage, and 10^-24 of money', () => {
    expect(parsePrice('1')).toBe(10n ** 12n)
    expect(parseQuantity('1')).toBe(10n ** 12n)
    expect(parsePercent('1')).toBe(10n ** 12n)
    expect(parseMoney('1')).toBe(10n ** 24n)
  })

  it('come back as text', () => {
    expect(formatPrice(parsePrice('50000.10'))).toBe('50000.1')
    expect(formatQuantity(parseQuantity('-0.010'))).toBe('-0.01')
    expect(formatPercent(parsePercent('33.333333333333'))).toBe('33.333333333333')
    expect(formatMoney(parseMoney('-0.000000000000000000000001'))).toBe('-0.000000000000000000000001')
  })
})
