import { describe, expect, it } from 'vitest'
import { BTC } from '../../test/builders/context-builder.js'
import { eventsOf, typesOf } from '../../test/builders/life-builder.js'
import type { ClosingRule } from '../book/context.js'
import type { BookEvent } from '../book/events.js'
import { parseConfig } from '../config/parse-config.js'
import { formatMoney } from '../money/money.js'
import { formatQuantity } from '../money/quantity.js'
import { parseInput } from '../observe/parse-input.js'
import { replay } from './replay-events.js'
import { type RanBook, runInputs, type RunOptions, type RunResult } from './run-inputs.js'
import { stateHash } from './state-hash.js'

type Line = Readonly<Record<string, unknown>>

const OPTIONS: Omit<RunOptions, 'config'> = {
  positionMode: null,
  instruments: new Map(),
  closingRules: new Map(),
  sending: 'trade',
}

function ran(lines: readonly Line[], file: unknown = {}, options: Partial<RunOptions> = {}): RunResult {
  const inputs = lines.map((line, index) =>
    parseInput({ symbol: 'BTCUSDT', ...line }, { account: 'main', positionMode: null, sequence: index + 1 }),
  )
  return runInputs(inputs, { ...OPTIONS, config: parseConfig(file), ...options })
}

function buy(time: number, quantity: string, more: Line = {}): Line {
  return {
    type: 'fill',
    time,
    side: 'BUY',
    positionSide: 'LONG',
    quantity,
    price: '50000',
    tradeId: `${time}`,
    ...more,
  }
}

function sell(time: number, quantity: string, more: Line = {}): Line {
  return buy(time, quantity, { side: 'SELL', ...more })
}

/** `T1 0.001, T2 0.002`. */
function open({ book }: RanBook, side: 'LONG' | 'SHORT' = 'LONG'): string {
  return book.groups[side].tranches.map(({ id, quantity }) => `${id} ${formatQuantity(quantity)}`).join(', ')
}

function only({ books }: RunResult): RanBook {
  const [book] = books
  if (book === undefined || books.length > 1) throw new Error(`expected one book, got ${books.length}`)
  return book
}

function refusalsIn(events: readonly BookEvent[]): readonly string[] {
  return eventsOf(events, 'EntryRefused').map((event) => event.code)
}

describe('books of a run', () => {
  it('are one for each account and symbol, in the order they were first told of', () => {
    const { books } = ran([
      buy(1, '0.001'),
      buy(2, '0.002', { symbol: 'ETHUSDT' }),
      buy(3, '0.003', { account: 'sub' }),
      buy(4, '0.004'),
    ])

    expect(books.map(({ book }) => `${book.account}/${book.symbol}`)).toEqual([
      'main/BTCUSDT',
      'main/ETHUSDT',
      'sub/BTCUSDT',
    ])
    expect(books.map((each) => open(each))).toEqual(['T1 0.001, T2 0.004', 'T1 0.002', 'T1 0.003'])
  })

  it('take the options of their symbol', () => {
    const { books } = ran([buy(1, '1'), buy(2, '1', { symbol: 'ETHUSDT' })], {
      defaults: { tpPercent: '5' },
      symbols: { ETHUSDT: { tpPercent: '10' } },
    })

    expect(books.map((each) => eventsOf(each.events, 'TrancheOpened')[0]?.takeProfitPrice)).toEqual(['52500', '55000'])
  })

  it('round as their instrument says', () => {
    const lines = [buy(1, '0.001', { price: '50000.05' })]

    expect(eventsOf(only(ran(lines)).events, 'TrancheOpened')[0]?.stopPrice).toBe('49000.049')
    expect(
      eventsOf(only(ran(lines, {}, { instruments: new Map([['BTCUSDT', BTC]]) })).events, 'TrancheOpened')[0]
        ?.stopPrice,
    ).toBe('49000.1')
  })

  it('close by rules of your own', () => {
    const largest: ClosingRule = (lots, { quantity }) => {
      const [lot] = lots.toSorted((left, right) => (left.quantity > right.quantity ? -1 : 1))
      return lot === undefined ? [] : [{ tranche: lot.tranche, quantity }]
    }
    const config = parseConfig({ defaults: { closingStrategy: 'largest' } }, { closingRules: ['largest'] })
    const result = ran(
      [buy(1, '1'), buy(2, '3'), buy(3, '1'), sell(4, '2')],
      {},
      { config, closingRules: new Map([['largest', largest]]) },
    )

    expect(open(only(result))).toBe('T1 1, T2 1, T3 1')
  })

  it('end with a rule of yours that is broken', () => {
    const config = parseConfig({ defaults: { closingStrategy: 'none' } }, { closingRules: ['none'] })
    const attempt = (): RunResult =>
      ran([buy(1, '1'), sell(2, '0.5')], {}, { config, closingRules: new Map([['none', () => []]]) })

    expect(attempt).toThrow(expect.objectContaining({ code: 'closing.rule-broken' }))
  })

  it('replay to the same state from what they recorded', () => {
    const { books } = ran([
      buy(1, '0.003'),
      { type: 'mark', time: 2, price: '47000' },
      sell(3, '0.001'),
      { type: 'funding', time: 4, amount: '0.1' },
    ])

    for (const { book, events } of books) expect(stateHash(replay(events))).toBe(stateHash(book))
  })

  it('know their newest mark, recorded or not', () => {
    const { market, events } = only(ran([buy(1, '1'), { type: 'mark', time: 2, price: '50100' }]))

    expect(market).toMatchObject({ price: 50_100n * 10n ** 12n, time: 2 })
    expect(eventsOf(events, 'MarkObserved')).toEqual([])
  })
})

