import { describe, expect, it } from 'vitest'
import { averageText, figureText, gainText, percentText, shortId } from './figure-text.js'

describe('figures for people', () => {
  it.each([
    ['47903.563414634146', null, '47 903.56'],
    ['47903.5', null, '47 903.5'],
    ['3.123456789', null, '3.1235'],
    ['0.000012345678901', null, '0.00001235'],
    ['47903.563414634146', 1, '47 903.6'],
    [null, null, '–'],
  ])('an average of %s to %s decimals is %s', (text, decimals, shown) => {
    expect(averageText(text, decimals)).toBe(shown)
  })

  it.each([
    ['50000', null, '50 000'],
    ['1234567.891', null, '1 234 567.891'],
    ['51601.875', 2, '51 601.88'],
    ['0.1', 3, '0.100'],
    ['-1234.5', 1, '−1 234.5'],
    ['999', 0, '999'],
    ['0.005', 2, '0.00'],
    [null, 2, '–'],
  ])('%s to %s decimals is %s', (text, decimals, shown) => {
    expect(figureText(text, decimals)).toBe(shown)
  })

  it.each([
    ['60', '+60.00'],
    ['-94.321', '−94.32'],
    ['0', '0.00'],
    ['1234567.1', '+1 234 567.10'],
    ['0.00042', '+0.00042'],
    ['-0.0000317', '−0.000032'],
    ['0.005', '+0.0050'],
    [null, '–'],
  ])('a gain of %s is %s', (text, shown) => {
    expect(gainText(text)).toBe(shown)
  })

  it.each([
    ['3', '3 %'],
    ['-6.1234', '−6.12 %'],
    ['33.333333', '33.33 %'],
    [null, '–'],
  ])('%s percent is %s', (text, shown) => {
    expect(percentText(text)).toBe(shown)
  })

  it('shortens long ids only', () => {
    expect(shortId('8790')).toBe('8790')
    expect(shortId('tb-4f9a2c81d0e7k3')).toBe('tb-…k3')
    expect(shortId('tbabcdefghijkl-k3-1')).toBe('tb…k3-1')
  })
})
