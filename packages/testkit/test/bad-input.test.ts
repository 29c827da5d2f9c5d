import {
  configFor,
  InputError,
  parseConfig,
  parseInput,
  runBook,
  stateHash,
  TranchebookError,
  unknownInstrument,
} from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import type { MarketTexts } from '../src/arbitraries/instruments.js'
import type { InputLine } from '../src/lines/input-line.js'
import { feed } from './feed.js'
import { bookOf, groupOf, replay } from './replay.js'
import { WatchedBook } from './watched-book.js'

const SYMBOL = 'BTCUSDT'
const FILL = {
  type: 'fill',
  time: 2000,
  symbol: SYMBOL,
  side: 'BUY',
  positionSide: 'LONG',
  quantity: '0.1',
  price: '50000',
  fee: '2',
  feeAsset: 'USDT',
  tradeId: '2',
}

const PLAIN: MarketTexts = {
  symbol: SYMBOL,
  quoteAsset: 'USDT',
  tickSize: '0',
  stepSize: '0',
  minQuantity: '0',
  minNotional: '0',
  startPrice: '50000',
}

/** A book with one tranche, and whatever is told to it next: the refusal or the error, and whether the book is as it was. */
function tell(line: unknown): { readonly said: string; readonly isUntouched: boolean } {
  const config = parseConfig({ positionMode: 'HEDGE' })
  const run = runBook(
    { account: 'main', symbol: SYMBOL, positionMode: 'HEDGE' },
    {
      config: configFor(config, SYMBOL),
      limits: config.limits,
      instrument: unknownInstrument(SYMBOL),
      readiness: { isLive: true, reasons: [] },
      sending: 'trade',
      conditionalRoom: null,
      closingRules: new Map(),
    },
  )
  const defaults = { account: 'main', positionMode: 'HEDGE', sequence: 1 } as const
  run.take(parseInput({ ...FILL, time: 1000, tradeId: '1' }, defaults))
  const before = stateHash(run.book)
  const said = ((): string => {
    try {
      const { events, refusal } = run.take(parseInput(line, defaults))
      return refusal === null ? events.map(({ type }) => type).join() : `${refusal.code}: ${refusal.message}`
    } catch (error) {
      if (!(error instanceof TranchebookError)) throw error
      return `${error.code}: ${error.message}`
    }
  })()
  return { said, isUntouched: stateHash(run.book) === before }
}

