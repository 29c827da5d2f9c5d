import { describe, expect, it } from 'vitest'
import type { Side } from '../book/tranche.js'
import { formatMoney, notional } from '../money/money.js'
import { formatPercent, parsePercent } from '../money/percent.js'
import { formatPrice, parsePrice } from '../money/price.js'
import { parseQuantity } from '../money/quantity.js'
import {
  hasReached,
  type Holding,
  isAtLeast,
  isAtMost,
  isBetterExit,
  pnlAt,
  pnlPercentAt,
  priceAtPercent,
} from './pnl.js'

function holding(side: Side, price: string, quantity: string): Holding {
  const base = parseQuantity(quantity)
  return { side, cost: notional(parsePrice(price), base), quantity: base }
}

const long = holding('LONG', '50000', '0.001')
const short = holding('SHORT', '50000', '0.001')

describe('a result', () => {
  it.each<[Holding, string, string, string]>([
    // acceptance 1: 0.001 · 2000
    [long, '52000', '2', '4'],
    [long, '47500', '-2.5', '-5'],
    [long, '48000', '-2', '-4'],
    // acceptance 14
    [short, '52500', '-2.5', '-5'],
    [short, '47500', '2.5', '5'],
    // 1/3 · 100 % of 3, and 2/3, nearest at 12 decimals
    [holding('LONG', '3', '1'), '4', '1', '33.333333333333'],
    [holding('LONG', '3', '1'), '5', '2', '66.666666666667'],
    [holding('SHORT', '3', '1'), '5', '-2', '-66.666666666667'],
    // nothing held
    [holding('LONG', '0', '0'), '5', '0', '0'],
  ])('of %o at %s is %s, %s %%', (held, price, money, percent) => {
    expect(formatMoney(pnlAt(held, parsePrice(price)))).toBe(money)
    expect(formatPercent(pnlPercentAt(held, parsePrice(price)))).toBe(percent)
  })
})

describe('a bound', () => {
  it('is included, and not rounded', () => {
    expect(isAtMost(long, parsePrice('47500'), parsePercent('-5'))).toBe(true)
    expect(isAtMost(long, parsePrice('47500.000000000001'), parsePercent('-5'))).toBe(false)
    expect(isAtLeast(long, parsePrice('52500'), parsePercent('5'))).toBe(true)
    expect(isAtLeast(long, parsePrice('52499.999999999999'), parsePercent('5'))).toBe(false)
    expect(isAtLeast(long, parsePrice('50000'), parsePercent('0'))).toBe(true)
    expect(isAtMost(short, parsePrice('52500'), parsePercent('-5'))).toBe(true)
    expect(isAtMost(short, parsePrice('52499.999999999999'), parsePercent('-5'))).toBe(false)
  })
})

describe('priceAtPercent', () => {
  it.each<[Holding, string, string, string]>([
    [long, '-5', '47500', '47500'],
    [long, '5', '52500', '52500'],
    [short, '-5', '52500', '52500'],
    [short, '5', '47500', '47500'],
    // 1 · 1.3333…: 4/3 % of a third is not finite at 12 decimals; 10/3 · 1.01 = 3.3666…
    [
      { side: 'LONG', cost: notional(parsePrice('10'), parseQuantity('1')), quantity: parseQuantity('3') },
      '1',
      '3.366666666666',
      '3.366666666667',
    ],
  ])('of %o at %s %% is %s down, %s up', (held, percent, down, up) => {
    expect(formatPrice(priceAtPercent(held, parsePercent(percent), 'down'))).toBe(down)
    expect(formatPrice(priceAtPercent(held, parsePercent(percent), 'up'))).toBe(up)
  })
})

describe('direction', () => {
  const at = parsePrice

  it('reaches a target at it or beyond, LONG above and SHORT below', () => {
    expect([at('99'), at('100'), at('101')].map((price) => hasReached('LONG', price, at('100')))).toEqual([
      false,
      true,
      true,
    ])
    expect([at('99'), at('100'), at('101')].map((price) => hasReached('SHORT', price, at('100')))).toEqual([
      true,
      true,
      false,
    ])
  })

  it('a better exit is higher for LONG, lower for SHORT, and never the same', () => {
    expect([at('99'), at('100'), at('101')].map((price) => isBetterExit('LONG', price, at('100')))).toEqual([
      false,
      false,
      true,
    ])
    expect([at('99'), at('100'), at('101')].map((price) => isBetterExit('SHORT', price, at('100')))).toEqual([
      true,
      false,
      false,
    ])
  })
})
