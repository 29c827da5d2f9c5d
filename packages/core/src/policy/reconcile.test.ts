import { describe, expect, it } from 'vitest'
import { aBook, type TrancheText } from '../../test/builders/book-builder.js'
import { PLAIN_CONFIG } from '../../test/builders/context-builder.js'
import type { TrancheBook } from '../book/book.js'
import type { PositionCheck } from '../book/group.js'
import type { PositionSide } from '../book/order.js'
import { unknownInstrument } from '../instrument/instrument.js'
import { formatMoney } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { formatPrice, parsePrice } from '../money/price.js'
import { formatQuantity, parseQuantity } from '../money/quantity.js'
import { comparePosition, heldOn, isDriftSettled, ourQuantity, recoveredPrice, surplusOf } from './reconcile.js'

const LONG_3: TrancheText = { id: 'T1', price: '50000', quantity: '0.003' }
const SHORT_1: TrancheText = { id: 'T2', price: '51000', quantity: '0.001', side: 'SHORT' }
const ISOLATED_1: TrancheText = { id: 'T3', price: '52000', quantity: '0.001', isolated: true }

function book(...tranches: readonly TrancheText[]): TrancheBook {
  return aBook(tranches)
}

describe('ourQuantity', () => {
  it.each<[PositionSide, string]>([
    ['LONG', '0.004'],
    ['SHORT', '0.001'],
    // known incident 11: a signed sum, never magnitudes
    ['BOTH', '0.003'],
  ])('of %s counts every open tranche, isolated ones too', (positionSide, quantity) => {
    expect(formatQuantity(ourQuantity(book(LONG_3, SHORT_1, ISOLATED_1), positionSide))).toBe(quantity)
  })

  it('of a net short is negative', () => {
    expect(formatQuantity(ourQuantity(book(SHORT_1), 'BOTH'))).toBe('-0.001')
  })
})

describe('comparePosition', () => {
  function compared(ours: string, venue: string, { step = '0.001', tolerance = '1' } = {}): string {
    const config = { ...PLAIN_CONFIG, driftTolerancePercent: parsePercent(tolerance) }
    const instrument = { ...unknownInstrument('BTCUSDT'), stepSize: parseQuantity(step) }
    return comparePosition(parseQuantity(ours), parseQuantity(venue), { config, instrument })
  }

  it.each<[ours: string, venue: string, rules: { step?: string; tolerance?: string }, verdict: string]>([
    ['0.002', '0.002', {}, 'synced'],
    ['0', '0', {}, 'synced'],
    // acceptance 6 and 7
    ['0.001', '0.003', {}, 'drift'],
    ['0.003', '0.0015', {}, 'drift'],
    // less than one step
    ['0.0039', '0.003', { tolerance: '0' }, 'synced'],
    ['0.0021', '0.003', { tolerance: '0' }, 'synced'],
    // 1 % of the venue's 0.1 is 0.001, bound included; of ours it would be less
    ['0.101', '0.1', { step: '0' }, 'synced'],
    ['0.099', '0.1', { step: '0' }, 'synced'],
    ['0.101000000001', '0.1', { step: '0' }, 'drift'],
    ['0.098999999999', '0.1', { step: '0' }, 'drift'],
    ['0.1', '0.101', { step: '0', tolerance: '0' }, 'drift'],
    // flat is flat: whatever is left of ours is more than what the venue has
    ['0.0005', '0', {}, 'drift'],
    ['-0.0005', '0', {}, 'drift'],
    ['0', '0.0005', {}, 'synced'],
    ['0', '0.001', {}, 'drift'],
    // nothing of ours stands against it
    ['0', '-0.001', {}, 'drift'],
    ['0.001', '-0.001', {}, 'conflict'],
    ['-0.001', '0.001', {}, 'conflict'],
    // not even a crumb on the other side is agreement
    ['0.0001', '-0.0001', {}, 'conflict'],
    ['-0.1', '-0.101', { step: '0' }, 'synced'],
    ['-0.1', '-0.2', {}, 'drift'],
  ])('ours %s, the venue %s under %o: %s', (ours, venue, rules, verdict) => {
    expect(compared(ours, venue, rules)).toBe(verdict)
  })
})

describe('isDriftSettled', () => {
  const check = (driftSince: number | null, looks: number): PositionCheck => ({
    positionSide: 'LONG',
    quantity: parseQuantity('1'),
    entryPrice: null,
    markPrice: null,
    time: 1000,
    status: 'drift',
    difference: parseQuantity('1'),
    driftSince,
    looks,
  })

  it.each<[PositionCheck | null, time: number, settleMs: number, isSettled: boolean]>([
    [check(1000, 1), 4000, 3000, true],
    [check(1000, 1), 3999, 3000, false],
    [check(1000, 5), 3999, 3000, false],
    // the first look is no second one
    [null, 9000, 3000, false],
    [check(null, 1), 9000, 3000, false],
    [check(1000, 0), 9000, 3000, false],
    // 0 acts on the first look
    [null, 0, 0, true],
  ])('%o at %d with %d ms: %s', (before, time, settleMs, isSettled) => {
    expect(isDriftSettled(before, time, settleMs)).toBe(isSettled)
  })
})

