import { describe, expect, it } from 'vitest'
import {
  aBook,
  aFill,
  anOrder,
  answersOf,
  refused,
  reviewOf,
  settled,
  type TrancheText,
} from '../../test/builders/book-builder.js'
import { contextOf } from '../../test/builders/context-builder.js'
import { eventOf, levelText } from '../../test/builders/events-builder.js'
import { orderText } from '../../test/builders/plan-text.js'
import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import { decide } from '../decide/decide.js'
import { evolveAll } from '../evolve/copy-book.js'
import { formatMoney } from '../money/money.js'
import { parsePrice } from '../money/price.js'
import { formatQuantity, parseQuantity } from '../money/quantity.js'
import { coverage } from './coverage.js'

const T1: TrancheText = { id: 'T1', price: '50000', quantity: '0.1', stop: '49000', takeProfit: '52500' }
const T2: TrancheText = { ...T1, id: 'T2', price: '49500', stop: '48500', takeProfit: '52000' }
const SCALED: TrancheText = {
  ...T1,
  levels: [levelText('3', '51500', '0.04'), levelText('5', '52500', '0.03'), levelText('8', '54000', '0.03')],
}
const CALM = contextOf()

/** Protective orders that rest, in words. */
function textsOf(book: TrancheBook): string[] {
  return [...book.orders.values()].map(orderText).toSorted()
}

function orderAt(book: TrancheBook, price: string): string {
  const at = parsePrice(price)
  const found = [...book.orders.values()].find((order) => order.price === at || order.triggerPrice === at)
  if (found === undefined) throw new Error(`no order at ${price}: ${textsOf(book).join('; ')}`)
  return found.clientOrderId
}

let trades = 0

/** The venue fills an order at its price; the reviews and answers that follow come to rest. */
function fillAt(book: TrancheBook, price: string, quantity: string, context: DecisionContext = CALM): TrancheBook {
  trades += 1
  const input = aFill(book, { order: orderAt(book, price), quantity, tradeId: `${trades}`, price })
  const filled = evolveAll(book, decide(book, input, context))
  const done = [...filled.orders.values()].filter((order) => order.quantity !== null && order.filled === order.quantity)
  const events = done.map(({ clientOrderId }) =>
    eventOf('OrderClosed', 5, { clientOrderId, status: 'filled', filledQuantity: null }),
  )
  return settled(evolveAll(filled, events), context)
}

describe('acceptance row 10, from the first order to the last fill', () => {
  it('climbs the ladder: stop 49 000 → 50 000 → 51 500 → 52 500 with 255 earned', () => {
    const config = { enableScaledTakeProfit: true }
    const context = contextOf({ config })
    let book = settled(aBook([SCALED]), context)
    expect(textsOf(book)).toContain('SELL stop 0.1 at 49000 for T1 0.1')
    book = fillAt(book, '51500', '0.04', context)
    expect(textsOf(book)).toEqual([
      'SELL stop 0.06 at 50000 for T1 0.06',
      'SELL takeProfit 2 0.03 at 52500 for T1 0.03',
      'SELL takeProfit 3 0.03 at 54000 for T1 0.03',
    ])
    book = fillAt(book, '52500', '0.03', contextOf({ config, mark: '52000' }))
    expect(textsOf(book)).toEqual([
      'SELL stop 0.03 at 51500 for T1 0.03',
      'SELL takeProfit 3 0.03 at 54000 for T1 0.03',
    ])
    book = fillAt(book, '54000', '0.03', contextOf({ config, mark: '53000' }))
    expect(textsOf(book)).toEqual([])
    expect(formatMoney(book.groups.LONG.realizedPnl)).toBe('255')
  })
})

describe('acceptance row 5: one isolated and one active tranche of 0.001', () => {
  it('a stop fill of 0.002 closes both', () => {
    const config = { protection: 'COMBINED', combinedIncludesIsolated: true } as const
    const context = contextOf({ config })
    const small = { quantity: '0.001', takeProfit: null }
    const book = settled(
      aBook([
        { ...T1, ...small, isolated: true },
        { ...T2, ...small },
      ]),
      context,
    )
    const after = fillAt(book, '48500', '0.002', context)
    expect(after.groups.LONG.tranches).toEqual([])
    expect(textsOf(after)).toEqual([])
  })
})

