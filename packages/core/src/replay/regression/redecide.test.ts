import { describe, expect, it } from 'vitest'
import { runOptions } from '../../../test/random-runs.js'
import type { BookEvent } from '../../book/events.js'
import type { Input } from '../../observe/inputs.js'
import { parseInput } from '../../observe/parse-input.js'
import { runInputs } from '../run-inputs.js'
import { redecideInputs } from './redecide-inputs.js'
import { redecideLog } from './redecide-log.js'
import { formatRegression } from './regression-report.js'

const at = { symbol: 'BTCUSDT', positionSide: 'LONG', feeAsset: 'USDT', fee: '0' }
const buy = { ...at, type: 'fill', side: 'BUY', quantity: '0.001' }
const INPUTS: readonly Input[] = [
  { ...buy, time: 1000, price: '50000', tradeId: '1' },
  { ...buy, time: 2000, price: '49000', tradeId: '2' },
  { ...at, type: 'command', command: 'openTranche', side: 'LONG', time: 2500, quantity: '0.001' },
  { ...at, type: 'fill', side: 'SELL', time: 3000, quantity: '0.001', price: '49500', tradeId: '3' },
  { ...at, type: 'mark', time: 4000, price: '47000' },
].map((line, sequence) => parseInput(line, { account: 'main', positionMode: 'HEDGE', sequence }))

const LIFO = runOptions('HEDGE', { closingStrategy: 'LIFO' })
const FIFO = runOptions('HEDGE', { closingStrategy: 'FIFO' })
const LOG: readonly BookEvent[] = runInputs(INPUTS, LIFO).books[0]?.events ?? []

function changed(index: number, change: object): readonly BookEvent[] {
  return LOG.map((event, place) => (place === index ? { ...event, ...change } : event))
}

describe('deciding a log again from its events', () => {
  it('finds all as recorded, and says what it could not decide again', () => {
    const report = redecideLog(LOG, LIFO)
    expect(report).toMatchObject({ stream: 'main/BTCUSDT', events: LOG.length, decisions: 4, differences: [] })
    // No mark was known at that time, so the entry was refused; nothing says which one had been asked for.
    expect(report.notRebuilt).toEqual([
      {
        index: 5,
        events: 1,
        reason: 'an entry: its signal, the readiness and the account at that moment are not in the log',
      },
    ])
    expect(formatRegression(report)).toEqual([
      `main/BTCUSDT: ${LOG.length} events, 4 decisions made again, all as recorded`,
      '1 decisions not made again:',
      '  1 × an entry: its signal, the readiness and the account at that moment are not in the log',
    ])
  })

  it('tells a fill from the later report of its fee, although both carry one id', () => {
    const fill = {
      ...at,
      type: 'fill',
      side: 'SELL',
      positionSide: 'BOTH',
      quantity: '0.3',
      price: '80',
      tradeId: '125',
    }
    const lines = [
      { ...at, type: 'mark', time: 1000, price: '80' },
      { ...fill, time: 1000, fee: null },
      { ...fill, time: 1001, fee: '10' },
    ]
    const inputs = lines.map((line, sequence) =>
      parseInput(line, { account: 'main', positionMode: 'ONE_WAY', sequence }),
    )
    const { books } = runInputs(inputs, runOptions('ONE_WAY', {}))
    const log = books[0]?.events ?? []
    expect(log.map(({ type }) => type)).toContain('FillFeeBooked')
    expect(redecideLog(log, runOptions('ONE_WAY', {}))).toMatchObject({ decisions: 2, differences: [], notRebuilt: [] })
  })

  it('names the first event that would fall otherwise, and its fields', () => {
    const report = redecideLog(LOG, FIFO)
    const [first] = report.differences
    expect(first).toMatchObject({
      index: 7,
      expected: { type: 'TrancheReduced', tranche: 'T2' },
      got: { type: 'TrancheReduced', tranche: 'T1' },
    })
    expect(first?.fields).toContainEqual({ field: 'tranche', expected: 'T2', got: 'T1' })
    expect(first?.fields).toContainEqual({ field: 'realizedPnl', expected: '0.5', got: '-0.5' })
    expect(formatRegression(report)).toContain(
      'main/BTCUSDT event 7 (version 8), caused by fill:3: recorded TrancheReduced, decided now TrancheReduced',
    )
    expect(formatRegression(report)).toContain('  realizedPnl: recorded "0.5", now "-0.5"')
  })

  it('judges each decision on the state it was made in: one difference does not make the next', () => {
    expect(redecideLog(LOG, FIFO).differences.map(({ index }) => index)).toEqual([7])
  })

  it('notices a recorded event that today is not decided, and one that is missing', () => {
    const isolated = LOG.findIndex(({ type }) => type === 'TrancheIsolated')
    const without = [...LOG.slice(0, isolated), ...LOG.slice(isolated + 1)]
    expect(redecideLog(without, LIFO).differences[0]).toMatchObject({
      index: isolated,
      expected: null,
      got: { type: 'TrancheIsolated' },
    })
    const calm = runOptions('HEDGE', { trancheIsolationThreshold: '50' })
    expect(redecideLog(LOG, calm).differences[0]).toMatchObject({ expected: { type: 'MarkObserved' }, got: null })
  })

  it('sees what differs deep inside an event', () => {
    const report = redecideLog(changed(2, { takeProfitPrice: '1', because: { rule: 'other' } }), LIFO)
    expect(report.differences[0]?.fields.map(({ field }) => field)).toEqual([
      'takeProfitPrice',
      'because.rule',
      'because.configured',
    ])
  })

  it('refuses a log that does not begin', () => {
    expect(() => redecideLog(LOG.slice(1), LIFO)).toThrow(
      'expected the log of a book to begin with BookOpened, got FillBooked',
    )
  })
})

describe('deciding recorded inputs again', () => {
  it('finds all as recorded', () => {
    expect(redecideInputs(INPUTS, [LOG], LIFO)).toEqual([
      { stream: 'main/BTCUSDT', events: LOG.length, decisions: 5, differences: [], notRebuilt: [] },
    ])
  })

  it('names one first difference for each log', () => {
    const [report] = redecideInputs(INPUTS, [LOG], FIFO)
    expect(report?.differences.map(({ index }) => index)).toEqual([7])
  })

  it('says so when the inputs know nothing of a log, or end before it', () => {
    expect(redecideInputs([], [LOG], LIFO)[0]?.differences[0]).toMatchObject({
      index: 0,
      expected: { type: 'BookOpened' },
      got: null,
    })
    expect(redecideInputs(INPUTS.slice(0, 1), [LOG], LIFO)[0]?.differences[0]).toMatchObject({ index: 3, got: null })
  })
})
