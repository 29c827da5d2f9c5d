import { describe, expect, it } from 'vitest'
import { anOrder, type TrancheText } from '../../test/builders/book-builder.js'
import { planOf } from '../../test/builders/plan-builder.js'
import { planTexts } from '../../test/builders/plan-text.js'

/** Row 8: 5 % above and 2 % below each entry. */
const THREE: readonly TrancheText[] = [
  { id: 'T1', price: '50000', quantity: '0.001', takeProfit: '52500', stop: '49000' },
  { id: 'T2', price: '49000', quantity: '0.002', takeProfit: '51450', stop: '48020' },
  { id: 'T3', price: '49500', quantity: '0.001', takeProfit: '51975', stop: '48510' },
]

describe('combined protection', () => {
  const combined = { protection: 'COMBINED' } as const

  it.each([
    ['OLDEST', '52500', '49000'],
    ['NEWEST', '51975', '48510'],
    ['BEST_ENTRY', '51450', '48020'],
    ['AVERAGE', '51843.7', '48387.5'],
  ] as const)('%s: one pair for all, and a fail-safe at the worst stop', (slTpStrategy, takeProfit, stop) => {
    expect(planTexts(planOf(THREE, { config: { ...combined, slTpStrategy } }))).toEqual([
      `SELL stop 0.004 at ${stop}`,
      'SELL failSafe all at 48020',
      `SELL takeProfit 0.004 at ${takeProfit}`,
    ])
  })

  it('names the tranche whose levels it took', () => {
    const { orders } = planOf(THREE, { config: { ...combined, slTpStrategy: 'OLDEST' } })
    expect(orders.map((order) => order.reference)).toEqual(['T1', null, 'T1'])
  })

  it('keeps isolated tranches behind one further stop, the most protective of theirs, without a take profit', () => {
    const isolated = [{ ...THREE[0]!, isolated: true }, { ...THREE[1]!, isolated: true }, THREE[2]!]
    expect(planTexts(planOf(isolated, { config: combined }))).toEqual([
      'SELL stop 0.003 at 49000 for T1 0.001 + T2 0.002',
      'SELL stop 0.001 at 48510',
      'SELL failSafe all at 48020',
      'SELL takeProfit 0.001 at 51975',
    ])
  })

  it('covers everything with the pair when it includes isolated tranches', () => {
    const isolated = THREE.map((tranche) => ({ ...tranche, isolated: true }))
    expect(planTexts(planOf(isolated, { config: { ...combined, combinedIncludesIsolated: true } }))).toEqual([
      'SELL stop 0.004 at 48510',
      'SELL failSafe all at 48020',
      'SELL takeProfit 0.004 at 51975',
    ])
  })

  it('closes the pair at market when the mark has passed its stop', () => {
    expect(planTexts(planOf(THREE, { mark: '48500', config: combined }))).toEqual([
      'SELL failSafe all at 48020',
      'SELL exit 0.004 (stop)',
    ])
  })

  it('is not closed twice: exits of the pair count against the pair, not against the isolated', () => {
    const isolated = [{ ...THREE[0]!, isolated: true }, THREE[1]!, THREE[2]!]
    const exit = anOrder({ clientOrderId: 'x', purpose: 'exit', quantity: '0.003', allocation: [] })
    const given = { mark: '48505', config: combined, events: [exit] }
    // 48 510 of T3 is passed and leaving; the isolated T1 leaves by its own stop at 49 000
    expect(planOf(isolated, given).exits).toMatchObject([{ allocation: [{ tranche: 'T1' }], reason: 'stop' }])
  })

  it('has no fail-safe where that is switched off', () => {
    const { orders } = planOf(THREE, { config: { ...combined, failSafeStop: false } })
    expect(orders.map((order) => order.purpose)).toEqual(['stop', 'takeProfit'])
  })
})