describe('known failures §1.4, order placement and protection', () => {
  it('31: the stop of a tranche is its own, whatever the others cost', () => {
    const book = settled(aBook([{ ...T1, isolated: true }, T2]), CALM)
    expect(textsOf(book).filter((text) => text.includes('stop'))).toEqual([
      'SELL stop 0.1 at 48500 for T2 0.1',
      'SELL stop 0.1 at 49000 for T1 0.1',
    ])
  })

  it('32: a stop already passed is closed at market once; it never chases the price', () => {
    const context = contextOf({ mark: '48800' })
    const first = evolveAll(aBook([T1]), reviewOf(aBook([T1]), context))
    expect(textsOf(first)).toEqual(['SELL exit 0.1 for T1 0.1'])
    const lower = contextOf({ mark: '48000' })
    expect(reviewOf(first, lower).filter((event) => event.type === 'OrderIntended')).toEqual([])
  })

  it('33: a mark of 0 closes nothing, on neither side', () => {
    const short: TrancheText = { ...T1, id: 'T2', side: 'SHORT', stop: '51000', takeProfit: '47500' }
    const book = settled(aBook([T1, short]), contextOf({ mark: '0' }))
    expect([...book.orders.values()].map((order) => order.purpose)).not.toContain('exit')
  })

  it('34: a new stop that is refused leaves the old one in place', () => {
    const held = settled(aBook([T1]), CALM)
    const moved = evolveAll(held, [
      eventOf('StopMoved', 9, {
        tranche: 'T1',
        side: 'LONG',
        from: '49000',
        to: '49500',
        rung: 'command',
        forced: false,
        trailingBest: null,
      }),
    ])
    const asked = evolveAll(moved, reviewOf(moved, CALM))
    const answered = evolveAll(asked, [refused(orderAt(asked, '49500'))])
    expect(textsOf(answered)).toContain('SELL stop 0.1 at 49000 for T1 0.1')
    expect(coverage(answered, 'LONG', CALM).protected).toBe(true)
  })

  it('35: a quantity above the maximum is protected whole, in orders that sum exactly', () => {
    const context = contextOf({ instrument: { maxMarketQuantity: parseQuantity('120') } })
    const book = settled(aBook([{ ...T1, quantity: '250.005' }]), context)
    expect(coverage(book, 'LONG', context).protected).toBe(true)
    const stops = [...book.orders.values()].filter((order) => order.purpose === 'stop')
    expect(stops.map((order) => formatQuantity(order.quantity!))).toEqual(['120', '120', '10.005'])
  })

  it('36: several orders of one kind in hedge mode, without reduce-only, are a set and not duplicates', () => {
    const book = settled(aBook([SCALED, T2]), CALM)
    expect([...book.orders.values()].every((order) => !order.reduceOnly)).toBe(true)
    expect(book.orders.size).toBe(6)
    expect(reviewOf(book, CALM)).toEqual([])
  })

  it('39: trims sized on a snapshot never sum above what is open', () => {
    const book = settled(aBook([{ ...SCALED, quantity: '0.05' }]), CALM)
    const targets = [...book.orders.values()].filter((order) => order.purpose === 'takeProfit')
    expect(targets.map((order) => formatQuantity(order.quantity!))).toEqual(['0.04', '0.01'])
  })
})

describe('known failures §1.5 and §1.8, closing by tranche and instant closes', () => {
  it('40: a market close belongs to the tranche it was sent for', () => {
    const context = contextOf({ mark: '48900' })
    const book = settled(aBook([T1, T2]), CALM)
    // the stop of T1 vanished without a fill, and the mark is beyond it
    const lost = evolveAll(book, [
      eventOf('OrderClosed', 6, { clientOrderId: orderAt(book, '49000'), status: 'cancelled', filledQuantity: null }),
    ])
    const exits = reviewOf(lost, context).filter((event) => event.type === 'OrderIntended')
    expect(exits).toMatchObject([{ purpose: 'exit', allocation: [{ tranche: 'T1', quantity: '0.1' }] }])
  })

  it('41: hedge mode never carries reduce-only beside a position side', () => {
    const sent = reviewOf(aBook([T1]), contextOf({ mark: '48900' })).filter((event) => event.type === 'OrderIntended')
    expect(sent).toMatchObject([{ purpose: 'exit', reduceOnly: false, positionSide: 'LONG' }])
  })

  it('51: a stop that was refused is tried again', () => {
    const book = aBook([T1], { events: [anOrder({ clientOrderId: 's', quantity: '0.1' }), refused('s')] })
    expect(textsOf(settled(book, CALM))).toContain('SELL stop 0.1 at 49000 for T1 0.1')
  })

  it('52: what a cancelled take profit filled meanwhile is subtracted before its successor is placed', () => {
    const book = settled(aBook([T1]), CALM)
    const target = orderAt(book, '52500')
    const moved = evolveAll(book, [
      eventOf('TakeProfitMoved', 7, { tranche: 'T1', side: 'LONG', from: '52500', to: '53000' }),
    ])
    const cancelled = evolveAll(moved, reviewOf(moved, CALM))
    expect(cancelled.orders.get(target)?.state).toBe('cancelling')
    trades += 1
    const filled = decide(cancelled, aFill(cancelled, { order: target, quantity: '0.04', tradeId: `${trades}` }), CALM)
    const after = settled(evolveAll(cancelled, filled), CALM)
    expect(textsOf(after)).toEqual(['SELL stop 0.06 at 49000 for T1 0.06', 'SELL takeProfit 0.06 at 53000 for T1 0.06'])
  })

  it('53: an instant close takes the tranche’s own share, less what its order filled', () => {
    const past = contextOf({ mark: '52700', markTime: 6 })
    const book = settled(aBook([T1, { ...T2, takeProfit: '60000' }]), CALM)
    const target = orderAt(book, '52500')
    const cancelling = evolveAll(book, reviewOf(book, past))
    expect(cancelling.orders.get(target)?.state).toBe('cancelling')
    trades += 1
    const filled = decide(
      cancelling,
      aFill(cancelling, { order: target, quantity: '0.03', tradeId: `${trades}` }),
      past,
    )
    const partly = evolveAll(cancelling, filled)
    expect([...partly.orders.values()].map((order) => order.purpose)).not.toContain('exit')
    const gone = evolveAll(partly, answersOf(partly))
    expect(reviewOf(gone, past)).toMatchObject([
      { purpose: 'exit', quantity: '0.07', allocation: [{ tranche: 'T1', quantity: '0.07' }] },
      { purpose: 'stop', quantity: '0.07' },
    ])
  })

  it('55: a take profit in one-way mode is reduce-only', () => {
    const book = settled(aBook([T1], { positionMode: 'ONE_WAY' }), CALM)
    for (const order of book.orders.values()) expect(order.reduceOnly).toBe(true)
  })
})

