import { describe, expect, it } from 'vitest'
import { anOrder, resting } from '../../test/builders/book-builder.js'
import { type ContextChanges, contextOf } from '../../test/builders/context-builder.js'
import { entryIntended, eventOf, opened } from '../../test/builders/events-builder.js'
import { emptyBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import { evolveAll } from '../evolve/copy-book.js'
import { parseMoney } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { parsePrice } from '../money/price.js'
import { parseQuantity } from '../money/quantity.js'
import type { EntryRefusal, EntryRequest } from './entry-answer.js'
import { newestActive } from './entry-joining.js'
import { canOpenNewTranche } from './entry-limits.js'

const EMPTY = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' })

interface Case {
  readonly name: string
  readonly events?: readonly BookEvent[]
  readonly request?: Partial<EntryRequest>
  readonly context?: ContextChanges
  /** `null` = allowed. */
  readonly refusal: Omit<EntryRefusal, 'allowed'> | null
}

const long = opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.001' })
const short = opened({ time: 1, tranche: 'T1', side: 'SHORT', price: '50000', quantity: '0.001' })
const isolated = eventOf('TrancheIsolated', 500, { tranche: 'T1', side: 'LONG', price: null, pnlPercent: null })
const market = entryIntended(9, 'a', { quantity: '0.001' })
const limit = entryIntended(9, 'a', { quantity: '0.001', price: '49900' })
const stop = resting(anOrder({ clientOrderId: 's', purpose: 'stop' }))
const target = resting(anOrder({ clientOrderId: 't', purpose: 'takeProfit' }))
const checked = (status: 'drift' | 'conflict'): BookEvent =>
  eventOf('PositionChecked', 900, {
    positionSide: 'LONG',
    quantity: '0.003',
    entryPrice: null,
    markPrice: null,
    ours: '0',
    status,
    isSettled: false,
  })
const spaced: ContextChanges = { config: { minEntrySpacingPercent: parsePercent('0.5') } }
const noRoom = { conditionalRoom: 0 }

function answerTo({ events = [], request = {}, context = {} }: Case): Omit<EntryRefusal, 'allowed'> | null {
  const plain = { side: 'LONG', price: null, signalStrength: null, tranche: null, time: 1000 } as const
  const wish = { ...plain, quantity: parseQuantity('0.001'), ...request }
  const answer = canOpenNewTranche(evolveAll(EMPTY, events), wish, contextOf(context))
  if (answer.allowed) return null
  const { allowed: _, ...refusal } = answer
  return refusal
}

function stopsRefused(needed: number, owed: number, room: number, taken = 0): Case['refusal'] {
  return {
    code: 'noRoomForProtection',
    message: `this tranche needs ${needed} stop orders and the entries in flight ${owed}, the venue has room for ${room}`,
    facts: { needed, owed, room, resting: taken },
  }
}

const SIZES: readonly Case[] = [
  {
    name: 'exactly the minimum quantity',
    context: { instrument: { minQuantity: parseQuantity('0.001') } },
    refusal: null,
  },
  {
    name: 'below it',
    context: { instrument: { minQuantity: parseQuantity('0.002') } },
    refusal: {
      code: 'quantityTooSmall',
      message: "0.001 is below the venue's minimum quantity 0.002",
      facts: { quantity: '0.001', stepSize: '0.001', minQuantity: '0.002' },
    },
  },
  { name: 'exactly the minimum notional', context: { instrument: { minNotional: parseMoney('50') } }, refusal: null },
  { name: 'exactly the largest market order', request: { quantity: parseQuantity('120') }, refusal: null },
  {
    name: 'above it',
    request: { quantity: parseQuantity('120.001') },
    refusal: {
      code: 'quantityTooLarge',
      message: "120.001 is above the venue's maximum of 120 an order",
      facts: { quantity: '120.001', maxQuantity: '120', isMarket: true },
    },
  },
  {
    name: 'above the largest limit order',
    request: { quantity: parseQuantity('1000.001'), price: parsePrice('50000') },
    refusal: {
      code: 'quantityTooLarge',
      message: "1000.001 is above the venue's maximum of 1000 an order",
      facts: { quantity: '1000.001', maxQuantity: '1000', isMarket: false },
    },
  },
  {
    name: 'off the tick',
    request: { price: parsePrice('50000.05') },
    refusal: {
      code: 'priceOffTick',
      message: '50000.05 is not a multiple of the tick 0.1',
      facts: { price: '50000.05', tickSize: '0.1' },
    },
  },
  {
    name: 'the symbol does not trade',
    context: { instrument: { isTrading: false } },
    refusal: {
      code: 'symbolNotTrading',
      message: 'the venue does not trade BTCUSDT now',
      facts: { isTrading: false },
    },
  },
  {
    name: 'a signal too weak',
    request: { signalStrength: 0.5 },
    context: { config: { minSignalStrength: 0.6 } },
    refusal: {
      code: 'signalTooWeak',
      message: 'a signal of 0.5 is below minSignalStrength 0.6',
      facts: { signalStrength: 0.5, minSignalStrength: 0.6 },
    },
  },
  {
    name: 'nothing, where the venue names no minimum',
    request: { quantity: parseQuantity('0') },
    context: { instrument: { minQuantity: parseQuantity('0') } },
    refusal: {
      code: 'quantityTooSmall',
      message: "0 is below the venue's minimum quantity 0",
      facts: { quantity: '0', stepSize: '0.001', minQuantity: '0' },
    },
  },
  { name: 'no strength is asked for', request: { signalStrength: -1 }, refusal: null },
]

const ROOM: readonly Case[] = [
  { name: 'a stop needs room', context: { rest: noRoom }, refusal: stopsRefused(1, 0, 0) },
  {
    name: 'a resting stop takes room of its symbol',
    events: stop,
    context: { instrument: { maxConditionalOrders: 1 } },
    refusal: stopsRefused(1, 0, 0, 1),
  },
  {
    name: 'a resting limit order takes none',
    events: target,
    context: { instrument: { maxConditionalOrders: 1 } },
    refusal: null,
  },
  {
    name: 'the smaller room counts',
    events: stop,
    context: { instrument: { maxConditionalOrders: 5 }, rest: { conditionalRoom: 0 } },
    refusal: stopsRefused(1, 0, 0, 1),
  },
  {
    name: 'a trailing stop needs room, too',
    context: { config: { slPercent: null, trailingStopPercent: parsePercent('1') }, rest: noRoom },
    refusal: stopsRefused(1, 0, 0),
  },
  {
    name: 'so does a stop ladder',
    context: { config: { slPercent: null, enableScaledTakeProfit: true }, rest: noRoom },
    refusal: stopsRefused(1, 0, 0),
  },
  {
    name: 'but not where it never climbs',
    context: { config: { slPercent: null, enableScaledTakeProfit: true, stopLadder: 'NONE' }, rest: noRoom },
    refusal: null,
  },
  {
    name: 'entries in flight are owed theirs',
    events: [market, entryIntended(10, 'b', { quantity: '240' })],
    context: { rest: { conditionalRoom: 3 } },
    refusal: stopsRefused(1, 3, 3),
  },
  {
    name: 'but not those that feed an open tranche',
    events: [long, entryIntended(9, 'a', { quantity: '0.001', tranche: 'T1' })],
    context: { rest: { conditionalRoom: 1 } },
    refusal: null,
  },
  {
    name: 'nor where nothing wants a stop',
    events: [market],
    context: { config: { slPercent: null }, rest: noRoom },
    refusal: null,
  },
  {
    name: 'one combined stop is enough without a fail-safe',
    context: { config: { protection: 'COMBINED', failSafeStop: false }, rest: { conditionalRoom: 1 } },
    refusal: null,
  },
  {
    name: 'and is needed',
    context: { config: { protection: 'COMBINED', failSafeStop: false }, rest: noRoom },
    refusal: stopsRefused(1, 0, 0),
  },
  {
    name: 'an entry in flight will bring the combined stop',
    events: [market],
    context: { config: { protection: 'COMBINED' }, rest: noRoom },
    refusal: null,
  },
  {
    name: 'resting targets of that kind take room, too',
    events: resting(anOrder({ clientOrderId: 't', purpose: 'takeProfit', orderType: 'TAKE_PROFIT_MARKET' })),
    context: { instrument: { maxConditionalOrders: 1 } },
    refusal: stopsRefused(1, 0, 0, 1),
  },
  {
    name: 'and trailing stops',
    events: resting(anOrder({ clientOrderId: 't', orderType: 'TRAILING_STOP_MARKET' })),
    context: { instrument: { maxConditionalOrders: 1 } },
    refusal: stopsRefused(1, 0, 0, 1),
  },
  {
    name: 'one stop closes any quantity where the venue names no largest order',
    request: { quantity: parseQuantity('5000') },
    context: { instrument: { maxQuantity: null, maxMarketQuantity: null }, rest: noRoom },
    refusal: stopsRefused(1, 0, 0),
  },
  {
    name: 'more stops than there is room for are nothing to an entry without one',
    events: stop,
    context: { config: { slPercent: null }, instrument: { maxConditionalOrders: 0 } },
    refusal: null,
  },
]

const SLOTS: readonly Case[] = [
  {
    name: 'nothing is isolated where none may be',
    events: [long],
    context: { config: { allowTrancheWhileIsolated: false } },
    refusal: null,
  },
  {
    name: 'one is',
    events: [long, isolated],
    context: { config: { allowTrancheWhileIsolated: false } },
    refusal: {
      code: 'isolatedTrancheOpen',
      message: '1 tranches are isolated and allowTrancheWhileIsolated is false',
      facts: { isolatedTranches: 1, allowTrancheWhileIsolated: false },
    },
  },
  {
    name: 'as many isolated as allowed',
    events: [long, isolated],
    context: { config: { maxIsolatedTranches: 1 } },
    refusal: {
      code: 'maxIsolatedTranchesReached',
      message: '1 isolated tranches reach maxIsolatedTranches 1: wait for one to recover or close it',
      facts: { isolatedTranches: 1, maxIsolatedTranches: 1 },
    },
  },
  {
    name: 'the first entry has nothing to cool down from',
    context: { config: { trancheCooldownMs: 600 } },
    refusal: null,
  },
  {
    name: 'one a moment ago',
    events: [opened({ time: 900, tranche: 'T1', price: '50000', quantity: '0.001' })],
    context: { config: { trancheCooldownMs: 600 } },
    refusal: {
      code: 'cooldownActive',
      message: 'the last entry was 100 ms ago: trancheCooldownMs asks for 600 ms between entries',
      facts: { sinceLastEntryMs: 100, entriesInFlight: 0, trancheCooldownMs: 600 },
    },
  },
  {
    name: 'one in flight',
    events: [market],
    context: { config: { trancheCooldownMs: 600 } },
    refusal: {
      code: 'cooldownActive',
      message: '1 entries are in flight: trancheCooldownMs asks for 600 ms between entries',
      facts: { sinceLastEntryMs: null, entriesInFlight: 1, trancheCooldownMs: 600 },
    },
  },
  { name: 'the same price where no spacing is asked', events: [long], refusal: null },
  {
    name: 'too close to a limit order in flight',
    events: [limit],
    context: spaced,
    refusal: {
      code: 'entryTooClose',
      message: '50000 is 0.2004 % from the entry of order a in flight at 49900, minEntrySpacingPercent asks for 0.5 %',
      facts: {
        price: '50000',
        owner: 'order a in flight',
        entryPrice: '49900',
        distancePercent: '0.2004',
        minEntrySpacingPercent: '0.5',
      },
    },
  },
  {
    name: 'too close to a market order in flight, which is at the mark',
    events: [market],
    request: { price: parsePrice('49900') },
    context: spaced,
    refusal: {
      code: 'entryTooClose',
      message: '49900 is 0.2 % from the entry of order a in flight at 50000, minEntrySpacingPercent asks for 0.5 %',
      facts: {
        price: '49900',
        owner: 'order a in flight',
        entryPrice: '50000',
        distancePercent: '0.2',
        minEntrySpacingPercent: '0.5',
      },
    },
  },
  {
    name: 'exactly as far from one in flight as asked',
    events: [market],
    request: { price: parsePrice('49750') },
    context: spaced,
    refusal: null,
  },
  {
    name: 'too close to the entry of a tranche, wherever the mark is',
    events: [opened({ time: 1, tranche: 'T1', price: '49900', quantity: '0.001' })],
    request: { price: parsePrice('49900.1') },
    context: spaced,
    refusal: {
      code: 'entryTooClose',
      message: '49900.1 is 0.0002 % from the entry of T1 at 49900, minEntrySpacingPercent asks for 0.5 %',
      facts: {
        price: '49900.1',
        owner: 'T1',
        entryPrice: '49900',
        distancePercent: '0.0002',
        minEntrySpacingPercent: '0.5',
      },
    },
  },
]

const ACCOUNT: readonly Case[] = [
  {
    name: 'tranches of both sides count',
    events: [short],
    context: { account: { openTranches: 1 }, limits: { maxTranchesGlobal: 2 } },
    refusal: {
      code: 'maxTranchesGlobalReached',
      message: '1 tranches here and 1 in other books reach maxTranchesGlobal 2',
      facts: { here: 1, elsewhere: 1, maxTranchesGlobal: 2 },
    },
  },
  {
    name: 'an entry in flight that feeds an open tranche does not',
    events: [long, entryIntended(9, 'a', { quantity: '0.001', tranche: 'T1' })],
    context: { limits: { maxTranchesGlobal: 2 } },
    refusal: null,
  },
  {
    name: 'a first position',
    context: { account: { activePositions: 1 }, limits: { maxActivePositions: 2 } },
    refusal: null,
  },
  {
    name: 'one too many',
    context: { account: { activePositions: 2 }, limits: { maxActivePositions: 2 } },
    refusal: {
      code: 'maxActivePositionsReached',
      message: '2 other positions reach maxActivePositions 2',
      facts: { activePositions: 2, maxActivePositions: 2 },
    },
  },
  {
    name: 'a position of the other side is one already',
    events: [short],
    context: { account: { activePositions: 2 }, limits: { maxActivePositions: 2 } },
    refusal: null,
  },
  {
    name: 'so is an entry in flight',
    events: [market],
    context: { account: { activePositions: 2 }, limits: { maxActivePositions: 2 } },
    refusal: null,
  },
  {
    name: 'an entry in flight is a trade of the day',
    events: [market],
    context: { account: { tradesToday: 9 }, limits: { maxDailyTrades: 10 } },
    refusal: {
      code: 'maxDailyTradesReached',
      message: '9 trades today (UTC) and 1 entries in flight reach maxDailyTrades 10',
      facts: { tradesToday: 9, inFlight: 1, maxDailyTrades: 10 },
    },
  },
  {
    name: 'the rest of one that has begun to fill is not another',
    events: [
      entryIntended(9, 'a', { quantity: '0.002' }),
      eventOf('OrderAcknowledged', 10, { clientOrderId: 'a', venueOrderId: '77' }),
      eventOf('FillBooked', 11, {
        tradeId: '1',
        orderId: '77',
        clientOrderId: 'a',
        side: 'BUY',
        positionSide: 'LONG',
        quantity: '0.001',
        price: '50000',
        fee: '0',
        feeAsset: 'USDT',
        realizedPnl: null,
        maker: null,
        kind: 'trade',
        tranche: null,
        closes: null,
        opens: { side: 'LONG', quantity: '0.001' },
        unmatched: null,
        replaces: null,
        late: false,
      }),
    ],
    context: { account: { tradesToday: 9 }, limits: { maxDailyTrades: 10 } },
    refusal: null,
  },
]

const READINESS: readonly Case[] = [
  {
    name: 'nothing says why',
    context: { rest: { readiness: { isLive: false, reasons: [] } } },
    refusal: { code: 'notLive', message: 'the book is not live yet: no reason given', facts: { reasons: '' } },
  },
  {
    name: 'not managed',
    context: { config: { enableTrancheManagement: false } },
    refusal: {
      code: 'managementDisabled',
      message: 'BTCUSDT is not managed: set enableTrancheManagement to true',
      facts: { enableTrancheManagement: false },
    },
  },
  {
    name: 'paused',
    events: [eventOf('TradingPaused', 900, { kind: 'pause', actor: null })],
    refusal: {
      code: 'paused',
      message: 'entries are paused: resume to trade again',
      facts: { pause: 'pause' },
    },
  },
  {
    name: 'halted by drift',
    events: [eventOf('TradingPaused', 900, { kind: 'driftHalt', actor: null })],
    refusal: {
      code: 'unresolvedDrift',
      message: 'a drift has halted entries (driftPolicy HALT): resolve it, then resume',
      facts: { pause: 'driftHalt' },
    },
  },
  {
    name: 'no price yet',
    context: { mark: null },
    refusal: {
      code: 'noMarkPrice',
      message: 'no mark price has been seen yet: wait for the first',
      facts: { markPrice: null },
    },
  },
  {
    name: 'a price of nothing',
    context: { mark: '0' },
    refusal: {
      code: 'markPriceNotPositive',
      message: 'a mark price of 0 is not a price: wait for the next',
      facts: { markPrice: '0' },
    },
  },
  {
    name: 'a price too old',
    context: { markTime: -9001 },
    refusal: {
      code: 'markPriceStale',
      message: 'the mark price 50000 is 10001 ms old, at most 10000 ms (maxPriceAgeMs) are trusted',
      facts: { markPrice: '50000', ageMs: 10_001, maxPriceAgeMs: 10_000 },
    },
  },
  {
    name: 'a limit price of nothing',
    request: { price: parsePrice('0') },
    refusal: {
      code: 'entryPriceNotPositive',
      message: 'a limit price must be above 0, got 0',
      facts: { price: '0' },
    },
  },
  {
    name: 'a conflict',
    events: [eventOf('ConflictDetected', 1, { code: 'oppositeSide', message: 'short' })],
    refusal: {
      code: 'bookInConflict',
      message: 'the book and the venue contradict each other (oppositeSide): look, then resolve the conflict',
      facts: { conflict: 'oppositeSide' },
    },
  },
  {
    name: 'an open breaker',
    events: [
      entryIntended(9, 'a', { quantity: '0.001' }),
      eventOf('OrderRefused', 10, {
        clientOrderId: 'a',
        code: '-2019',
        message: null,
        isPermanent: true,
        wouldTrigger: false,
      }),
    ],
    context: { config: { breakerFailures: 1 } },
    refusal: {
      code: 'breakerOpen',
      message: '1 entry orders in a row were refused (breakerFailures 1): find out why, then resume',
      facts: { kind: 'entry', failures: 1, breakerFailures: 1 },
    },
  },
  {
    name: 'a drift',
    events: [checked('drift')],
    refusal: {
      code: 'unresolvedDrift',
      message: "the LONG position differs from the venue's: reconcile first",
      facts: { positionSide: 'LONG', status: 'drift', driftSince: 900 },
    },
  },
  {
    name: 'a conflict of a position',
    events: [checked('conflict')],
    refusal: {
      code: 'unresolvedDrift',
      message: "the LONG position differs from the venue's: reconcile first",
      facts: { positionSide: 'LONG', status: 'conflict', driftSince: 900 },
    },
  },
]

describe.each([
  ['sizes', SIZES],
  ['room for stops', ROOM],
  ['slots', SLOTS],
  ['the account', ACCOUNT],
  ['readiness', READINESS],
])('bounds of %s', (_name, cases) => {
  it.each(cases)('$name', (one) => {
    expect(answerTo(one)).toEqual(one.refusal)
  })
})

describe('the newest active tranche', () => {
  const second = opened({ time: 5, tranche: 'T2', price: '50000', quantity: '0.001' })
  const twin = opened({ time: 5, tranche: 'T3', price: '50000', quantity: '0.001' })
  const newest = (...events: readonly BookEvent[]): string | null =>
    newestActive(evolveAll(EMPTY, events).groups.LONG)?.id ?? null

  it('is the one that entered last; of one millisecond, the one created last', () => {
    expect(newest()).toBeNull()
    expect(newest(long, second)).toBe('T2')
    expect(newest(long, second, twin)).toBe('T3')
    expect(newest(second, opened({ time: 1, tranche: 'T4', price: '50000', quantity: '0.001' }))).toBe('T2')
  })

  it('is never isolated', () => {
    expect(newest(long, isolated)).toBeNull()
    expect(newest(long, isolated, second)).toBe('T2')
  })
})
