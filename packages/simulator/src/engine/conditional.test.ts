import { formatPrice, formatQuantity, parsePrice } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { openExchange, spec } from '../../test/open-exchange.js'
import { openPositions } from './account.js'
import { ASTER_BEHAVIOUR } from './behaviour.js'
import type { EngineEvent } from './events.js'
import { accountOf, type Exchange } from './exchange.js'
import { movePrice, setMark } from './move-price.js'
import type { ConditionalOrder, OrderSpec } from './order.js'
import { placeConditional } from './place-conditional.js'
import { placeOrder } from './place-order.js'

function wait(exchange: Exchange, terms: OrderSpec): ConditionalOrder {
  const placement = placeConditional(exchange, 'main', terms)
  if (placement.type === 'refused') throw new Error(`${placement.code} ${placement.message}`)
  return placement.order
}

function codeOf(exchange: Exchange, terms: OrderSpec): number | null {
  const placement = placeConditional(exchange, 'main', terms)
  return placement.type === 'refused' ? placement.code : null
}

function move(exchange: Exchange, to: string, isGap = false): void {
  movePrice(exchange, { symbol: 'BTCUSDT', to: parsePrice(to), axis: 'both', isGap })
}

function long(exchange: Exchange, quantity = '0.02'): void {
  placeOrder(exchange, 'main', spec({ side: 'BUY', type: 'MARKET', quantity }))
}

function tradePrices(exchange: Exchange): readonly string[] {
  return accountOf(exchange, 'main').trades.map((trade) => formatPrice(trade.price))
}

function story(events: readonly EngineEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === 'conditional') return [`algo ${event.order.status}`]
    return event.type === 'order' ? [`${event.execution} ${event.order.type}`] : []
  })
}

const stop = spec({ side: 'SELL', type: 'STOP_MARKET', quantity: '0.02', triggerPrice: '49000', reduceOnly: true })
const failSafe = spec({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '48000', closePosition: true })

describe('a stop', () => {
  it('fires at its price on the way and at the price behind a gap', () => {
    const { exchange } = openExchange()
    long(exchange)
    wait(exchange, stop)
    move(exchange, '48500')
    const other = openExchange().exchange
    long(other)
    wait(other, stop)
    move(other, '48500', true)
    expect([tradePrices(exchange)[1], tradePrices(other)[1]]).toEqual(['49000', '48500'])
  })

  it('tells TRIGGERING, TRIGGERED, the fills, FINISHED; or the fills before TRIGGERED', () => {
    const early = openExchange()
    long(early.exchange)
    early.events.length = 0
    const order = wait(early.exchange, stop)
    move(early.exchange, '49000')
    expect(story(early.events)).toEqual([
      'algo NEW',
      'algo TRIGGERING',
      'algo TRIGGERED',
      'NEW MARKET',
      'TRADE MARKET',
      'algo FINISHED',
    ])
    expect(accountOf(early.exchange, 'main').orders.get(order.childId ?? '')?.clientOrderId).toBe(order.clientOrderId)
    const late = openExchange({ behaviour: { triggerNews: 'afterFills' } })
    long(late.exchange)
    late.events.length = 0
    wait(late.exchange, stop)
    move(late.exchange, '49000')
    expect(story(late.events)).toEqual([
      'algo NEW',
      'algo TRIGGERING',
      'NEW MARKET',
      'TRADE MARKET',
      'algo TRIGGERED',
      'algo FINISHED',
    ])
  })

  it('keeps its id where conditional orders are ordinary ones', () => {
    const { exchange } = openExchange({ behaviour: ASTER_BEHAVIOUR })
    long(exchange)
    const order = wait(exchange, stop)
    move(exchange, '49000')
    expect(order.childId).toBe(order.id)
    expect(accountOf(exchange, 'main').orders.get(order.id)?.status).toBe('FILLED')
  })

  it('is refused with a reason when there is nothing left to reduce', () => {
    const { exchange, events } = openExchange()
    long(exchange)
    const order = wait(exchange, stop)
    placeOrder(exchange, 'main', spec({ side: 'SELL', type: 'MARKET', quantity: '0.02' }))
    expect(order.status).toBe('NEW')
    move(exchange, '49000')
    expect([order.status, order.reason]).toEqual(['REJECTED', 'ReduceOnly Order is rejected.'])
    expect(story(events).at(-1)).toBe('algo REJECTED')
  })

  it('that watches the mark does not look at the last price', () => {
    const { exchange } = openExchange()
    long(exchange)
    const order = wait(exchange, { ...stop, workingType: 'MARK_PRICE' })
    movePrice(exchange, { symbol: 'BTCUSDT', to: parsePrice('48000'), axis: 'last', isGap: false })
    expect(order.status).toBe('NEW')
    setMark(exchange, 'BTCUSDT', parsePrice('49000'))
    expect(order.status).toBe('FINISHED')
  })

  it('with price protection waits until mark and last price are close', () => {
    const { exchange } = openExchange()
    long(exchange)
    const order = wait(exchange, { ...stop, priceProtect: true })
    movePrice(exchange, { symbol: 'BTCUSDT', to: parsePrice('46000'), axis: 'last', isGap: true })
    expect(order.status).toBe('NEW')
    setMark(exchange, 'BTCUSDT', parsePrice('46500'))
    expect(order.status).toBe('FINISHED')
  })
})

