import { describe, expect, it } from 'vitest'
import { contextOf } from '../../test/builders/context-builder.js'
import { aLife, answers, asks, buys, type Line, marks, nets, reports } from '../../test/builders/life-builder.js'
import { emptyBook } from '../book/book.js'
import type { PositionMode } from '../config/symbol-config.js'
import type { Input } from '../observe/inputs.js'
import { parseInput } from '../observe/parse-input.js'
import { decide } from './decide.js'
import { refusalOf } from './refuse.js'

function input(line: Line, positionMode: PositionMode = 'HEDGE'): Input {
  return parseInput(
    { time: 1000, symbol: 'BTCUSDT', tradeId: '1', ...line },
    { account: 'main', positionMode, sequence: 1 },
  )
}

describe('refusalOf', () => {
  const hedge = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' })
  const net = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'ONE_WAY' })
  const context = contextOf()

  it.each<[name: string, book: typeof hedge, input: Input, code: string, says: string]>([
    [
      'another symbol',
      hedge,
      input(buys('1', '1', { symbol: 'ETHUSDT' })),
      'input.wrong-book',
      'expected an input of main/BTCUSDT, got one of main/ETHUSDT',
    ],
    ['another account', hedge, input(buys('1', '1', { account: 'sub' })), 'input.wrong-book', 'got one of sub/BTCUSDT'],
    [
      'a net fill in hedge mode',
      hedge,
      input(nets('BUY', '1', '1')),
      'input.position-mode',
      'expected positionSide LONG or SHORT (hedge mode) for main/BTCUSDT, got BOTH',
    ],
    [
      'a LONG fill in one-way mode',
      net,
      input(buys('1', '1')),
      'input.position-mode',
      'expected positionSide BOTH (one-way mode) for main/BTCUSDT, got LONG',
    ],
    [
      'a net report in hedge mode',
      hedge,
      input({ ...reports('1'), positionSide: 'BOTH' }),
      'input.position-mode',
      'got BOTH',
    ],
    [
      'a SHORT report in one-way mode',
      net,
      input({ ...reports('1'), positionSide: 'SHORT' }),
      'input.position-mode',
      'got SHORT',
    ],
    ['a mark of 0', hedge, input(marks('0')), 'mark.price', 'expected a mark price above 0, got 0: it is not a price'],
    [
      'a fill of 0',
      hedge,
      { ...input(buys('1', '1')), quantity: 0n } as Input,
      'fill.quantity',
      'expected a fill quantity above 0, got 0 for trade 1',
    ],
    [
      'a fill below 0',
      hedge,
      { ...input(buys('1', '1')), quantity: -5n } as Input,
      'fill.quantity',
      'got -0.000000000005',
    ],
    [
      'a fill at 0',
      hedge,
      { ...input(buys('1', '1')), price: 0n } as Input,
      'fill.price',
      'expected a fill price above 0, got 0 for trade 1',
    ],
    [
      'a LONG report below 0',
      hedge,
      { ...input(reports('1')), quantity: -1n } as Input,
      'position.quantity',
      'expected a LONG quantity of at least 0, got -0.000000000001',
    ],
  ])('says no to %s', (_name, book, given, code, says) => {
    expect(refusalOf(book, given, context)).toMatchObject({ code })
    expect(refusalOf(book, given, context)?.message).toContain(says)
    expect(decide(book, given, context)).toEqual([])
  })

  it.each<[string, Line]>([
    ['a fill', buys('1', '1')],
    ['a mark', marks('1')],
    ['a flat position', reports('0')],
    ['an order', answers('x', 'filled')],
    ['funding', { type: 'funding', amount: '0' }],
    ['a tick', { type: 'tick' }],
    ['a review', { type: 'review' }],
    ['a command', asks('flatten')],
  ])('has nothing against %s', (_name, line) => {
    expect(refusalOf(hedge, input(line), context)).toBeNull()
  })

  it('takes a signed net position', () => {
    expect(refusalOf(net, input({ ...reports('-1'), positionSide: 'BOTH' }, 'ONE_WAY'), context)).toBeNull()
  })
})

describe('deciding', () => {
  it('leaves the book as it was, and gives the same events for the same arguments', () => {
    const { book } = aLife()
    const before = structuredClone({ ...book, groups: book.groups })
    const given = input(buys('1', '1'))

    expect(decide(book, given, contextOf())).toEqual(decide(book, given, contextOf()))
    expect({ ...book, groups: book.groups }).toEqual(before)
  })

  it('records a mark that decides nothing as often as is configured', () => {
    const life = aLife({ config: { markSampleMs: 5000 } })
    life.tell(buys('1', '50000', { time: 1000 }))

    expect(life.tell(marks('50001', { time: 2000 }))).toHaveLength(1)
    expect(life.tell(marks('50002', { time: 6999 }))).toEqual([])
    expect(life.tell(marks('50003', { time: 7000 }))).toMatchObject([
      { type: 'MarkObserved', price: '50003', high: '50003', low: '50001' },
    ])
  })

  it('passes over a mark older than the newest, recorded or not', () => {
    const life = aLife({ config: { markSampleMs: 0 } })
    life.tellAll([buys('1', '50000', { time: 1000 }), marks('50000', { time: 3000 })])

    expect(life.tell(marks('10', { time: 2999 }))).toEqual([])
  })
})
