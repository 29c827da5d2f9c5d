import { describe, expect, it } from 'vitest'
import { aBook, anOrder, resting } from '../../test/builders/book-builder.js'
import { contextOf } from '../../test/builders/context-builder.js'
import { eventOf } from '../../test/builders/events-builder.js'
import type { Side } from '../book/tranche.js'
import { formatPrice, parsePrice } from '../money/price.js'
import { formatQuantity, parseQuantity } from '../money/quantity.js'
import { type Bundle, sumOf } from './bundle.js'
import {
  conditionalOrders,
  type FailSafeNeed,
  type FittedOrders,
  fitRoom,
  freeRoom,
  type RoomWish,
} from './venue-room.js'

const size = { min: parseQuantity('0.001'), max: parseQuantity('1'), step: parseQuantity('0.001') }

/** `T1 49000` or, for another quantity than 0.1, `T1 49000 2`. */
function bundle(text: string, side: Side = 'LONG'): Bundle {
  const [tranche = '', price = '', quantity = '0.1'] = text.split(' ')
  const parts = [{ tranche, quantity: parseQuantity(quantity) }]
  return {
    side,
    price: parsePrice(price),
    parts,
    isPooled: false,
    level: null,
    reference: null,
    isPassed: false,
    isMerged: false,
  }
}

interface Wish {
  readonly long?: readonly string[]
  readonly short?: readonly string[]
  readonly targets?: readonly string[]
  readonly targetType?: RoomWish['targetType']
  readonly failSafe?: FailSafeNeed
}

function fit(wish: Wish, budget: number | null): FittedOrders {
  const { long = [], short = [], targets = [], targetType = 'LIMIT', failSafe = 'whenDegraded' } = wish
  return fitRoom(
    {
      stops: [...long.map((text) => bundle(text)), ...short.map((text) => bundle(text, 'SHORT'))],
      targets: targets.map((text) => bundle(text)),
      targetType,
      failSafes: { LONG: long.length > 0 ? failSafe : 'never', SHORT: short.length > 0 ? failSafe : 'never' },
    },
    { budget, stopSize: size, targetSize: size },
  )
}

function texts({ stops, failSafes, step, closePosition }: FittedOrders): string[] {
  return [
    step ?? 'all',
    ...stops.map(({ price, parts }) => {
      const owners = parts.map((part) => part.tranche).join('+')
      return `${owners} ${formatPrice(price)} ${formatQuantity(sumOf(parts))}`
    }),
    ...failSafes.map(
      (side) => `failSafe ${side}${closePosition.has(side) ? ` ${formatPrice(closePosition.get(side)!)}` : ''}`,
    ),
  ]
}

const FOUR = ['T1 49500', 'T2 49400', 'T3 49000', 'T4 48950']