describe('bad input: a stated error or refusal, and the book is as it was', () => {
  it.each([
    ['NaN as a number', { quantity: Number.NaN }, /input\.malformed: quantity: .*as text/],
    ['NaN as text', { quantity: 'NaN' }, /input\.malformed: quantity: expected a plain decimal.*NaN/],
    ['Infinity', { price: 'Infinity' }, /input\.malformed: price: expected a plain decimal/],
    ['a negative quantity', { quantity: '-0.1' }, /input\.malformed: quantity: expected a quantity above 0.*-0\.1/],
    ['a quantity of 0', { quantity: '0' }, /input\.malformed: quantity: expected a quantity above 0/],
    ['a price of 0', { price: '0' }, /input\.malformed: price: expected a price above 0/],
    ['a negative price', { price: '-1' }, /input\.malformed: price: expected a price above 0/],
    ['a number where text is due', { price: 50_000 }, /input\.malformed: price: .*as text/],
    ['an exponent', { quantity: '1e-3' }, /input\.malformed: quantity: expected a plain decimal.*1e-3/],
    ['more decimals than are carried', { quantity: '0.0000000000001' }, /input\.malformed: quantity: .*12 decimals/],
    ['more decimals of money than are carried', { fee: '0.0000000000000000000000001' }, /fee: .*24 decimals/],
    ['an id above 2^53 as a number', { tradeId: 2 ** 53 }, /tradeId: expected an id as text.*2\^53/],
    ['a side that does not exist', { side: 'LONG' }, /input\.malformed: side: expected "BUY", "SELL", got "LONG"/],
    ['a missing price', { price: undefined }, /input\.malformed: price/],
    ['a time in seconds with a fraction', { time: 1.5 }, /time: expected epoch milliseconds/],
    ['another symbol', { symbol: 'ETHUSDT' }, /input\.wrong-book: expected an input of main\/BTCUSDT.*ETHUSDT/],
    ['another account', { account: 'other' }, /input\.wrong-book: expected an input of main\/BTCUSDT, got .*other/],
  ])('fill: %s', (_what, change, expected) => {
    const { said, isUntouched } = tell({ ...FILL, ...change })
    expect(said).toMatch(expected)
    expect(isUntouched).toBe(true)
  })

  it('code −4061: a fill or a report of the other position mode', () => {
    const fill = tell({ ...FILL, positionSide: 'BOTH' })
    const report = tell({ type: 'position', time: 2000, symbol: SYMBOL, positionSide: 'BOTH', quantity: '0.1' })
    for (const { said, isUntouched } of [fill, report]) {
      expect(said).toMatch(/input\.position-mode: expected positionSide LONG or SHORT \(hedge mode\).*got BOTH/)
      expect(isUntouched).toBe(true)
    }
  })

  it.each([
    ['no object', [], /input\.malformed: line: expected a JSON object/],
    ['nothing', null, /input\.malformed: line: expected a JSON object/],
    ['an unknown type', { type: 'trade', time: 1, symbol: SYMBOL }, /type: expected "fill", "mark".*got "trade"/],
    [
      'a mark of 0',
      { type: 'mark', time: 2000, symbol: SYMBOL, price: '0' },
      /mark\.price: expected a mark price above 0/,
    ],
    [
      'a negative LONG quantity',
      { type: 'position', time: 2000, symbol: SYMBOL, positionSide: 'LONG', quantity: '-1' },
      /quantity: expected a LONG quantity of at least 0/,
    ],
    ['funding without an amount', { type: 'funding', time: 2000, symbol: SYMBOL, id: '1' }, /amount is missing/],
    [
      'an unknown command',
      { type: 'command', time: 2000, symbol: SYMBOL, command: 'closeTranches' },
      /command: expected .*"closeTranche".*got "closeTranches"/,
    ],
    [
      'a command with a quantity of 0',
      { type: 'command', time: 2000, symbol: SYMBOL, command: 'closeTranche', tranche: 'T1', quantity: '0' },
      /quantity: expected a quantity above 0/,
    ],
  ])('line: %s', (_what, line, expected) => {
    const { said, isUntouched } = tell(line)
    expect(said).toMatch(expected)
    expect(isUntouched).toBe(true)
  })

  it('a malformed input is an InputError with the field and what was expected', () => {
    const parse = (): unknown =>
      parseInput({ ...FILL, quantity: '1e5' }, { account: 'main', positionMode: null, sequence: 1 })
    expect(parse).toThrow(InputError)
    expect(parse).toThrow(
      expect.objectContaining({
        code: 'input.malformed',
        details: expect.objectContaining({ field: 'quantity' }) as object,
      }) as Error,
    )
  })

  it('a command about a tranche that is not open is a recorded refusal; no quantity moves', () => {
    const { said } = tell({ type: 'command', time: 2000, symbol: SYMBOL, command: 'closeTranche', tranche: 'T9' })
    expect(said).toContain('CommandRefused')
  })

  it('a close for a book that is flat moves no quantity and realizes nothing: it waits, then is a conflict', () => {
    const inputs = feed().buy('0.1', '50000').sell('0.1', '51000').sell('0.1', '52000').wait(10_000).mark('52000')
    const run = replay(inputs.lines)
    expect(groupOf(run)).toMatchObject({ quantity: '0', realizedPnl: '100', tranches: [{ status: 'closed' }] })
    expect(bookOf(run).book.groups.LONG.unmatched).toMatchObject([{ tradeId: '3', isOrphan: true }])
    expect(bookOf(run).book.conflict).toBe('closeExceedsOpen')
  })

  it('a fill older than the oldest that is remembered is refused: nobody can tell whether it was booked', () => {
    const watched = new WatchedBook(PLAIN, { positionMode: 'HEDGE', defaults: {} })
    const line = (id: number): InputLine =>
      ({
        ...FILL,
        type: 'fill',
        side: id % 2 === 0 ? 'SELL' : 'BUY',
        positionSide: 'LONG',
        time: id,
        tradeId: `${id}`,
      }) as const
    for (let id = 5; id < 2 * 1024 + 10; id += 1) watched.take(line(id))
    const before = stateHash(watched.book)
    const refusal = watched.refusalOf(line(4))
    expect(refusal).toMatchObject({
      code: 'fill.below-watermark',
      message: expect.stringMatching(/trade 4 is older/) as string,
    })
    expect(watched.take(line(5))).toEqual([])
    expect(stateHash(watched.book)).toBe(before)
  })

  it.each([
    [{ defaults: { maxTranche: 5 } }, /maxTranche.*did you mean.*maxTranches/is],
    [{ default: {} }, /default.*did you mean.*defaults/is],
    [{ defaults: { closingStrategy: 'LIFFO' } }, /closingStrategy.*LIFFO/s],
    [{ defaults: { tpPercent: '1e1' } }, /tpPercent/],
    [{ defaults: { maxTranches: 1.5 } }, /maxTranches/],
    [{ positionMode: 'BOTH' }, /positionMode.*HEDGE/s],
  ])('a configuration with a mistake: %o', (file, expected) => {
    expect(() => parseConfig(file)).toThrow(expected)
  })
})
