import { describe, expect, it } from 'vitest'
import { type ContextChanges, contextOf } from '../../test/builders/context-builder.js'
import { entryIntended, eventOf, opened } from '../../test/builders/events-builder.js'
import { emptyBook, type TrancheBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import { evolveAll } from '../evolve/copy-book.js'
import { parseMoney } from '../money/money.js'
import { parsePrice } from '../money/price.js'
import { formatQuantity, parseQuantity } from '../money/quantity.js'
import { adviseSize } from './allocation.js'
import type { SizeAdvice, SizeRequest } from './size-advice.js'

const EMPTY = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' })
const money = parseMoney

function advise(
  events: readonly BookEvent[],
  changes: ContextChanges = {},
  request: Partial<SizeRequest> = {},
): SizeAdvice {
  const plain = { side: 'LONG', price: null, signalStrength: null, budget: null, time: 1000 } as const
  return adviseSize(evolveAll(EMPTY, events), { ...plain, ...request }, contextOf(changes))
}

function tranche(number: number, quantity: string, price = '50000'): BookEvent {
  return opened({ time: number, tranche: `T${number}`, price, quantity })
}

interface Case {
  readonly name: string
  readonly events?: readonly BookEvent[]
  readonly changes?: ContextChanges
  readonly request?: Partial<SizeRequest>
  readonly quantity: string
  readonly lastRule?: string
}

const dynamic = { trancheAllocation: 'dynamic', maxPositionSize: money('450') } as const

const CASES: readonly Case[] = [
  // 450 ÷ 3 = 150; 150 ÷ 50 000 = 0.003
  { name: 'equal: budget ÷ maxTranches', changes: { config: { maxPositionSize: money('450') } }, quantity: '0.003' },
  {
    name: 'equal: the budget given wins over maxPositionSize',
    changes: { config: { maxPositionSize: money('450') } },
    request: { budget: money('300') },
    quantity: '0.002',
  },
  // 500 ÷ 3 = 166.66…; ÷ 50 000 = 0.00333…, down to the step
  { name: 'equal: down to the step', request: { budget: money('500') }, quantity: '0.003' },
  {
    name: 'equal: the signal changes nothing',
    request: { budget: money('450'), signalStrength: 0.1 },
    quantity: '0.003',
  },
  {
    name: 'equal: the second gets the same',
    events: [tranche(1, '0.003')],
    request: { budget: money('450') },
    quantity: '0.003',
  },
  // 450 − 400 spent = 50 remain
  {
    name: 'equal: never more than the budget has left',
    events: [tranche(1, '0.008')],
    request: { budget: money('450') },
    quantity: '0.001',
  },
  { name: 'at a limit price', request: { budget: money('450'), price: parsePrice('75000') }, quantity: '0.002' },
  {
    name: 'dynamic: remaining ÷ remaining slots',
    events: [tranche(1, '0.001')],
    changes: { config: dynamic },
    quantity: '0.004',
  },
  // (450 − 50 in flight) ÷ 2
  {
    name: 'dynamic: an entry in flight is spent and holds a slot',
    events: [entryIntended(1, 'a', { quantity: '0.001' })],
    changes: { config: dynamic },
    quantity: '0.004',
  },
  // 150 × 0.7 = 105 → 0.0021
  { name: 'dynamic: × the signal', changes: { config: dynamic }, request: { signalStrength: 0.7 }, quantity: '0.002' },
  {
    name: 'dynamic: a signal above 1 counts as 1',
    changes: { config: dynamic },
    request: { signalStrength: 80 },
    quantity: '0.003',
  },
  {
    name: 'dynamic: no signal at all opens nothing',
    changes: { config: dynamic },
    request: { signalStrength: 0 },
    quantity: '0',
    lastRule: 'nothing',
  },
  // 450 × 1 ÷ 4.5 = 100, then 350 × 1.5 ÷ 3.5 = 150, then 200 × 2 ÷ 2 = 200
  { name: 'pyramid up: 1', changes: { config: { ...dynamic, sizingShape: 'PYRAMID_UP' } }, quantity: '0.002' },
  {
    name: 'pyramid up: 1.5',
    events: [tranche(1, '0.002')],
    changes: { config: { ...dynamic, sizingShape: 'PYRAMID_UP' } },
    quantity: '0.003',
  },
  {
    name: 'pyramid up: 2',
    events: [tranche(1, '0.002'), tranche(2, '0.003')],
    changes: { config: { ...dynamic, sizingShape: 'PYRAMID_UP' } },
    quantity: '0.004',
  },
  { name: 'pyramid down: 2', changes: { config: { ...dynamic, sizingShape: 'PYRAMID_DOWN' } }, quantity: '0.004' },
  {
    name: 'pyramid down: 1.5',
    events: [tranche(1, '0.004')],
    changes: { config: { ...dynamic, sizingShape: 'PYRAMID_DOWN' } },
    quantity: '0.003',
  },
  {
    name: 'pyramid down: 1',
    events: [tranche(1, '0.004'), tranche(2, '0.003')],
    changes: { config: { ...dynamic, sizingShape: 'PYRAMID_DOWN' } },
    quantity: '0.002',
  },
  {
    name: 'adaptive at the average: × 1',
    events: [tranche(1, '0.003')],
    changes: { config: { ...dynamic, sizingShape: 'ADAPTIVE' } },
    quantity: '0.003',
  },
  // mark 47 500 = −5 %: × 2 → 300 ÷ 47 500 = 0.0063; the position's room is 450 − 142.5 = 307.5
  {
    name: 'adaptive at the isolation threshold: × 2',
    events: [tranche(1, '0.003')],
    changes: { config: { ...dynamic, sizingShape: 'ADAPTIVE' }, mark: '47500' },
    quantity: '0.006',
  },
  // mark 55 000 = +10 %: × 0.5 → 75 ÷ 55 000 = 0.00136
  {
    name: 'adaptive far in profit: × 0.5',
    events: [tranche(1, '0.003')],
    changes: { config: { ...dynamic, sizingShape: 'ADAPTIVE' }, mark: '55000' },
    quantity: '0.001',
  },
  {
    name: 'clamped to maxTrancheSize',
    changes: { config: { maxTrancheSize: money('100') } },
    request: { budget: money('450') },
    quantity: '0.002',
  },
  {
    name: 'clamped to the room in maxPositionSize',
    events: [tranche(1, '0.006')],
    changes: { config: { maxPositionSize: money('400') } },
    request: { budget: money('900') },
    quantity: '0.002',
  },
  // (20 − 10 elsewhere − 5 here) × 10 = 50
  {
    name: 'clamped to the margin that is left',
    events: [tranche(1, '0.001')],
    changes: { limits: { maxMarginUsed: money('20') }, account: { marginUsed: money('10') } },
    request: { budget: money('900') },
    quantity: '0.001',
  },
  {
    name: 'clamped to the largest order',
    changes: { instrument: { maxMarketQuantity: parseQuantity('0.002') } },
    request: { budget: money('900') },
    quantity: '0.002',
  },
  {
    name: 'raised to minTrancheSize',
    changes: { config: { minTrancheSize: money('120') } },
    request: { budget: money('150') },
    quantity: '0.003',
  },
  {
    name: 'raised to the minimum notional',
    changes: { instrument: { minNotional: money('100') } },
    request: { budget: money('150') },
    quantity: '0.002',
  },
  {
    name: 'not raised above the budget',
    changes: { config: { minTrancheSize: money('200') } },
    request: { budget: money('150') },
    quantity: '0',
    lastRule: 'minimum',
  },
  {
    name: 'no room at all',
    events: [tranche(1, '0.01')],
    changes: { config: { maxPositionSize: money('450') } },
    quantity: '0',
    lastRule: 'nothing',
  },
  {
    name: 'every slot used',
    events: [tranche(1, '0.001'), tranche(2, '0.001'), tranche(3, '0.001')],
    request: { budget: money('450') },
    quantity: '0',
    lastRule: 'maxTranches',
  },
  {
    name: 'maxTranches 0',
    changes: { config: { maxTranches: 0 } },
    request: { budget: money('450') },
    quantity: '0',
    lastRule: 'maxTranches',
  },
  { name: 'no budget', quantity: '0', lastRule: 'budget' },
  { name: 'no price', changes: { mark: null }, request: { budget: money('450') }, quantity: '0', lastRule: 'price' },
  { name: 'a price of 0', changes: { mark: '0' }, request: { budget: money('450') }, quantity: '0', lastRule: 'price' },
  {
    name: 'an isolated tranche frees its slot, not its budget',
    events: [
      tranche(1, '0.003'),
      eventOf('TrancheIsolated', 2, { tranche: 'T1', side: 'LONG', price: null, pnlPercent: null }),
    ],
    changes: { config: dynamic },
    quantity: '0.002',
  },
]

describe('adviseSize', () => {
  it.each(CASES)('$name', ({ events, changes, request, quantity, lastRule }) => {
    const advice = advise(events ?? [], changes, request)

    expect(formatQuantity(advice.quantity)).toBe(quantity)
    expect(advice.steps.at(-1)?.rule).toBe(lastRule ?? 'step')
  })

  it('tells how the size came about', () => {
    const advice = advise(
      [],
      { config: { ...dynamic, sizingShape: 'PYRAMID_UP', maxTrancheSize: money('60') } },
      { signalStrength: 0.8 },
    )

    expect(advice.steps).toEqual([
      { rule: 'dynamic', size: '100', note: 'PYRAMID_UP share of slot 1: 450 remain for 3 slots' },
      { rule: 'signal', size: '80', note: "× 0.8 for the signal's strength" },
      { rule: 'maxTrancheSize', size: '60', note: 'no more than maxTrancheSize leaves room for' },
      { rule: 'step', size: '50', note: '0.001: down to the step' },
    ])
  })

  it('advises an entry that averages although every slot is used', () => {
    const config = { entryMode: 'AVERAGE_UNTIL_UNDERWATER', maxTranches: 1, maxPositionSize: money('450') } as const
    const full: TrancheBook = evolveAll(EMPTY, [tranche(1, '0.003')])

    const request = { side: 'LONG', price: null, signalStrength: null, budget: null, time: 1 } as const
    expect(formatQuantity(adviseSize(full, request, contextOf({ config })).quantity)).toBe('0.006')
  })
})