describe('the position mode', () => {
  it('is what the first fill or position shows', () => {
    expect(only(ran([buy(1, '1')])).book.positionMode).toBe('HEDGE')
    expect(only(ran([buy(1, '1', { positionSide: 'BOTH' })])).book.positionMode).toBe('ONE_WAY')
    expect(only(ran([{ type: 'position', time: 1, positionSide: 'BOTH', quantity: '0' }])).book.positionMode).toBe(
      'ONE_WAY',
    )
  })

  it('is what the configuration says where the first input says nothing', () => {
    expect(only(ran([{ type: 'mark', time: 1, price: '5' }], { positionMode: 'ONE_WAY' })).book.positionMode).toBe(
      'ONE_WAY',
    )
  })

  it('is what the caller says before all', () => {
    const result = ran([buy(1, '1')], {}, { positionMode: 'ONE_WAY' })

    expect(only(result).book.positionMode).toBe('ONE_WAY')
    expect(result.refused).toMatchObject([{ input: { id: 'fill:1' }, refusal: { code: 'input.position-mode' } }])
  })
})

describe('the order of inputs', () => {
  const day = [buy(1000, '0.001'), sell(1100, '0.001'), buy(1200, '0.002'), buy(1250, '0.003')]

  it('does not matter within the window: the same final state', () => {
    const shuffled = [day[2]!, day[0]!, day[3]!, day[1]!]

    expect(stateHash(only(ran(shuffled)).book)).toBe(stateHash(only(ran(day)).book))
    expect(eventsOf(only(ran(shuffled)).events, 'FillBooked').some((event) => event.late)).toBe(false)
  })

  it('that told everything twice changes nothing', () => {
    expect(stateHash(only(ran([...day, ...day])).book)).toBe(stateHash(only(ran(day)).book))
  })

  it('beyond the window is marked late; quantity and result are the same', () => {
    const late = only(
      ran([
        buy(1000, '0.001'),
        buy(5000, '0.001'),
        sell(9000, '0.001', { price: '52000' }),
        buy(2000, '0.001', { price: '51000' }),
      ]),
    )

    expect(eventsOf(late.events, 'FillBooked').map((event) => event.late)).toEqual([false, false, true, false])
    expect(formatQuantity(late.book.groups.LONG.quantity)).toBe('0.002')
  })
})

describe('the end of the inputs', () => {
  it('lets what waits in the window through', () => {
    expect(open(only(ran([buy(1000, '1')])))).toBe('T1 1')
  })

  it('gives up closes whose entry never came', () => {
    const { book, events } = only(ran([sell(1000, '1')]))

    expect(typesOf(events)).toEqual(['BookOpened', 'FillBooked', 'FillOrphaned', 'ConflictDetected'])
    expect(book.groups.LONG.unmatched).toMatchObject([{ isOrphan: true }])
  })

  it('gives them up once where a tick did so already', () => {
    const { events } = only(ran([sell(1000, '1'), { type: 'tick', time: 9000 }]))

    expect(eventsOf(events, 'FillOrphaned')).toHaveLength(1)
  })

  it('of nothing is nothing', () => {
    expect(ran([])).toEqual({ books: [], refused: [] })
  })
})