describe('close-position orders', () => {
  it('close what is there, whatever its size', () => {
    const { exchange } = openExchange()
    wait(exchange, failSafe)
    long(exchange, '0.013')
    move(exchange, '47000')
    expect(openPositions(accountOf(exchange, 'main'))).toEqual([])
    expect(tradePrices(exchange)).toEqual(['50000', '48000'])
  })

  it('stand alone in their direction and kind, and expire with the position', () => {
    const { exchange } = openExchange()
    long(exchange)
    const order = wait(exchange, failSafe)
    expect(codeOf(exchange, failSafe)).toBe(-4130)
    wait(exchange, { ...failSafe, type: 'TAKE_PROFIT_MARKET', triggerPrice: parsePrice('55000') })
    placeOrder(exchange, 'main', spec({ side: 'SELL', type: 'MARKET', quantity: '0.02' }))
    expect(order.status).toBe('EXPIRED')
    expect(accountOf(exchange, 'main').waiting.size).toBe(0)
  })
})

describe('other kinds', () => {
  it('a stop-limit rests at its limit', () => {
    const { exchange } = openExchange()
    long(exchange)
    const order = wait(exchange, { ...stop, type: 'STOP', price: parsePrice('49500') })
    move(exchange, '49000')
    expect(order.status).toBe('TRIGGERED')
    move(exchange, '50000')
    expect([order.status, tradePrices(exchange)[1]]).toEqual(['FINISHED', '49500'])
  })

  it('a take profit fires on the other side', () => {
    const { exchange } = openExchange()
    long(exchange)
    wait(exchange, { ...stop, type: 'TAKE_PROFIT_MARKET', triggerPrice: parsePrice('52000') })
    move(exchange, '53000')
    expect(tradePrices(exchange)[1]).toBe('52000')
  })

  it('a trailing stop follows from its activation on', () => {
    const { exchange } = openExchange()
    long(exchange)
    const trailing = wait(
      exchange,
      spec({
        side: 'SELL',
        type: 'TRAILING_STOP_MARKET',
        quantity: '0.02',
        activationPrice: '51000',
        callbackRate: '0.01',
        reduceOnly: true,
      }),
    )
    move(exchange, '49000')
    expect([trailing.status, trailing.extreme]).toEqual(['NEW', null])
    move(exchange, '52000')
    move(exchange, '51500')
    expect(trailing.status).toBe('NEW')
    move(exchange, '51000')
    // 52000 × 0.99
    expect(tradePrices(exchange)[1]).toBe('51480')
  })
})

describe('refusals', () => {
  it.each<[string, Partial<Parameters<typeof spec>[0]>, number]>([
    ['would trigger at once', { triggerPrice: '50000' }, -2021],
    ['trigger off tick', { triggerPrice: '49000.05' }, -4014],
    ['trigger 0', { triggerPrice: '0' }, -4006],
    ['close-position with a quantity', { closePosition: true, reduceOnly: false }, -4137],
    ['above the market maximum', { quantity: '121' }, -4005],
  ])('%s', (_, terms, code) => {
    const { exchange } = openExchange()
    expect(
      codeOf(exchange, spec({ side: 'SELL', type: 'STOP_MARKET', quantity: '0.02', triggerPrice: '49000', ...terms })),
    ).toBe(code)
  })

  it('the two-hundred-and-first', () => {
    const { exchange } = openExchange()
    for (let count = 0; count < 200; count += 1) wait(exchange, stop)
    expect(codeOf(exchange, stop)).toBe(-4045)
  })

  it('a client id that rests already, unless the venue takes it', () => {
    const named = { ...stop, clientOrderId: 'S' }
    const { exchange } = openExchange()
    wait(exchange, named)
    expect(codeOf(exchange, named)).toBe(-4116)
    const lenient = openExchange({ behaviour: { duplicateConditionalId: 'accept' } }).exchange
    wait(lenient, named)
    expect(codeOf(lenient, named)).toBeNull()
  })
})

it('orders met at one price act in the order they were placed, limits first', () => {
  const { exchange } = openExchange()
  long(exchange)
  wait(exchange, { ...stop, quantity: stop.quantity })
  placeOrder(exchange, 'main', spec({ side: 'BUY', type: 'LIMIT', quantity: '0.01', price: '49000' }))
  move(exchange, '48999')
  expect(openPositions(accountOf(exchange, 'main')).map(({ amount }) => formatQuantity(amount))).toEqual(['0.01'])
})
