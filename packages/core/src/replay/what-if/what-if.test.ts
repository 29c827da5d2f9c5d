import { describe, expect, it } from 'vitest'
import { runOptions } from '../../../test/random-runs.js'
import { clientOrderIdOf } from '../../book/client-order-id.js'
import type { Input } from '../../observe/inputs.js'
import { parseInput } from '../../observe/parse-input.js'
import { type BookWhatIf, whatIf } from './what-if.js'

const at = { symbol: 'BTCUSDT', positionSide: 'LONG', feeAsset: 'USDT', fee: '0' }
const buy = { ...at, type: 'fill', side: 'BUY', quantity: '1' }
const sell = { ...at, type: 'fill', side: 'SELL', quantity: '1' }
const mark = { ...at, type: 'mark' }
const open = { ...at, type: 'command', command: 'openTranche', side: 'LONG', quantity: '1' }
const ours = (intent: number): string => clientOrderIdOf({ stream: 'main/BTCUSDT', intent, attempt: 1 })

function inputs(...lines: readonly object[]): readonly Input[] {
  return lines.map((line, sequence) => parseInput(line, { account: 'main', positionMode: 'HEDGE', sequence }))
}

function compare(recorded: readonly Input[], base: object, other: object): BookWhatIf {
  const [book] = whatIf(recorded, runOptions('HEDGE', { ...base }), runOptions('HEDGE', { ...other })).books
  if (book === undefined) throw new Error('expected one book')
  return book
}

describe('another closing rule on the same fills', () => {
  const recorded = inputs(
    { ...buy, time: 1000, price: '100', tradeId: '1' },
    { ...buy, time: 2000, price: '90', tradeId: '2' },
    { ...sell, time: 3000, price: '96', tradeId: '3' },
    { ...mark, time: 4000, price: '97' },
  )
  const lifo = { closingStrategy: 'LIFO', instantTakeProfit: false }
  const fifo = { ...lifo, closingStrategy: 'FIFO' }
  const book = compare(recorded, lifo, fifo)

  it('moves P&L between tranches and leaves the total where it was', () => {
    // LIFO closes 2: +6, 1 stands at −3; FIFO closes 1: −4, 2 stands at +7. Both 3.
    expect(book.groups[0]).toEqual({
      side: 'LONG',
      base: { quantity: '1', realizedPnl: '6', unrealizedPnl: '-3' },
      other: { quantity: '1', realizedPnl: '-4', unrealizedPnl: '7' },
    })
    expect(book.isSameTotal).toBe(true)
    expect(book.attribution).toEqual([
      {
        side: 'LONG',
        tradeId: '1',
        base: { tranche: 'T1', realizedPnl: '0', unrealizedPnl: '-3' },
        other: { tranche: 'T1', realizedPnl: '-4', unrealizedPnl: '0' },
      },
      {
        side: 'LONG',
        tradeId: '2',
        base: { tranche: 'T2', realizedPnl: '6', unrealizedPnl: '0' },
        other: { tranche: 'T2', realizedPnl: '0', unrealizedPnl: '7' },
      },
    ])
  })

  it('is no different order and makes no fill hypothetical', () => {
    expect(book).toMatchObject({ orders: { onlyBase: [], onlyOther: [] }, hypothetical: [] })
  })
})

