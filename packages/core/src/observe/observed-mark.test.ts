import { describe, expect, it } from 'vitest'
import { parsePrice } from '../money/price.js'
import type { MarkInput } from './inputs.js'
import { restartMark, widenMark } from './observed-mark.js'

function mark(price: string, time: number): MarkInput {
  return { type: 'mark', id: `mark:${time}`, time, account: 'main', symbol: 'BTCUSDT', price: parsePrice(price) }
}

describe('widenMark', () => {
  const at = parsePrice
  const known = { price: at('100'), high: at('110'), low: at('90'), time: 10 }

  it('begins at the first price', () => {
    expect(widenMark(null, mark('100', 10))).toEqual({ price: at('100'), high: at('100'), low: at('100'), time: 10 })
  })

  it.each([
    ['105', '110', '90'],
    ['120', '120', '90'],
    ['80', '110', '80'],
  ])('keeps the extremes at %s: %s and %s', (price, high, low) => {
    expect(widenMark(known, mark(price, 11))).toEqual({ price: at(price), high: at(high), low: at(low), time: 11 })
  })

  it('takes the newer of two at one time', () => {
    expect(widenMark(known, mark('95', 10))).toMatchObject({ price: at('95') })
  })

  it('leaves what it knows where a mark is older, or no price', () => {
    expect(widenMark(known, mark('500', 9))).toBe(known)
    expect(widenMark(known, mark('0', 11))).toBe(known)
    expect(widenMark(known, mark('-1', 11))).toBe(known)
    expect(widenMark(null, mark('0', 11))).toBeNull()
  })
})

describe('restartMark', () => {
  it('starts the extremes anew at the newest price', () => {
    const known = { price: parsePrice('100'), high: parsePrice('110'), low: parsePrice('90'), time: 10 }

    expect(restartMark(known)).toEqual({
      price: parsePrice('100'),
      high: parsePrice('100'),
      low: parsePrice('100'),
      time: 10,
    })
    expect(restartMark(null)).toBeNull()
  })
})
