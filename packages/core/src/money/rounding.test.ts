import { describe, expect, it } from 'vitest'
import { parseMoney, shareOf } from './money.js'
import { parsePrice } from './price.js'
import { parseQuantity } from './quantity.js'
import { divide, roundToStep } from './rounding.js'

describe('divide', () => {
  it.each<[left: bigint, right: bigint, down: bigint, up: bigint, nearest: bigint]>([
    [6n, 3n, 2n, 2n, 2n],
    [7n, 2n, 3n, 4n, 4n],
    [5n, 2n, 2n, 3n, 2n],
    [-5n, 2n, -3n, -2n, -2n],
    [-7n, 2n, -4n, -3n, -4n],
    [5n, -2n, -3n, -2n, -2n],
    [-5n, -2n, 2n, 3n, 2n],
    [1n, 3n, 0n, 1n, 0n],
    [2n, 3n, 0n, 1n, 1n],
    [-1n, 3n, -1n, 0n, 0n],
    [-2n, 3n, -1n, 0n, -1n],
    [0n, -3n, 0n, 0n, 0n],
  ])('%d ÷ %d is %d down, %d up, %d nearest', (left, right, down, up, nearest) => {
    expect(divide(left, right, 'down')).toBe(down)
    expect(divide(left, right, 'up')).toBe(up)
    expect(divide(left, right, 'nearest')).toBe(nearest)
  })
})

describe('roundToStep', () => {
  it.each([
    ['52500.04', '0.1', '52500', '52500.1'],
    ['52500', '0.1', '52500', '52500'],
    ['-0.15', '0.1', '-0.2', '-0.1'],
    ['7', '5', '5', '10'],
  ])('%s by %s is %s down and %s up', (value, step, down, up) => {
    expect(roundToStep(parsePrice(value), parsePrice(step), 'down')).toBe(parsePrice(down))
    expect(roundToStep(parsePrice(value), parsePrice(step), 'up')).toBe(parsePrice(up))
  })

  it('leaves a value as it is where the step is unknown', () => {
    expect(roundToStep(parsePrice('1.234567'), parsePrice('0'), 'up')).toBe(parsePrice('1.234567'))
  })
})

describe('shareOf', () => {
  it('cuts toward zero and gives all of it for all', () => {
    // 1 · 1/3
    expect(shareOf(parseMoney('1'), parseQuantity('1'), parseQuantity('3'))).toBe(parseMoney(`0.${'3'.repeat(24)}`))
    expect(shareOf(parseMoney('-1'), parseQuantity('1'), parseQuantity('3'))).toBe(parseMoney(`-0.${'3'.repeat(24)}`))
    expect(shareOf(parseMoney('1'), parseQuantity('3'), parseQuantity('3'))).toBe(parseMoney('1'))
  })
})
