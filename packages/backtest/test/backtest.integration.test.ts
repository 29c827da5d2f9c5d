import { type BookEvent, parseConfig, parsePrice, type TranchebookConfig } from '@tranchebook/core'
import { ASTER_BEHAVIOUR, type Bar } from '@tranchebook/simulator'
import { describe, expect, it } from 'vitest'
import {
  backtest,
  type BacktestResult,
  enterRegularly,
  followDips,
  parseBars,
  rulesForBars,
  type Strategy,
} from '../src/index.js'

const SYMBOL = 'BTCUSDT'
const START = Date.UTC(2026, 0, 5)
const MINUTE_MS = 60_000

function bar(index: number, prices: readonly [string, string, string, string]): Bar {
  const [open, high, low, close] = prices.map(parsePrice)
  return {
    symbol: SYMBOL,
    openTime: START + index * MINUTE_MS,
    durationMs: MINUTE_MS,
    open: open!,
    high: high!,
    low: low!,
    close: close!,
  }
}

/** Flat at 50 000, a fall to 47 400, then a rise over every target. */
const STORY = [
  bar(0, ['50000', '50000', '50000', '50000']),
  bar(1, ['50000', '50010', '47400', '47400']),
  bar(2, ['47400', '48000', '47300', '48000']),
  bar(3, ['48000', '53000', '48000', '53000']),
]

function configOf(options: Readonly<Record<string, unknown>>, positionMode = 'HEDGE'): TranchebookConfig {
  const defaults = { slPercent: '10', tpPercent: '5', maxTranches: 3, ...options }
  return parseConfig({ positionMode, defaults, symbols: { [SYMBOL]: {} } })
}

/** One LONG entry after the first bar. */
function enterOnce(): Strategy {
  let isDone = false
  return {
    name: 'once',
    async onBar(_bar, { manager }) {
      if (isDone) return
      isDone = true
      await manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01' })
    },
  }
}

async function play(config: TranchebookConfig, strategy = enterOnce()): Promise<BacktestResult> {
  return backtest({ markets: [{ rules: rulesForBars(SYMBOL, STORY), bars: STORY }], config, strategy })
}

function typesOf({ books }: BacktestResult): readonly BookEvent['type'][] {
  return books.flatMap(({ events }) => events.map(({ type }) => type))
}

describe('backtest', () => {
  it('runs the manager: a tranche opens, is protected, is isolated and takes its profit', async () => {
    const result = await play(configOf({}))
    expect(result.bars).toBe(STORY.length)
    expect(typesOf(result)).toEqual(expect.arrayContaining(['TrancheOpened', 'TrancheIsolated', 'TrancheClosed']))
    const closed = result.books[0]!.events.find((event) => event.type === 'TrancheReduced')
    // Entry at 50 000, target 5 % above; 0.01 × 2 500 = 25.
    expect(closed).toMatchObject({ price: '52500', realizedPnl: '25', reason: 'takeProfit' })
    expect(result.agreement.filter(({ agrees }) => !agrees)).toEqual([])
    expect(result.unprotectedMs).toBe(0)
  })

  it('ends with a closing rule that is broken', async () => {
    const closingRules = new Map([['none', () => []]])
    const written = {
      positionMode: 'HEDGE',
      defaults: { slPercent: '3', protection: 'COMBINED', closingStrategy: 'none' },
    }
    const config = parseConfig({ ...written, symbols: { [SYMBOL]: {} } }, { closingRules: ['none'] })
    const markets = [{ rules: rulesForBars(SYMBOL, STORY), bars: STORY }]

    await expect(backtest({ markets, config, strategy: enterOnce(), closingRules })).rejects.toMatchObject({
      code: 'closing.rule-broken',
    })
  })

  it('fills a stop inside a bar at its own price', async () => {
    const result = await play(configOf({ slPercent: '3' }))
    // 3 % below 50 000; the venue fills a stop at market, a tick of spread below its trigger at most.
    const closed = result.books[0]!.events.find((event) => event.type === 'TrancheReduced')
    expect(closed).toMatchObject({ price: '48500', reason: 'stop' })
  })

  it('comes to the same events whenever it is run', async () => {
    const [first, again] = [await play(configOf({}), followDips()), await play(configOf({}), followDips())]
    expect(again.books.map(({ events }) => events)).toEqual(first.books.map(({ events }) => events))
  })

  it('agrees with the venue in one-way mode, combined, on Aster, with levels', async () => {
    const scaledTpLevels = [
      { profitPercent: '2', closePercent: '50' },
      { profitPercent: '4', closePercent: '50' },
    ]
    const options = { protection: 'COMBINED', enableScaledTakeProfit: true, scaledTpLevels }
    const markets = [{ rules: rulesForBars(SYMBOL, STORY), bars: STORY }]
    const config = configOf(options, 'ONE_WAY')
    const strategy = followDips({ sides: ['LONG'] })
    const result = await backtest({ markets, config, strategy, behaviour: ASTER_BEHAVIOUR })
    expect(typesOf(result)).toContain('TrancheOpened')
    expect(result.agreement.filter(({ agrees }) => !agrees)).toEqual([])
  })

  it('says what it cannot play', async () => {
    const config = parseConfig({ symbols: { ETHUSDT: {} } })
    await expect(play(config)).rejects.toThrow('got BTCUSDT: add it there')
    const markets = [{ rules: rulesForBars(SYMBOL, []), bars: [] }]
    await expect(backtest({ markets, config: configOf({}), strategy: enterOnce() })).rejects.toThrow('expected bars of')
  })
})

