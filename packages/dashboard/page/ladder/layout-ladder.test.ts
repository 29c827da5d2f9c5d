import { describe, expect, it } from 'vitest'
import { layoutLadder, leastLadderWidth } from './layout-ladder.js'
import type { LadderTranche, LadderView } from './ladder-view.js'
import { pricesInReach } from './price-scale.js'
import { chooseLabels, spreadLabels } from './spread-labels.js'

const TARGETS = [
  { level: 1, price: '51500', sharePercent: '40', quantity: '0.04', isHit: true },
  { level: 2, price: '52500', sharePercent: '30', quantity: '0.03', isHit: false },
  { level: 3, price: '54000', sharePercent: '30', quantity: '0.03', isHit: false },
]

const T12: LadderTranche = {
  id: 'T12',
  label: null,
  side: 'LONG',
  isIsolated: false,
  waitsFor: null,
  entryPrice: '50000',
  quantity: '0.06',
  originalQuantity: '0.1',
  stopPrice: '50000',
  stopText: 'stop moved here',
  targets: TARGETS,
  pnlPercent: '2.02',
}

const T14: LadderTranche = {
  ...T12,
  id: 'T14',
  entryPrice: '50800',
  quantity: '0.05',
  originalQuantity: '0.05',
  stopPrice: '49784',
  stopText: 'stop −2 %',
  targets: [{ level: null, price: '53340', sharePercent: null, quantity: '0.05', isHit: false }],
}

const VIEW: LadderView = { tranches: [T12, T14], mark: '51012.4', priceDecimals: 2, quantityDecimals: 3 }
const SIZE = { width: 600, height: 400 }

describe('the ladder', () => {
  it('puts higher prices higher, and all of a column at the price it has', () => {
    const { columns, markY } = layoutLadder(VIEW, SIZE)
    const [one, other] = columns
    expect(one?.targets.map(({ y }) => y)).toEqual(one?.targets.map(({ y }) => y).toSorted((a, b) => b - a))
    expect(other?.entryY).toBeLessThan(one?.entryY ?? 0)
    expect(markY).toBeLessThan(other?.entryY ?? 0)
    expect(other?.stop?.y).toBeGreaterThan(one?.stop?.y ?? 0)
  })

  it('makes a column as wide as its quantity, and hatches what is closed', () => {
    const [one, other] = layoutLadder(VIEW, SIZE).columns
    expect(other?.bodyWidth).toBeCloseTo((one?.bodyWidth ?? 0) / 2)
    expect(one?.closed?.width).toBeCloseTo((one?.bodyWidth ?? 0) * 0.4)
    expect(other?.closed).toBeNull()
  })

  it('narrows a column at each target by what that target closes', () => {
    const [one] = layoutLadder(VIEW, SIZE).columns
    const full = one?.bodyWidth ?? 0
    expect(one?.steps.map(({ width }) => Number((width / full).toFixed(6)))).toEqual([0.6, 0.3])
  })

  it('shows no risk where the stop stands at entry, and the way to the stop where it stands below', () => {
    const [one, other] = layoutLadder(VIEW, SIZE).columns
    expect(one?.risk).toBeNull()
    expect(other?.risk?.height).toBeGreaterThan(0)
  })

  it('mirrors a short: its risk is above its entry, its gain below', () => {
    const short: LadderTranche = { ...T14, side: 'SHORT', stopPrice: '51816', targets: [] }
    const [one] = layoutLadder({ ...VIEW, tranches: [short], mark: '50000' }, SIZE).columns
    expect((one?.risk?.y ?? 0) + (one?.risk?.height ?? 0)).toBeCloseTo(one?.entryY ?? 0)
    expect(one?.result).toMatchObject({ isGain: true, y: one?.entryY })
  })

  it('draws no line and no result where the mark is unknown', () => {
    const { markY, columns } = layoutLadder({ ...VIEW, mark: null }, SIZE)
    expect(markY).toBeNull()
    expect(columns.map(({ result }) => result)).toEqual([null, null])
  })

  it('holds a price that lies far out at the edge and writes it there', () => {
    const far = { ...T14, stopPrice: '22425', stopText: 'stop −50 %' }
    const { columns, plot } = layoutLadder({ ...VIEW, tranches: [T12, far] }, SIZE)
    expect(columns[1]?.stop).toEqual({ y: plot.bottom, pinned: 'below' })
    expect(columns[1]?.labels.at(-1)?.text).toBe('stop −50 % 22 425 ↓')
  })

  it('leaves labels out where columns are narrow, and says how much room it needs at least', () => {
    const many = { ...VIEW, tranches: Array.from({ length: 10 }, (_, index) => ({ ...T14, id: `T${index}` })) }
    expect(layoutLadder(many, SIZE).density).toBe('tight')
    expect(leastLadderWidth(many)).toBeGreaterThan(500)
  })

  it('is empty without tranches', () => {
    expect(layoutLadder({ ...VIEW, tranches: [] }, SIZE).columns).toEqual([])
  })
})

describe('labels', () => {
  it('move apart as little as they must, and stay in their room', () => {
    const placed = spreadLabels([100, 102, 98, 300], { top: 0, bottom: 302, gap: 10 })
    expect(placed).toEqual([108, 118, 98, 300])
    expect(spreadLabels([300, 300], { top: 0, bottom: 302, gap: 10 })).toEqual([292, 302])
  })

  it('are left out where a more important one stands', () => {
    expect(chooseLabels([100, 104, 120], 10)).toEqual([true, false, true])
  })
})

describe('prices in reach', () => {
  it('leaves out what lies many times farther than the usual', () => {
    expect(pricesInReach([99, 101, 102, 20], 100)).toEqual([99, 101, 102])
    expect(pricesInReach([100], 100)).toEqual([100])
  })
})