describe('limits over the account', () => {
  const opening = (time: number, symbol: string, more: Line = {}): Line => ({
    type: 'command',
    time,
    symbol,
    command: 'openTranche',
    side: 'LONG',
    quantity: '0.01',
    ...more,
  })
  const mark = (time: number, symbol: string): Line => ({ type: 'mark', time, symbol, price: '50000' })
  const on = (symbol: string, time: number, more: Line = {}): Line => buy(time, '0.01', { symbol, ...more })

  function codes(limits: unknown, lines: readonly Line[]): readonly string[] {
    return ran(lines, { limits }).books.flatMap(({ events }) => refusalsIn(events))
  }

  const held = [on('BTCUSDT', 1000), on('ETHUSDT', 1001), mark(2000, 'SOLUSDT')]

  it('count the tranches of all its books', () => {
    expect(codes({ maxTranchesGlobal: 2 }, [...held, opening(3000, 'SOLUSDT')])).toEqual(['maxTranchesGlobalReached'])
    expect(codes({ maxTranchesGlobal: 3 }, [...held, opening(3000, 'SOLUSDT')])).toEqual([])
  })

  it('count positions, but not one that is added to', () => {
    expect(codes({ maxActivePositions: 2 }, [...held, opening(3000, 'SOLUSDT')])).toEqual(['maxActivePositionsReached'])
    expect(codes({ maxActivePositions: 2 }, [...held, mark(2001, 'BTCUSDT'), opening(3000, 'BTCUSDT')])).toEqual([])
  })

  it('count entries in flight of other books as positions', () => {
    const flying = [mark(1000, 'BTCUSDT'), opening(1001, 'BTCUSDT'), mark(2000, 'SOLUSDT'), opening(3000, 'SOLUSDT')]

    expect(codes({ maxActivePositions: 1 }, flying)).toEqual(['maxActivePositionsReached'])
  })

  it('know what happened elsewhere until then, though it waits in a window of its own', () => {
    const lines = [
      on('BTCUSDT', 1000),
      mark(2000, 'SOLUSDT'),
      opening(3000, 'SOLUSDT'),
      mark(4000, 'SOLUSDT'),
      on('ETHUSDT', 3500),
    ]

    expect(codes({ maxActivePositions: 1 }, lines)).toEqual(['maxActivePositionsReached'])
    expect(codes({ maxActivePositions: 2 }, lines)).toEqual([])
  })

  it('count the margin of entries in flight at their price', () => {
    // 0.01 · 49 000 ÷ 10 = 49 rests in one book; 50 more
    const lines = [
      mark(1000, 'BTCUSDT'),
      opening(1001, 'BTCUSDT', { price: '49000' }),
      mark(2000, 'SOLUSDT'),
      opening(3000, 'SOLUSDT'),
    ]

    expect(codes({ maxMarginUsed: '98' }, lines)).toEqual(['marginTooLarge'])
    expect(codes({ maxMarginUsed: '99' }, lines)).toEqual([])
  })

  it('count a fill of yesterday that comes late for yesterday', () => {
    const day = 86_400_000
    const lines = [
      on('BTCUSDT', day + 1000),
      on('BTCUSDT', day + 5000),
      on('BTCUSDT', day - 1),
      mark(day + 6000, 'SOLUSDT'),
      opening(day + 6001, 'SOLUSDT'),
    ]

    expect(codes({ maxDailyTrades: 2 }, lines)).toEqual(['maxDailyTradesReached'])
    expect(codes({ maxDailyTrades: 3 }, lines)).toEqual([])
  })

  it('count the trades of the UTC day, of all books', () => {
    const day = 86_400_000
    const lines = [
      on('BTCUSDT', day - 1),
      on('BTCUSDT', day + 1),
      on('ETHUSDT', day + 2),
      mark(day + 3, 'SOLUSDT'),
      opening(day + 500, 'SOLUSDT'),
    ]

    expect(codes({ maxDailyTrades: 2 }, lines)).toEqual(['maxDailyTradesReached'])
    expect(codes({ maxDailyTrades: 3 }, lines)).toEqual([])
  })

  it('count the margin of other books', () => {
    // 0.01 · 50 000 ÷ 10 = 50 each: two are held, a third would make 150
    expect(codes({ maxMarginUsed: '149' }, [...held, opening(3000, 'SOLUSDT')])).toEqual(['marginTooLarge'])
    expect(codes({ maxMarginUsed: '150' }, [...held, opening(3000, 'SOLUSDT')])).toEqual([])
  })

  it('are of one account: another has its own', () => {
    const lines = [
      on('BTCUSDT', 1000, { account: 'sub' }),
      on('BTCUSDT', 1001, { account: 'sub' }),
      mark(2000, 'SOLUSDT'),
      opening(3000, 'SOLUSDT'),
    ]

    expect(codes({ maxTranchesGlobal: 1 }, lines)).toEqual([])
    expect(codes({ maxActivePositions: 1 }, lines)).toEqual([])
    expect(codes({ maxDailyTrades: 1 }, lines)).toEqual([])
    expect(codes({ maxMarginUsed: '60' }, lines)).toEqual([])
  })
})

describe('refusals', () => {
  it('are listed with their input and change nothing', () => {
    const result = ran([buy(1, '1'), { type: 'mark', time: 2, price: '0' }, buy(3, '1', { positionSide: 'BOTH' })])

    expect(result.refused.map(({ refusal }) => refusal.code)).toEqual(['mark.price', 'input.position-mode'])
    expect(open(only(result))).toBe('T1 1')
  })

  it('are none where an input simply decides nothing', () => {
    const result = ran([buy(1, '1'), buy(1, '1'), { type: 'mark', time: 2, price: '50001' }, { type: 'tick', time: 3 }])

    expect(result.refused).toEqual([])
  })
})

describe('a changed configuration', () => {
  it('holds for its book from then on', () => {
    const change = { type: 'command', time: 5, command: 'configure', options: { closingStrategy: 'FIFO' } }
    const { book } = only(ran([buy(1, '1'), buy(2, '2'), change, sell(6, '1')]))

    expect(book.groups.LONG.tranches.map(({ id }) => id)).toEqual(['T2'])
    expect(formatMoney(book.groups.LONG.cost)).toBe('100000')
  })
})