describe('known failures §1.9, scaled take profit', () => {
  it('61: the stop rests beside the levels', () => {
    expect(textsOf(settled(aBook([SCALED]), CALM))).toContain('SELL stop 0.1 at 49000 for T1 0.1')
  })

  it('64: levels never close more than remains', () => {
    const late = { ...SCALED, quantity: '0.02' }
    expect(textsOf(settled(aBook([late]), CALM)).slice(1)).toEqual(['SELL takeProfit 1 0.02 at 51500 for T1 0.02'])
  })

  it('65: what skipped levels leave is closed, never stranded', () => {
    // 0.4 of 1 is above the minimum of 0.35, the other two are not
    const levels = [levelText('3', '51500', '0.4'), levelText('5', '52500', '0.3'), levelText('8', '54000', '0.3')]
    const context = contextOf({ instrument: { minQuantity: parseQuantity('0.35') } })
    expect(textsOf(settled(aBook([{ ...T1, quantity: '1', levels }]), context)).slice(1)).toEqual([
      'SELL takeProfit 1 0.4 at 51500 for T1 0.4',
      'SELL takeProfit 3 0.6 at 54000 for T1 0.6',
    ])
  })

  it('69: quantities are on the step, without a float in sight', () => {
    const levels = [levelText('3', '51500', '0.0405'), levelText('5', '52500', '0.0595')]
    expect(textsOf(settled(aBook([{ ...T1, levels }]), CALM)).slice(1)).toEqual([
      'SELL takeProfit 1 0.04 at 51500 for T1 0.04',
      'SELL takeProfit 2 0.06 at 52500 for T1 0.06',
    ])
  })
})

