import { describe, expect, it } from 'vitest'
import { createOrderRegistry, type OrderFacts } from './order-registry.js'

const STOP: OrderFacts = {
  symbol: 'BTCUSDT',
  clientOrderId: 'stop',
  isConditional: true,
  side: 'SELL',
  positionSide: 'LONG',
}
const LIMIT: OrderFacts = { ...STOP, clientOrderId: 'limit', isConditional: false }

describe('an order that is noted again', () => {
  it.each<[what: string, id: string | null, facts: Partial<OrderFacts>, again: string | null, isSame: boolean]>([
    ['without an id', null, {}, null, true],
    ['with the id that it has got since', null, {}, '7', true],
    ['without the id that is known', '7', {}, null, true],
    ['with the same id', '7', {}, '7', true],
    ['with another id', '7', {}, '8', false],
    ['for another symbol', null, { symbol: 'ETHUSDT' }, null, false],
    ['as one of the other kind', null, { isConditional: false }, null, false],
  ])('%s is the same: %j, %j, %j, %s', (_what, id, facts, again, isSame) => {
    const registry = createOrderRegistry('separate-orders')
    const first = registry.note(STOP, id)
    const second = registry.note({ ...STOP, ...facts }, again)
    expect(second === first).toBe(isSame)
    expect(second.venueOrderId).toBe(again ?? (isSame ? id : null))
    expect(registry.byClientId('stop')).toBe(second)
  })

  it('keeps the id that it was given first', () => {
    const registry = createOrderRegistry('separate-orders')
    const order = registry.note(LIMIT, '7')
    registry.note(LIMIT, null)
    expect([order.venueOrderId, registry.byOrderId('7') === order]).toEqual(['7', true])
  })
})

it('an id of a stop says nothing about ordinary orders, unless the venue has one list of ids', () => {
  const separate = createOrderRegistry('separate-orders')
  separate.note(STOP, '7')
  expect(separate.byOrderId('7')).toBeNull()
  const one = createOrderRegistry('ordinary-orders')
  const stop = one.note(STOP, '7')
  expect(one.byOrderId('7')).toBe(stop)
})

it('what waits is told by its place, its symbol, or all of it, until it triggers or ends', () => {
  const registry = createOrderRegistry('separate-orders')
  const noted = [
    STOP,
    { ...STOP, clientOrderId: 'buys', side: 'BUY' },
    { ...STOP, clientOrderId: 'short', positionSide: 'SHORT' },
    { ...STOP, clientOrderId: 'other', symbol: 'ETHUSDT' },
    LIMIT,
  ] as const
  const [stop, buys] = noted.map((facts) => registry.note(facts))
  const names = (orders: readonly OrderFacts[]): readonly string[] => orders.map((order) => order.clientOrderId)
  expect(names(registry.waiting(STOP))).toEqual(['stop'])
  expect(names(registry.waitingOn('BTCUSDT'))).toEqual(['stop', 'buys', 'short'])
  expect(names(registry.waitingOn(null))).toEqual(['stop', 'buys', 'short', 'other'])
  registry.linkChild(stop!, '8')
  registry.end(buys!)
  expect(names(registry.waitingOn('BTCUSDT'))).toEqual(['short'])
  expect(registry.byOrderId('8')).toBe(stop)
})

describe('an order that is forgotten', () => {
  it('is known by none of its ids', () => {
    const registry = createOrderRegistry('ordinary-orders')
    const stop = registry.note(STOP, '7')
    registry.linkChild(stop, '8')
    registry.forget(stop)
    expect([registry.byClientId('stop'), registry.byOrderId('7'), registry.byOrderId('8')]).toEqual([null, null, null])
    expect(registry.strangers(['7', '8'])).toEqual(['7', '8'])
  })

  it('takes nothing from a newer one of its name, nor from an ordinary one whose id happens to be its own', () => {
    const registry = createOrderRegistry('separate-orders')
    const old = registry.note(STOP, '7')
    const limit = registry.note(LIMIT, '7')
    const newer = registry.note(STOP, '9')
    registry.forget(old)
    expect(registry.byClientId('stop')).toBe(newer)
    expect(registry.byOrderId('7')).toBe(limit)
  })
})

it('of the orders that have ended the newest 5000 are remembered, each counted once', () => {
  const registry = createOrderRegistry('separate-orders')
  const end = (index: number): void => {
    const order = registry.note({ ...LIMIT, clientOrderId: `limit-${index}` }, index.toString())
    registry.end(order)
    registry.end(order)
  }
  for (let index = 0; index < 5000; index += 1) end(index)
  expect(registry.byClientId('limit-0')?.isEnded).toBe(true)
  end(5000)
  expect([registry.byClientId('limit-0'), registry.byOrderId('0')]).toEqual([null, null])
  expect(registry.byClientId('limit-1')?.isEnded).toBe(true)
})

it('an id that nobody knows is looked for twice, each once per answer', () => {
  const registry = createOrderRegistry('separate-orders')
  registry.note(LIMIT, '7')
  expect(registry.strangers(['7', '8', '8', '9'])).toEqual(['8', '9'])
  registry.missed('8')
  expect(registry.strangers(['8', '9'])).toEqual(['8', '9'])
  registry.missed('8')
  expect(registry.strangers(['8', '9'])).toEqual(['9'])
})
