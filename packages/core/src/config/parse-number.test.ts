import { describe, expect, it } from 'vitest'
import { containing } from '../../test/containing.js'
import type { Bounds, NumberKind, NumberOption } from './option.js'
import { formatNumber, parseNumber } from './parse-number.js'
import type { ConfigProblem, Place } from './place.js'

function parse(kind: NumberKind, bounds: Bounds, value: unknown): string | ConfigProblem {
  const place: Place = { path: 'x', problems: [], closingRules: [] }
  const option: NumberOption = { kind, unit: 'quote', bounds, default: null, meaning: 'A number.' }
  const units = parseNumber(option, value, place)
  return units === undefined ? place.problems[0]! : formatNumber(kind, units)
}

describe('parseNumber', () => {
  it.each<[NumberKind, unknown, string]>([
    ['percent', 5, '5'],
    ['percent', '5', '5'],
    ['percent', '5.000', '5'],
    ['percent', 0, '0'],
    ['percent', -0, '0'],
    ['percent', '-0', '0'],
    // the shortest text of the JSON number, not its binary value 0.1000000000000000055…
    ['percent', 0.1, '0.1'],
    ['percent', 0.3, '0.3'],
    ['percent', 4.35, '4.35'],
    ['percent', '0.000000000001', '0.000000000001'],
    ['percent', 0.000001, '0.000001'],
    ['money', '0.000000000000000000000001', '0.000000000000000000000001'],
    ['money', '123456789012345678901234567890.5', '123456789012345678901234567890.5'],
    ['money', 9007199254740991, '9007199254740991'],
    ['quantity', '0.001', '0.001'],
    ['whole', '3', '3'],
    ['whole', '3.0', '3'],
    ['ratio', 0.65, '0.65'],
  ])('keeps %s %j as %s, exactly', (kind, value, text) => {
    expect(parse(kind, {}, value)).toBe(text)
  })

  it.each<[NumberKind, unknown, string]>([
    ['percent', NaN, 'NaN and Infinity are no settings'],
    ['percent', Infinity, 'NaN and Infinity are no settings'],
    ['percent', -Infinity, 'NaN and Infinity are no settings'],
    ['percent', 'NaN', 'no exponent'],
    ['percent', 1e-7, 'write it as text: "0.0000001"'],
    ['money', 1e21, 'write it as text: "1000000000000000000000"'],
    ['money', 9007199254740992, 'cannot hold that many digits exactly'],
    ['percent', '1e3', 'no exponent'],
    ['percent', '1E3', 'no exponent'],
    ['percent', '+5', 'write digits'],
    ['percent', ' 5', 'write digits'],
    ['percent', '5 %', 'write digits'],
    ['percent', '5,5', 'write digits'],
    ['percent', '0x10', 'write digits'],
    ['percent', '', 'write digits'],
    ['percent', '.', 'write digits'],
    ['percent', '0.0000000000001', 'at most 12 decimals'],
    ['ratio', '0.0000001', 'at most 6 decimals'],
    ['whole', 2.5, 'write digits only'],
    ['whole', '2.5', 'write digits only'],
    ['whole', true, 'write a number or a decimal string'],
    ['whole', Symbol('five'), 'write a number or a decimal string'],
    ['whole', Number, 'write a number or a decimal string'],
    ['whole', [5], 'write a number or a decimal string'],
    ['whole', { value: 5 }, 'write a number or a decimal string'],
  ])('refuses %s %o: %s', (kind, value, advice) => {
    expect(parse(kind, {}, value)).toMatchObject({
      path: 'x',
      code: 'option.type',
      message: containing(advice),
    })
  })

  it.each<[Bounds, string, boolean]>([
    [{ min: 0 }, '0', true],
    [{ min: 0 }, '-0.000000000001', false],
    [{ min: -100 }, '-100', true],
    [{ min: -100 }, '-100.000000000001', false],
    [{ above: 0 }, '0', false],
    [{ above: 0 }, '0.000000000001', true],
    [{ max: 100 }, '100', true],
    [{ max: 100 }, '100.000000000001', false],
    [{ below: 100 }, '100', false],
    [{ below: 100 }, '99.999999999999', true],
  ])('holds %j against %s: %s', (bounds, value, isWithin) => {
    const parsed = parse('percent', bounds, value)
    if (isWithin) expect(parsed).toBe(value)
    else expect(parsed).toMatchObject({ code: 'option.range' })
  })

  it('says what was expected, what came and what to do', () => {
    const message = 'expected a percentage above 0 and below 100 (5 means 5 %), got 100; choose one within these bounds'
    expect(parse('percent', { above: 0, below: 100 }, 100)).toMatchObject({ message })
    expect(parse('money', { min: 0 }, '-1')).toMatchObject({
      message: 'expected an amount of at least 0 (quote), got "-1"; choose one within these bounds',
    })
  })

  it('refuses a bigint, which no file can hold', () => {
    expect(parse('whole', {}, 5n)).toMatchObject({ message: containing('got a bigint; write a number') })
  })

  it('shows only the beginning of a long text', () => {
    expect(parse('money', {}, 'x'.repeat(1000))).toMatchObject({ message: containing(`got "${'x'.repeat(60)}"…;`) })
  })
})