describe('the room of the venue', () => {
  it.each([
    ['is not limited', null, ['all', 'T1 49500 0.1', 'T2 49400 0.1', 'T3 49000 0.1', 'T4 48950 0.1']],
    // four stops and a slot to replace one without a hole
    ['holds one more than the stops', 5, ['all', 'T1 49500 0.1', 'T2 49400 0.1', 'T3 49000 0.1', 'T4 48950 0.1']],
    // 50 apart: T3 and T4 first; the fail-safe costs one, too
    [
      'holds exactly the stops',
      4,
      ['combineStops', 'T1 49500 0.1', 'T2 49400 0.1', 'T3+T4 49000 0.2', 'failSafe LONG'],
    ],
    // then the 100 between T1 and T2
    ['holds three', 3, ['combineStops', 'T1+T2 49500 0.2', 'T3+T4 49000 0.2', 'failSafe LONG']],
    ['holds two', 2, ['combinedPair', 'T1+T2+T3+T4 49500 0.4', 'failSafe LONG']],
    ['holds one: the fail-safe gives way before the stop', 1, ['combinedPair', 'T1+T2+T3+T4 49500 0.4']],
    ['holds none: a stop is never given up', 0, ['combinedPair', 'T1+T2+T3+T4 49500 0.4']],
  ])('when it %s', (_name, budget, expected) => {
    expect(texts(fit({ long: FOUR }, budget))).toEqual(expected)
  })

  it('merges the nearest stops whatever side they are on, and never across sides', () => {
    const wish: Wish = {
      long: ['T1 49500', 'T2 49000'],
      short: ['T3 50500', 'T4 50600'],
      failSafe: 'lastResort',
    }
    expect(texts(fit(wish, 4))).toEqual(['combineStops', 'T1 49500 0.1', 'T2 49000 0.1', 'T3+T4 50500 0.2'])
    expect(texts(fit(wish, 3))).toEqual(['combinedPair', 'T1+T2 49500 0.2', 'T3+T4 50500 0.2'])
  })

  it('takes the first of equally near pairs', () => {
    expect(texts(fit({ long: ['T1 49500', 'T2 49400', 'T3 49300'] }, 3))).toEqual([
      'combineStops',
      'T1+T2 49500 0.2',
      'T3 49300 0.1',
      'failSafe LONG',
    ])
  })

  it('keeps the slot for replacing where no fail-safe is allowed', () => {
    expect(texts(fit({ long: FOUR, failSafe: 'lastResort' }, 4))).toEqual([
      'combineStops',
      'T1 49500 0.1',
      'T2 49400 0.1',
      'T3+T4 49000 0.2',
    ])
    expect(texts(fit({ long: ['T1 49000'], failSafe: 'lastResort' }, 1))).toEqual(['all', 'T1 49000 0.1'])
  })

  it('lets the fail-safe of a combined book give way before its stop', () => {
    expect(texts(fit({ long: ['T1 49000'], failSafe: 'wanted' }, 2))).toEqual(['all', 'T1 49000 0.1', 'failSafe LONG'])
    expect(texts(fit({ long: ['T1 49000'], failSafe: 'wanted' }, 1))).toEqual(['all', 'T1 49000 0.1'])
    expect(texts(fit({ long: ['T1 49000'], failSafe: 'must' }, 1))).toEqual(['all', 'T1 49000 0.1', 'failSafe LONG'])
  })

  it('counts every order that a large stop is cut into, and at last leaves it to a close-position stop', () => {
    const large = { long: ['T1 49000 3.5'] }
    expect(texts(fit(large, 5))).toEqual(['all', 'T1 49000 3.5'])
    expect(texts(fit(large, 4))).toEqual(['all', 'T1 49000 3.5'])
    expect(texts(fit(large, 3))).toEqual(['closePosition', 'failSafe LONG 49000'])
    expect(texts(fit({ ...large, failSafe: 'never' }, 3))).toEqual(['all', 'T1 49000 3.5'])
  })

  it('leaves a stop that may be triggering as it is', () => {
    const passed = { ...bundle('T1 49500'), isPassed: true }
    const wish: RoomWish = {
      stops: [passed, bundle('T2 49400'), bundle('T3 49300')],
      targets: [],
      targetType: 'LIMIT',
      failSafes: { LONG: 'whenDegraded', SHORT: 'never' },
    }
    expect(texts(fitRoom(wish, { budget: 3, stopSize: size, targetSize: size }))).toEqual([
      'combinedPair',
      'T1 49500 0.1',
      'T2+T3 49400 0.2',
      'failSafe LONG',
    ])
  })
})

describe('take profits', () => {
  const wish = { long: ['T1 49000', 'T2 48000'], targets: ['T1 52000', 'T2 51000'] }

  it('cost no room as limit orders, and are left alone', () => {
    const fitted = fit(wish, 3)
    expect(fitted.step).toBeNull()
    expect(fitted.targets).toHaveLength(2)
  })

  it('are combined first, at the nearest target, where they are conditional', () => {
    // 2 stops + 2 take profits + 1 slot are 5; combined, 4
    const conditional = { ...wish, targetType: 'TAKE_PROFIT_MARKET' as const }
    expect(fit(conditional, 5).step).toBeNull()
    const fitted = fit(conditional, 4)
    expect(texts(fitted)).toEqual(['combineTakeProfits', 'T1 49000 0.1', 'T2 48000 0.1'])
    expect(fitted.targets).toMatchObject([{ price: parsePrice('51000'), isMerged: true }])
    expect(formatQuantity(sumOf(fitted.targets[0]!.parts))).toBe('0.2')
    expect(texts(fit(conditional, 3))).toEqual(['combinedPair', 'T1+T2 49000 0.2', 'failSafe LONG'])
  })
})

describe('the room that is left', () => {
  const book = aBook([], {
    events: [
      ...resting({ clientOrderId: 'a' }),
      anOrder({ clientOrderId: 'b' }),
      anOrder({ clientOrderId: 'c', purpose: 'takeProfit' }),
      ...resting({ clientOrderId: 'd' }),
      eventOf('OrderEnding', 3, { clientOrderId: 'd', status: 'filled', filledQuantity: '0.001' }),
    ],
  })

  it('is what symbol and account allow, whichever is less; only triggers count, also those on their way', () => {
    expect(conditionalOrders(book)).toBe(2)
    expect(freeRoom(book, contextOf())).toBeNull()
    expect(freeRoom(book, contextOf({ instrument: { maxConditionalOrders: 10 } }))).toBe(8)
    expect(freeRoom(book, contextOf({ rest: { conditionalRoom: 5 } }))).toBe(5)
    expect(freeRoom(book, contextOf({ instrument: { maxConditionalOrders: 10 }, rest: { conditionalRoom: 20 } }))).toBe(
      8,
    )
  })
})