describe('recoveredPrice', () => {
  function recovered(ours: TrancheText, venue: readonly [quantity: string, entryPrice: string], mark: string): string {
    const group = book(ours).groups.LONG
    const { price, isEstimated } = recoveredPrice(
      group,
      { quantity: parseQuantity(venue[0]), entryPrice: parsePrice(venue[1]) },
      parsePrice(mark),
    )
    return `${formatPrice(price)}${isEstimated ? ' estimated' : ''}`
  }

  const one: TrancheText = { id: 'T1', price: '50000', quantity: '0.001' }

  it.each<[name: string, venue: readonly [string, string], mark: string, price: string]>([
    // acceptance 6: (0.003 · 49 000 − 0.001 · 50 000) ÷ 0.002 = 97 ÷ 0.002
    ['implied by the venue', ['0.003', '49000'], '49000', '48500'],
    // (0.002 · 30 000 − 50) ÷ 0.001 = 10 000
    ['implied at 50 % below the mark', ['0.002', '30000'], '20000', '10000'],
    ['implied further below is not believed', ['0.002', '30000'], '20000.000000000002', '30000 estimated'],
    // (0.002 · 40 000 − 50) ÷ 0.001 = 30 000
    ['implied at 50 % above the mark', ['0.002', '40000'], '20000', '30000'],
    ['implied further above is not believed', ['0.002', '40000'], '19999.999999999999', '40000 estimated'],
    // (0.002 · 25 000 − 50) ÷ 0.001 = 0
    ['implied at 0 is no price', ['0.002', '25000'], '100', '25000 estimated'],
    ['implied below 0 is no price', ['0.002', '20000'], '100', '20000 estimated'],
    // (0.004 · 49 000 − 50) ÷ 0.003 = 48 666.66…
    ['to the nearest', ['0.004', '49000'], '49000', '48666.666666666667'],
  ])('%s', (_name, venue, mark, price) => {
    expect(recovered(one, venue, mark)).toBe(price)
  })
})

describe('heldOn', () => {
  const both = book(LONG_3, SHORT_1)

  it.each<[PositionSide, 'LONG' | 'SHORT', quantity: string, cost: string]>([
    ['LONG', 'LONG', '0.003', '150'],
    ['SHORT', 'SHORT', '0.001', '51'],
    // 0.003 − 0.001 and 150 − 51
    ['BOTH', 'LONG', '0.002', '99'],
    ['BOTH', 'SHORT', '-0.002', '-99'],
  ])('%s of %s is %s at a cost of %s', (positionSide, side, quantity, cost) => {
    const held = heldOn(both, positionSide, side)

    expect([formatQuantity(held.quantity), formatMoney(held.cost)]).toEqual([quantity, cost])
  })
})

describe('surplusOf', () => {
  function surplus(of: TrancheBook, positionSide: PositionSide, venue: string): string | null {
    const found = surplusOf(of, positionSide, parseQuantity(venue))
    return found === null ? null : `${found.side} ${formatQuantity(found.quantity)}`
  }

  it.each<[PositionSide, venue: string, tranches: readonly TrancheText[], wanted: string | null]>([
    // acceptance 7
    ['LONG', '0.0015', [LONG_3], 'LONG 0.0015'],
    ['LONG', '0', [LONG_3], 'LONG 0.003'],
    ['LONG', '0.003', [LONG_3], null],
    ['LONG', '0.004', [LONG_3], null],
    ['SHORT', '0', [LONG_3, SHORT_1], 'SHORT 0.001'],
    ['BOTH', '0.001', [LONG_3], 'LONG 0.002'],
    ['BOTH', '-0.0005', [SHORT_1], 'SHORT 0.0005'],
    ['BOTH', '0', [SHORT_1], 'SHORT 0.001'],
    ['BOTH', '0', [], null],
    // 0.003 − 0.001 = 0.002 net; the venue's 0.001 leaves 0.001 of LONG too many
    ['BOTH', '0.001', [LONG_3, SHORT_1], 'LONG 0.001'],
  ])('of %s where the venue has %s of %j: %s', (positionSide, venue, tranches, wanted) => {
    expect(surplus(book(...tranches), positionSide, venue)).toBe(wanted)
  })
})
