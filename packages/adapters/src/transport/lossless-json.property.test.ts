import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLossless } from './lossless-json.js'

describe('lossless JSON', () => {
  it('keeps every integer and every text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }))),
        (rows) => {
          const text = JSON.stringify(rows.map(([word]) => word)).slice(0, -1)
          const numbers = rows.map(([, number]) => number.toString())
          const parsed = parseLossless(`${text}${rows.length === 0 ? '' : ','}${numbers.join(',')}]`)
          expect((parsed as unknown[]).map(String)).toEqual([...rows.map(([word]) => word), ...numbers])
        },
      ),
    )
  })

  it('agrees with JSON.parse where nothing is long', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
        const plain: unknown = JSON.parse(text)
        const isShort = !/\d[\d.]{14}/.test(text)
        expect(isShort ? parseLossless(text) : plain).toEqual(plain)
      }),
    )
  })
})
