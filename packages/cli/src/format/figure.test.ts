import { describe, expect, it } from 'vitest'
import { amountCell, averageFigure, exactFigure, percentCell, resultCell, roundedFigure } from './figure.js'

describe('figures', () => {
  it.each([
    ['51601.88', '51 601.88'],
    ['-1234567.1', '−1 234 567.1'],
    ['0.00000001', '0.00000001'],
    ['100', '100'],
    [null, '–'],
  ])('shows all digits of %s', (text, shown) => {
    expect(exactFigure(text)).toBe(shown)
  })

  it.each([
    ['1.005', '1.00'],
    ['1.015', '1.02'],
    ['-94.3249', '−94.32'],
    ['0', '0.00'],
    // Never 0 for what is not: the first digit that counts is kept.
    ['0.0034', '0.003'],
    ['-0.00000012', '−0.0000001'],
    [null, '–'],
  ])('rounds %s to the cent', (text, shown) => {
    expect(roundedFigure(text, 2)).toBe(shown)
  })

  it('gives gains and losses a sign, and nothing to nothing', () => {
    expect(resultCell('60')).toEqual({ text: '+60.00', tone: 'gain' })
    expect(resultCell('-4.125')).toEqual({ text: '−4.12', tone: 'loss' })
    expect(resultCell('0')).toEqual({ text: '0.00' })
    expect(resultCell(null)).toEqual({ text: '–' })
    expect(percentCell('-6.1')).toEqual({ text: '−6.10 %', tone: 'loss' })
    expect(percentCell(null)).toEqual({ text: '–' })
    expect(amountCell('-0.01')).toEqual({ text: '−0.01' })
  })

  it('shows an average as fine as the prices beside it', () => {
    expect(averageFigure('49100.123456789012', ['50000', '48200.5'])).toBe('49 100.12')
    expect(averageFigure('0.014554123456', ['0.0145545', '0.0145537'])).toBe('0.0145541')
    expect(averageFigure('0.014554123456', ['0.014554123456'])).toBe('0.01455412')
    expect(averageFigure(null, [])).toBe('–')
  })
})
