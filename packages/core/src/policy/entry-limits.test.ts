import { describe, expect, it } from 'vitest'
import { anOrder, refused } from '../../test/builders/book-builder.js'
import { type ContextChanges, contextOf } from '../../test/builders/context-builder.js'
import { entryIntended, eventOf, opened } from '../../test/builders/events-builder.js'
import { emptyBook, type TrancheBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import { evolveAll } from '../evolve/copy-book.js'
import { parseMoney } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { parsePrice } from '../money/price.js'
import { parseQuantity } from '../money/quantity.js'
import type { EntryRequest } from './entry-answer.js'
import { canOpenNewTranche } from './entry-limits.js'

const EMPTY = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' })
const NOW = 1000

function after(...events: readonly BookEvent[]): TrancheBook {
  return evolveAll(EMPTY, events)
}

function entry(changes: Partial<EntryRequest> = {}): EntryRequest {
  const plain = { side: 'LONG', price: null, signalStrength: null, tranche: null, time: NOW } as const
  return { ...plain, quantity: parseQuantity('0.001'), ...changes }
}

function tranche(number: number, price = '50000', time = number): BookEvent {
  return opened({ time, tranche: `T${number}`, price, quantity: '0.001' })
}

function isolated(number: number): BookEvent {
  return eventOf('TrancheIsolated', 500, { tranche: `T${number}`, side: 'LONG', price: null, pnlPercent: null })
}

function paused(kind: 'pause' | 'gracefulStop' | 'killSwitch' | 'driftHalt'): BookEvent {
  return eventOf('TradingPaused', 900, { kind, actor: null })
}

function checked(status: 'synced' | 'drift', isSettled = false): BookEvent {
  return eventOf('PositionChecked', 900, {
    positionSide: 'LONG',
    quantity: '0.003',
    entryPrice: null,
    markPrice: null,
    ours: '0.001',
    status,
    isSettled,
  })
}

function refusals(count: number): BookEvent[] {
  return Array.from({ length: count }, (_, index) => [
    entryIntended(100 + index, `e${index}`, { quantity: '0.001' }),
    eventOf('OrderRefused', 100 + index, {
      clientOrderId: `e${index}`,
      code: '-2019',
      message: null,
      isPermanent: true,
      wouldTrigger: false,
    }),
  ]).flat()
}

function stopRefusals(count: number): BookEvent[] {
  const ids = Array.from({ length: count }, (_, index) => `s${index}`)
  return ids.flatMap((clientOrderId) => [anOrder({ clientOrderId }), refused(clientOrderId, 100)])
}

interface Case {
  readonly name: string
  readonly book?: TrancheBook
  readonly request?: Partial<EntryRequest>
  readonly context?: ContextChanges
  readonly code: string | null
  /** Part of the sentence. */
  readonly says?: string
}

const money = parseMoney
const pair = [entryIntended(600, 'a', { quantity: '0.001' }), entryIntended(601, 'b', { quantity: '0.001' })]

const CASES: readonly Case[] = [
  { name: 'a live, empty book opens', code: null },
  { name: 'management off', context: { config: { enableTrancheManagement: false } }, code: 'managementDisabled' },
  { name: 'paused', book: after(paused('pause')), code: 'paused' },
  { name: 'graceful stop', book: after(paused('gracefulStop')), code: 'gracefulStop' },
  { name: 'kill switch', book: after(paused('killSwitch')), code: 'killSwitch' },
  { name: 'five refusals open the breaker', book: after(...refusals(5)), code: 'breakerOpen', says: '5 entry orders' },
  {
    name: 'a side that is not to be entered',
    context: { config: { entrySides: 'SHORT' } },
    code: 'sideNotEntered',
    says: 'entrySides is SHORT: no LONG tranche opens',
  },
  { name: 'the only side that is to be entered', context: { config: { entrySides: 'LONG' } }, code: null },
  { name: 'four refusals do not', book: after(...refusals(4)), code: null },
  {
    name: 'three stops in a row were refused: a new tranche would be closed for want of one',
    book: after(...stopRefusals(3)),
    request: { time: 10_099 },
    context: { config: { maxPriceAgeMs: 60_000 } },
    code: 'stopsRefused',
    says: '3 stops in a row were refused',
  },
  {
    name: 'after a pause a new tranche may try its stop',
    book: after(...stopRefusals(3)),
    request: { time: 10_100 },
    context: { config: { maxPriceAgeMs: 60_000 } },
    code: null,
  },
  { name: 'two stops refused', book: after(...stopRefusals(2)), code: null },
  {
    name: 'stops refused where none is wanted',
    book: after(...stopRefusals(3)),
    context: { config: { slPercent: null } },
    code: null,
  },
  {
    name: 'not live',
    context: { rest: { readiness: { isLive: false, reasons: ['lease lost', 'replaying'] } } },
    code: 'notLive',
    says: 'lease lost; replaying',
  },
  { name: 'no mark yet', context: { mark: null }, code: 'noMarkPrice' },
  { name: 'a mark of 0 is not a price', context: { mark: '0' }, code: 'markPriceNotPositive' },
  { name: 'mark as old as trusted', request: { time: 10_000 }, code: null },
  { name: 'mark 1 ms too old', request: { time: 10_001 }, code: 'markPriceStale', says: '10001 ms old' },
  { name: 'a limit price of 0', request: { price: parsePrice('0') }, code: 'entryPriceNotPositive' },
  {
    name: 'conflict',
    book: after(eventOf('ConflictDetected', 1, { code: 'oppositeSide', message: 'short' })),
    code: 'bookInConflict',
    says: 'oppositeSide',
  },
  { name: 'drift, even before it settled', book: after(tranche(1), checked('drift')), code: 'unresolvedDrift' },
  { name: 'a synced check', book: after(tranche(1), checked('synced', true)), code: null },
  { name: 'halted by drift', book: after(paused('driftHalt')), code: 'unresolvedDrift' },
  { name: 'two of three slots used', book: after(tranche(1), tranche(2)), code: null },
  {
    name: 'three of three slots used',
    book: after(tranche(1), tranche(2), tranche(3)),
    code: 'maxTranchesReached',
    says: '3 active tranches and 0 entries in flight use the 3 slots',
  },
  {
    name: 'an entry in flight holds its slot',
    book: after(tranche(1), ...pair),
    code: 'maxTranchesReached',
    says: '1 active tranches and 2 entries in flight',
  },
  {
    name: 'an entry in flight of the other side holds none',
    book: after(tranche(1), entryIntended(9, 'a', { quantity: '0.001', side: 'SHORT' })),
    code: null,
  },
  {
    name: 'an entry that feeds an open tranche holds none',
    book: after(tranche(1), entryIntended(9, 'a', { quantity: '0.001', tranche: 'T1' })),
    context: { config: { maxTranches: 2 } },
    code: null,
  },
  {
    name: 'a partly filled entry is its open tranche already',
    book: after(
      pair[0]!,
      eventOf('OrderAcknowledged', 601, { clientOrderId: 'a', venueOrderId: '77' }),
      opened({ time: 602, tranche: 'T1', price: '50000', quantity: '0.0004', orderId: '77' }),
    ),
    context: { config: { maxTranches: 2 } },
    code: null,
  },
  {
    name: 'a partly filled entry whose tranche has closed may open another',
    book: after(pair[0]!, eventOf('OrderAcknowledged', 601, { clientOrderId: 'a', venueOrderId: '77' })),
    context: { config: { maxTranches: 1 } },
    code: 'maxTranchesReached',
  },
  {
    name: 'an unknown outcome still holds its slot',
    book: after(pair[0]!, eventOf('OrderOutcomeUnknown', 700, { clientOrderId: 'a', message: null })),
    context: { config: { maxTranches: 1 } },
    code: 'maxTranchesReached',
  },
  { name: 'maxTranches 0 opens nothing', context: { config: { maxTranches: 0 } }, code: 'maxTranchesReached' },
  {
    name: 'an isolated tranche frees its slot',
    book: after(tranche(1), tranche(2), tranche(3), isolated(1)),
    code: null,
  },
  {
    name: 'two isolated reach the limit',
    book: after(tranche(1), tranche(2), isolated(1), isolated(2)),
    code: 'maxIsolatedTranchesReached',
    says: '2 isolated tranches reach maxIsolatedTranches 2',
  },
  {
    name: 'isolated without a limit',
    book: after(tranche(1), tranche(2), isolated(1), isolated(2)),
    context: { config: { maxIsolatedTranches: null } },
    code: null,
  },
  {
    name: 'maxIsolatedTranches 0 opens nothing',
    context: { config: { maxIsolatedTranches: 0 } },
    code: 'maxIsolatedTranchesReached',
  },
  {
    name: 'one isolated is one too many where none is allowed',
    book: after(tranche(1), isolated(1)),
    context: { config: { allowTrancheWhileIsolated: false } },
    code: 'isolatedTrancheOpen',
  },
  {
    name: 'cooldown over',
    book: after(tranche(1, '50000', 400)),
    context: { config: { trancheCooldownMs: 600 } },
    code: null,
  },
  {
    name: 'cooldown 1 ms short',
    book: after(tranche(1, '50000', 401)),
    context: { config: { trancheCooldownMs: 600 } },
    code: 'cooldownActive',
    says: '599 ms ago',
  },
  {
    name: 'an entry in flight has not cooled down',
    book: after(pair[0]!),
    context: { config: { trancheCooldownMs: 1 } },
    code: 'cooldownActive',
  },
  {
    name: 'exactly as far as asked',
    book: after(tranche(1, '50000')),
    request: { price: parsePrice('49750') },
    context: { config: { minEntrySpacingPercent: parsePercent('0.5') } },
    code: null,
  },
  {
    name: 'a tick too close',
    book: after(tranche(1, '50000')),
    request: { price: parsePrice('49750.1') },
    context: { config: { minEntrySpacingPercent: parsePercent('0.5') } },
    code: 'entryTooClose',
    says: '49750.1 is 0.4998 % from the entry of T1 at 50000',
  },
  {
    name: 'too close to an entry in flight',
    book: after(entryIntended(9, 'a', { quantity: '0.001', price: '49900' })),
    context: { config: { minEntrySpacingPercent: parsePercent('0.5') } },
    code: 'entryTooClose',
    says: 'order a in flight',
  },
  { name: 'as small as allowed: 0.001 × 50 000', context: { config: { minTrancheSize: money('50') } }, code: null },
  {
    name: 'too small',
    context: { config: { minTrancheSize: money('50.01') } },
    code: 'trancheTooSmall',
    says: '50 USDT is below',
  },
  { name: 'as large as allowed', context: { config: { maxTrancheSize: money('50') } }, code: null },
  { name: 'too large', context: { config: { maxTrancheSize: money('49.99') } }, code: 'trancheTooLarge' },
  {
    name: 'sizes are at the limit price of a limit order',
    request: { price: parsePrice('60000') },
    context: { config: { maxTrancheSize: money('59') } },
    code: 'trancheTooLarge',
    says: '60 USDT',
  },
  {
    name: 'position: 50 held + 50 in flight + 50 fit 150',
    book: after(tranche(1), pair[0]!),
    context: { config: { maxPositionSize: money('150') } },
    code: null,
  },
  {
    name: 'position: in flight counts',
    book: after(tranche(1), pair[0]!),
    context: { config: { maxPositionSize: money('149') } },
    code: 'positionTooLarge',
    says: '150 USDT (50 held, 50 in flight)',
  },
  {
    name: 'signal exactly strong enough',
    request: { signalStrength: 0.6 },
    context: { config: { minSignalStrength: 0.6 } },
    code: null,
  },
  {
    name: 'signal too weak',
    request: { signalStrength: 0.59 },
    context: { config: { minSignalStrength: 0.6 } },
    code: 'signalTooWeak',
  },
  {
    name: 'a signal that is not a number is too weak',
    request: { signalStrength: Number.NaN },
    context: { config: { minSignalStrength: 0 } },
    code: 'signalTooWeak',
  },
  { name: 'no signal given', context: { config: { minSignalStrength: 0.6 } }, code: null },
  {
    name: 'global tranches: 1 here + 1 in flight + 3 elsewhere reach 5',
    book: after(tranche(1), pair[0]!),
    context: { account: { openTranches: 3 }, limits: { maxTranchesGlobal: 5 } },
    code: 'maxTranchesGlobalReached',
    says: '2 tranches here and 3 in other books',
  },
  {
    name: 'global tranches with room',
    book: after(tranche(1)),
    context: { account: { openTranches: 3 }, limits: { maxTranchesGlobal: 5 } },
    code: null,
  },
  {
    name: 'a new position too many',
    context: { account: { activePositions: 2 }, limits: { maxActivePositions: 2 } },
    code: 'maxActivePositionsReached',
  },
  {
    name: 'adding to a position is not a new one',
    book: after(tranche(1)),
    context: { account: { activePositions: 2 }, limits: { maxActivePositions: 2 } },
    code: null,
  },
  {
    name: 'the last trade of the day',
    context: { account: { tradesToday: 9 }, limits: { maxDailyTrades: 10 } },
    code: null,
  },
  {
    name: 'an entry in flight is a trade of the day',
    book: after(pair[0]!),
    context: { account: { tradesToday: 9 }, limits: { maxDailyTrades: 10 } },
    code: 'maxDailyTradesReached',
  },
  {
    name: 'margin: 5 held + 5 in flight + 5 + 100 elsewhere at 10x fit 115',
    book: after(tranche(1), pair[0]!),
    context: { account: { marginUsed: money('100') }, limits: { maxMarginUsed: money('115') } },
    code: null,
  },
  {
    name: 'margin too large',
    book: after(tranche(1), pair[0]!),
    context: { account: { marginUsed: money('100') }, limits: { maxMarginUsed: money('114.99') } },
    code: 'marginTooLarge',
    says: '115 in all',
  },
  { name: 'symbol not trading', context: { instrument: { isTrading: false } }, code: 'symbolNotTrading' },
  { name: 'off the step', request: { quantity: parseQuantity('0.0015') }, code: 'quantityOffStep', says: 'send 0.001' },
  {
    name: 'less than a step',
    request: { quantity: parseQuantity('0.00001') },
    context: { instrument: { minNotional: parseMoney('0') } },
    code: 'quantityOffStep',
    says: '0.00001 is not a multiple of the step 0.001: send 0.001',
  },
  {
    // 100 ÷ 50 000 = 0.002
    name: 'less than a step, with a minimum notional',
    request: { quantity: parseQuantity('0.00001') },
    context: { instrument: { minNotional: parseMoney('100') } },
    code: 'quantityOffStep',
    says: 'send 0.002',
  },
  {
    name: 'less than a step, with a minimum quantity',
    request: { quantity: parseQuantity('0.00001') },
    context: { instrument: { minQuantity: parseQuantity('0.0025') } },
    code: 'quantityOffStep',
    says: 'send 0.003',
  },
  { name: 'nothing', request: { quantity: parseQuantity('0') }, code: 'quantityTooSmall' },
  {
    name: 'below the minimum quantity',
    context: { instrument: { minQuantity: parseQuantity('0.002') } },
    code: 'quantityTooSmall',
  },
  {
    name: 'below the minimum notional: 0.001 × 4 134.9 = 4.1349',
    context: { mark: '4134.9' },
    code: 'notionalTooSmall',
    says: '4.1349 is below',
  },
  {
    name: 'above the maximum of a market order',
    request: { quantity: parseQuantity('121') },
    code: 'quantityTooLarge',
    says: '120',
  },
  {
    name: 'a limit order may be larger',
    request: { quantity: parseQuantity('121'), price: parsePrice('50000') },
    context: { instrument: { maxMarketQuantity: null } },
    code: null,
  },
  { name: 'off the tick', request: { price: parsePrice('50000.05') }, code: 'priceOffTick' },
  { name: 'room for one stop', context: { rest: { conditionalRoom: 1 } }, code: null },
  {
    name: 'no room for a stop',
    context: { rest: { conditionalRoom: 0 } },
    code: 'noRoomForProtection',
    says: 'room for 0',
  },
  {
    name: 'an entry in flight will need its stop',
    book: after(pair[0]!),
    context: { rest: { conditionalRoom: 1 } },
    code: 'noRoomForProtection',
  },
  { name: 'room of the symbol', context: { instrument: { maxConditionalOrders: 0 } }, code: 'noRoomForProtection' },
  {
    name: 'a stop for each part that one order may close',
    request: { quantity: parseQuantity('300'), price: parsePrice('50000') },
    context: { rest: { conditionalRoom: 2 } },
    code: 'noRoomForProtection',
    says: 'needs 3 stop orders',
  },
  {
    name: 'no stop wanted, no room needed',
    context: { config: { slPercent: null }, rest: { conditionalRoom: 0 } },
    code: null,
  },
  {
    name: 'a combined stop is there already',
    book: after(tranche(1)),
    context: { config: { protection: 'COMBINED' }, rest: { conditionalRoom: 0 } },
    code: null,
  },
  {
    name: 'the combined pair and its fail-safe need two',
    context: { config: { protection: 'COMBINED' }, rest: { conditionalRoom: 1 } },
    code: 'noRoomForProtection',
  },
]

describe('canOpenNewTranche', () => {
  it.each(CASES)('$name', ({ book, request, context, code, says }) => {
    const answer = canOpenNewTranche(book ?? EMPTY, entry(request), contextOf(context))

    expect(answer.allowed ? null : answer.code).toBe(code)
    if (says !== undefined) expect(answer.allowed ? '' : answer.message).toContain(says)
  })

  it('names the first failing rule when several fail', () => {
    const book = after(tranche(1), tranche(2), isolated(1), isolated(2), paused('pause'))
    const everything = { config: { maxTranches: 0, trancheCooldownMs: 10_000, maxTrancheSize: money('1') }, mark: null }

    expect(canOpenNewTranche(book, entry(), contextOf(everything))).toMatchObject({ code: 'paused' })
    const resumed = evolveAll(book, [eventOf('TradingResumed', 1, { actor: null })])
    expect(canOpenNewTranche(resumed, entry(), contextOf(everything))).toMatchObject({ code: 'noMarkPrice' })
    expect(canOpenNewTranche(resumed, entry(), contextOf({ ...everything, mark: '50000' }))).toMatchObject({
      code: 'maxTranchesReached',
      facts: { activeTranches: 0, slotsInFlight: 0, maxTranches: 0 },
    })
  })
})

describe('averaging entries', () => {
  const averaging = { entryMode: 'AVERAGE_UNTIL_UNDERWATER', maxTranches: 1 } as const

  it('join the open tranche without a slot of their own', () => {
    expect(canOpenNewTranche(after(tranche(1)), entry(), contextOf({ config: averaging }))).toEqual({ allowed: true })
  })

  it('need a slot from exactly −5 % on', () => {
    const book = after(tranche(1))

    expect(canOpenNewTranche(book, entry(), contextOf({ config: averaging, mark: '47500.1' }))).toEqual({
      allowed: true,
    })
    expect(canOpenNewTranche(book, entry(), contextOf({ config: averaging, mark: '47500' }))).toMatchObject({
      code: 'maxTranchesReached',
    })
  })

  it('are refused when full even where two tranches may merge: merging comes first', () => {
    const config = { ...averaging, whenFull: 'MERGE_LEAST_LOSSY', maxTranches: 2 } as const

    expect(
      canOpenNewTranche(after(tranche(1), tranche(2)), entry(), contextOf({ config, mark: '40000' })),
    ).toMatchObject({
      code: 'maxTranchesReached',
    })
  })
})

describe('an entry that names its tranche', () => {
  const full = after(tranche(1), tranche(2), tranche(3), isolated(1), isolated(2))

  it('takes no slot and may add to an isolated tranche', () => {
    const strict = contextOf({
      config: { maxTranches: 1, allowTrancheWhileIsolated: false, minEntrySpacingPercent: parsePercent('1') },
    })

    expect(canOpenNewTranche(full, entry({ tranche: 'T1' }), strict)).toEqual({ allowed: true })
  })

  it('still obeys sizes', () => {
    const small = contextOf({ config: { maxPositionSize: money('199') } })

    expect(canOpenNewTranche(full, entry({ tranche: 'T1' }), small)).toMatchObject({ code: 'positionTooLarge' })
  })
})
