import { parsePrice } from '@tranchebook/core'
import { expect, it } from 'vitest'
import { parseFigure } from './figure.js'

it.each([
  ['0.3371784679089', '0.337178467908'],
  ['0.4281605481461', '0.428160548146'],
  ['-0.0000000000019', '-0.000000000001'],
  ['0.0000000000009', '0'],
  ['64417.5384615385', '64417.5384615385'],
  ['42000', '42000'],
])('cuts %s to %s', (written, kept) => {
  expect(parseFigure(written)).toBe(parsePrice(kept))
})

it('takes no other text than a plain decimal', () => {
  expect(() => parseFigure('0.1234567890123x')).toThrow('expected a plain decimal')
  expect(() => parseFigure('')).toThrow('expected a plain decimal')
})