describe('options that would trade nothing', () => {
  it.each([
    [() => enterRegularly({ amount: '-5' }), 'amount: expected an amount above 0; got -5'],
    [() => enterRegularly({ everyBars: 0 }), 'everyBars: expected a whole number from 1; got 0'],
    [() => followDips({ amount: '0' }), 'amount: expected an amount above 0; got 0'],
    [() => followDips({ movePercent: '-1' }), 'movePercent: expected more than 0; got -1'],
  ])('are refused: %s', (make, message) => {
    expect(make).toThrow(message)
  })

  it('so is a wallet', async () => {
    const markets = [{ rules: rulesForBars(SYMBOL, STORY), bars: STORY }]
    const playing = backtest({ markets, config: configOf({}), strategy: enterOnce(), wallet: '-5' })
    await expect(playing).rejects.toThrow('wallet: expected an amount above 0; got -5')
  })
})

describe('recorded bars', () => {
  it('are read with the span between them', () => {
    const text = 'openTime,open,high,low,close,volume\n1000,2,3,1,2.5,9\n61000,2.5,2.6,2.4,2.5,1\n'
    const [first, second] = parseBars(text, SYMBOL)
    expect(first).toMatchObject({ openTime: 1000, durationMs: MINUTE_MS, high: parsePrice('3'), low: parsePrice('1') })
    expect(second).toMatchObject({ high: parsePrice('2.6'), low: parsePrice('2.4') })
  })

  it.each([
    ['time,price\n1,2\n', 'line 1: expected a bar with openTime, open, high, low, close'],
    ['openTime,open,high,low,close\n1,2,3\n', 'line 2'],
    ['openTime,open,high,low,close\n2,1,1,1,1\n1,1,1,1,1\n', 'line 3: expected a bar'],
    [
      'openTime,open,high,low,close\n1,95,90,99,95\n',
      'got a high or a low that its other prices lie beyond: 1,95,90,99,95',
    ],
    ['openTime,open,high,low,close\n1,95,96,94,97\n', 'line 2'],
    ['openTime,open,high,low,close\n1,93,96,94,95\n', 'line 2'],
  ])('that are none are refused: %j', (text, message) => {
    expect(() => parseBars(text, SYMBOL)).toThrow(message)
  })

  it('give the rules of their symbol: the tick is the finest step of their prices', () => {
    const { instrument } = rulesForBars(SYMBOL, [bar(0, ['50000', '50000.1', '49999.95', '50000'])])
    expect([instrument.tickSize, instrument.stepSize]).toEqual([parsePrice('0.01'), parsePrice('0.001')])
  })
})