describe('limits that would have refused an entry', () => {
  const recorded = inputs(
    { ...mark, time: 900, price: '100' },
    { ...open, time: 1000 },
    { ...buy, time: 1010, price: '100', tradeId: '1', clientOrderId: ours(1) },
    { ...open, time: 2000 },
    { ...buy, time: 2010, price: '100', tradeId: '2', clientOrderId: ours(2) },
    { ...mark, time: 3000, price: '103' },
  )
  const book = compare(recorded, { maxTranches: 3 }, { maxTranches: 1 })

  it('makes the fill impossible, and keeps its worth apart', () => {
    expect(book.hypothetical).toEqual([
      {
        tradeId: '2',
        time: 2010,
        kind: 'impossible',
        why: expect.stringContaining('the entry would have been refused: 1 active tranches') as unknown,
        pnl: '3',
      },
    ])
    expect(book.orders.onlyBase.map(({ purpose, clientOrderId }) => [purpose, clientOrderId])).toEqual([
      ['entry', ours(2)],
    ])
    expect(book.orders.onlyOther).toEqual([])
    expect(book.decisions.onlyOther.map(({ type }) => type)).toEqual(['EntryRefused'])
  })

  it('judges fills that nobody asked for by the same limits', () => {
    const external = inputs(
      { ...buy, time: 1000, price: '100', tradeId: '1' },
      { ...buy, time: 2000, price: '90', tradeId: '2' },
      { ...sell, time: 3000, price: '96', tradeId: '3' },
    )
    const { hypothetical } = compare(external, { maxTranches: 3 }, { maxTranches: 1 })
    expect(hypothetical).toMatchObject([{ tradeId: '2', kind: 'impossible', pnl: '6' }])
    expect(compare(external, { maxTranches: 3 }, { maxTranches: 2 }).hypothetical).toEqual([])
  })

  it('does not know the worth of an open entry without a mark', () => {
    const external = inputs(
      { ...buy, time: 1000, price: '100', tradeId: '1' },
      { ...buy, time: 2000, price: '90', tradeId: '2' },
    )
    expect(compare(external, { maxTranches: 3 }, { maxTranches: 1 }).hypothetical).toMatchObject([
      { tradeId: '2', pnl: null },
    ])
  })
})

describe('exits that only one configuration sends', () => {
  const recorded = inputs(
    { ...buy, time: 1000, price: '100', tradeId: '1' },
    { ...mark, time: 2000, price: '94' },
    { ...mark, time: 3000, price: '101' },
    { ...sell, time: 3010, price: '101', tradeId: '2', clientOrderId: ours(1) },
  )
  const held = { trancheAutoCloseIsolated: false, instantTakeProfit: false }
  const closing = { ...held, trancheAutoCloseIsolated: true }

  it('makes the fill of an exit that would not have been sent unneeded', () => {
    const book = compare(recorded, closing, held)
    expect(book.hypothetical).toEqual([
      {
        tradeId: '2',
        time: 3010,
        kind: 'unneeded',
        why: 'its exit order (recovery) would not have been sent',
        pnl: '1',
      },
    ])
    expect(book.orders.onlyBase.map(({ reason, causationId }) => [reason, causationId])).toEqual([
      ['recovery', 'mark:3000'],
    ])
    expect(book.isSameTotal).toBe(true)
  })

  it('lists the order of the other configuration without inventing a fill for it', () => {
    const book = compare(recorded.slice(0, 3), held, closing)
    expect(book.orders.onlyOther.map(({ reason }) => reason)).toEqual(['recovery'])
    expect(book.groups[0]).toMatchObject({ base: { quantity: '1' }, other: { quantity: '1' } })
    expect(book.hypothetical).toEqual([])
  })

  it('does not give a recorded fill to another order that got the same name', () => {
    const calm = { ...closing, trancheIsolationThreshold: '50', maxPositionLoss: '5' }
    const book = compare(recorded, closing, calm)
    // Both runs call their first order the same; in the other one it closes at a loss of 6, and stays unfilled.
    expect(book.orders.onlyOther.map(({ reason, clientOrderId }) => [reason, clientOrderId])).toEqual([
      ['maxPositionLoss', ours(1)],
    ])
    expect(book.hypothetical).toMatchObject([{ tradeId: '2', kind: 'unneeded' }])
  })
})

describe('a what-if between equals', () => {
  it('says that nothing differs', () => {
    const recorded = inputs({ ...buy, time: 1000, price: '100', tradeId: '1' }, { ...mark, time: 2000, price: '94' })
    const options = runOptions('HEDGE', {})
    const { books } = whatIf(recorded, options, options)
    expect(books).toMatchObject([
      {
        isSameTotal: true,
        attribution: [],
        orders: { onlyBase: [], onlyOther: [] },
        decisions: { onlyBase: [], onlyOther: [] },
        hypothetical: [],
      },
    ])
    expect(whatIf([], options, options).books).toEqual([])
  })
})