describe('known failures §2, incidents of live peers', () => {
  it('1: both targets fill and the venue cancels the stop: nothing rests, nothing is booked as a stop', () => {
    const levels = [levelText('3', '51500', '0.05'), levelText('5', '52500', '0.05')]
    const book = settled(aBook([{ ...T1, levels }]), CALM)
    const half = fillAt(book, '51500', '0.05')
    const flat = fillAt(half, '52500', '0.05')
    expect(flat.groups.LONG.tranches).toEqual([])
    expect(textsOf(flat)).toEqual([])
    // 0.05 · 1 500 + 0.05 · 2 500
    expect(formatMoney(flat.groups.LONG.realizedPnl)).toBe('200')
  })

  it('2: a target that fills while nobody looks shrinks tranche and stop', () => {
    const book = fillAt(settled(aBook([SCALED]), CALM), '51500', '0.04')
    expect(textsOf(book)[0]).toContain('stop 0.06')
  })

  it('3: a rest of 0.001 after all levels keeps a stop and a target', () => {
    const levels = SCALED.levels!.map((level) => ({ ...level, filled: level.quantity, hitTime: 5 }))
    const context = contextOf({ config: { instantTakeProfit: false } })
    expect(textsOf(settled(aBook([{ ...SCALED, quantity: '0.001', levels }]), context))).toEqual([
      'SELL stop 0.001 at 49000 for T1 0.001',
      'SELL takeProfit 3 0.001 at 54000 for T1 0.001',
    ])
  })

  it('4: a rest below one lot is not ordered every cycle', () => {
    const book = settled(aBook([{ ...T1, quantity: '0.0004' }]), CALM)
    expect(textsOf(book)).toEqual([])
    expect(reviewOf(book, CALM)).toEqual([])
    expect(coverage(book, 'LONG', CALM).protected).toBe(true)
  })

  it('5: a stop is no larger than what the venue holds', () => {
    const check = (time: number): Parameters<typeof evolveAll>[1] => [
      eventOf('PositionChecked', time, {
        positionSide: 'LONG',
        quantity: '0.06',
        entryPrice: null,
        markPrice: null,
        ours: '0.1',
        status: 'drift',
        isSettled: true,
      }),
    ]
    const book = settled(aBook([T1], { events: [...check(10), ...check(4000)] }), CALM)
    expect(textsOf(book)).toContain('SELL stop 0.06 at 49000 for T1 0.06')
  })

  it('14: every tranche is covered, or behind the worst-case stop', () => {
    const context = contextOf({ instrument: { maxConditionalOrders: 3 } })
    const five = [1, 2, 3, 4, 5].map((number) => ({
      ...T1,
      id: `T${number}`,
      stop: `${49000 - number * 10}`,
      takeProfit: null,
    }))
    const book = settled(aBook(five), context)
    expect(textsOf(book)).toEqual(
      [
        'SELL failSafe all at 48950',
        'SELL stop 0.4 at 48990 for T1 0.1 + T2 0.1 + T3 0.1 + T4 0.1',
        'SELL stop 0.1 at 48950 for T5 0.1',
      ].toSorted(),
    )
    expect(coverage(book, 'LONG', context).protected).toBe(true)
  })

  it('15 and 16: reduce-only orders stay within the net position, so none is refused and none opens the other side', () => {
    const short: TrancheText = { ...T1, id: 'T2', side: 'SHORT', quantity: '0.04', stop: '51000', takeProfit: '47500' }
    const book = settled(aBook([T1, short], { positionMode: 'ONE_WAY' }), CALM)
    const sells = [...book.orders.values()].filter((order) => order.orderSide === 'SELL' && order.quantity !== null)
    expect(sells.map((order) => [order.purpose, formatQuantity(order.quantity!)])).toEqual([
      ['stop', '0.06'],
      ['takeProfit', '0.06'],
    ])
    expect([...book.orders.values()].filter((order) => order.orderSide === 'BUY')).toEqual([])
  })

  it('25: leftovers of a finer plan go when a coarser one replaces it, as a whole', () => {
    const book = settled(aBook([SCALED, T2]), CALM)
    const combined = settled(book, contextOf({ config: { protection: 'COMBINED' } }))
    expect(textsOf(combined)).toEqual([
      'SELL failSafe all at 48500',
      'SELL stop 0.2 at 48500',
      'SELL takeProfit 0.2 at 52000',
    ])
    expect(textsOf(settled(combined, CALM))).toEqual(textsOf(book))
  })
})

describe('known failures §3, what users report', () => {
  it('node #3, #22 and python #6: protection outlives everything but its tranche', () => {
    const book = settled(aBook([T1, T2]), CALM)
    const rests = textsOf(book)
    for (const kind of ['pause', 'gracefulStop', 'driftHalt'] as const) {
      const paused = evolveAll(book, [eventOf('TradingPaused', 9, { kind, actor: null })])
      expect(textsOf(settled(paused, CALM))).toEqual(rests)
    }
    const killed = evolveAll(book, [eventOf('TradingPaused', 9, { kind: 'killSwitch', actor: null })])
    const stops = rests.filter((text) => text.includes(' stop '))
    expect(textsOf(settled(killed, CALM))).toEqual(['SELL exit 0.1 for T1 0.1', 'SELL exit 0.1 for T2 0.1', ...stops])
    const lost = evolveAll(book, [
      eventOf('OrderClosed', 9, { clientOrderId: orderAt(book, '49000'), status: 'absent', filledQuantity: null }),
    ])
    expect(textsOf(settled(lost, CALM))).toEqual(rests)
  })

  it('node #29, #86: protective orders above the maximum are split, not clamped', () => {
    const context = contextOf({ instrument: { maxMarketQuantity: parseQuantity('0.06') } })
    const book = settled(aBook([T1]), context)
    const stops = [...book.orders.values()].filter((order) => order.purpose === 'stop')
    expect(stops.map((order) => formatQuantity(order.quantity!))).toEqual(['0.06', '0.04'])
  })

  it('a restart finds what rests and sends nothing', () => {
    const book = settled(aBook([SCALED, T2]), CALM)
    expect(reviewOf(book, CALM)).toEqual([])
  })
})
