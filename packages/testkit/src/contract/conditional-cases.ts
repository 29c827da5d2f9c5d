import assert from 'node:assert/strict'
import { asQuantity, formatQuantity, parsePrice } from '@tranchebook/core'
import { assertOutcome, assertRefused, type TermsOfCase, type Trial } from './trial.js'
import type { VenueCase } from './venue-case.js'

function stopAt({ priceAt }: Pick<Trial, 'priceAt'>, percent: number): TermsOfCase {
  return {
    purpose: 'stop',
    orderType: 'STOP_MARKET',
    orderSide: 'SELL',
    triggerPrice: priceAt(percent),
    reduceOnly: true,
  }
}

function targetAt({ priceAt }: Pick<Trial, 'priceAt'>, percent: number): TermsOfCase {
  const orderType = 'TAKE_PROFIT_MARKET' as const
  return { purpose: 'takeProfit', orderType, orderSide: 'SELL', triggerPrice: priceAt(percent), reduceOnly: true }
}

/** Enters, protects, lets the trigger happen, and looks at everything that follows. */
async function assertFires(trial: Trial, terms: TermsOfCase, percents: readonly number[]): Promise<void> {
  const { order, place, venue, symbol, find, move, until, position, trades, lots } = trial
  await place(order('A1', { quantity: lots(2) }))
  const request = order('A2', { quantity: lots(2), ...terms })
  await place(request)
  for (const percent of percents) move(percent)
  await until('the trigger', async () => (await position('BOTH')).quantity === 0n)
  const found = await find(request)
  assert.ok(found.type === 'found' && found.report.status === 'filled', JSON.stringify(found.type))
  assert.equal(found.report.clientOrderId, 'A2')
  const exits = (await trades()).fills.filter((fill) => fill.side === 'SELL')
  assert.ok(exits.every((fill) => fill.clientOrderId === 'A2'))
  const { orderId, childOrderId } = found.report
  const isChildApart = childOrderId !== null && childOrderId !== orderId
  assert.equal(isChildApart, venue.capabilities.conditionalStyle === 'separate-orders', 'a child has an id of its own')
  assert.ok(exits.every((fill) => fill.orderId === (childOrderId ?? orderId)))
  assert.equal(formatQuantity(exits.reduce((sum, fill) => asQuantity(sum + fill.quantity), asQuantity(0n))), lots(2))
  assert.deepEqual(await venue.fetchOpenOrders(symbol), [])
}

/** Orders that wait for a price. */
export const conditionalCases: readonly VenueCase[] = [
  {
    id: 'VE-40',
    title: 'rests a stop among the open orders, in whichever id space it lives, and cancels it',
    run: async (trial) => {
      const { venue, symbol, order, place, find, refOf, priceAt } = trial
      await place(order('A1'))
      const stop = order('A2', stopAt(trial, -2))
      await place(stop)
      const open = await venue.fetchOpenOrders(symbol)
      assert.deepEqual(
        open.map((one) => [one.clientOrderId, one.orderType, one.isConditional, one.triggerPrice, one.childOrderId]),
        [['A2', 'STOP_MARKET', true, parsePrice(priceAt(-2)), null]],
      )
      const found = await find(stop)
      assert.ok(found.type === 'found' && found.report.status === 'acknowledged')
      assertOutcome(await venue.cancel(refOf(stop)), 'acknowledged')
      assert.deepEqual(await venue.fetchOpenOrders(symbol), [])
      const after = await find(stop)
      assert.ok(after.type === 'found' && after.report.status === 'cancelled')
    },
  },
  {
    id: 'VE-41',
    title: 'fires a stop: its fills, its end and its trades carry its own id',
    run: (trial) => assertFires(trial, stopAt(trial, -2), [-2.5]),
  },
  {
    id: 'VE-42',
    title: 'fires a take profit',
    run: (trial) => assertFires(trial, targetAt(trial, 2), [2.5]),
  },
  {
    id: 'VE-43',
    title: 'fires a trailing stop once the price has come back by its percentage',
    unless: ({ orderTypes }) => (orderTypes.includes('TRAILING_STOP_MARKET') ? null : 'no trailing stops'),
    run: (trial) => {
      const orderType = 'TRAILING_STOP_MARKET' as const
      const terms = { purpose: 'stop', orderType, orderSide: 'SELL', reduceOnly: true, callbackPercent: '1' } as const
      return assertFires(trial, terms, [0.5, 3, 1.5])
    },
  },
  {
    id: 'VE-44',
    title: 'closes the whole position with a stop that has no quantity of its own',
    run: (trial) => {
      const { quantity: _quantity, reduceOnly: _reduceOnly, ...terms } = stopAt(trial, -2)
      return assertFires(trial, { ...terms, quantity: null, closePosition: true }, [-2.5])
    },
  },
  {
    id: 'VE-45',
    title: 'refuses a second stop that closes the position: `conflicting-order`; a target beside it is fine',
    unless: (has) => (has.isClosePositionStopExclusive ? null : 'isClosePositionStopExclusive: false'),
    run: async (trial) => {
      const { venue, order, place, priceAt } = trial
      const closing = { purpose: 'stop', orderSide: 'SELL', closePosition: true, quantity: null } as const
      const stop = { ...closing, orderType: 'STOP_MARKET' } as const
      await place(order('A1'))
      await place(order('A2', { ...stop, triggerPrice: priceAt(-2) }))
      assertRefused(await venue.submit(order('A3', { ...stop, triggerPrice: priceAt(-3) })), 'conflicting-order')
      const target = { ...closing, orderType: 'TAKE_PROFIT_MARKET', triggerPrice: priceAt(3) } as const
      await place(order('A4', target))
    },
  },
  {
    id: 'VE-46',
    title: 'refuses more waiting orders than it declares: `too-many-orders`',
    run: async (trial) => {
      const { venue, instrument, order, place } = trial
      const most = instrument.maxConditionalOrders ?? venue.capabilities.maxConditionalOrders
      if (most === null) return
      await place(order('A0'))
      const stops = Array.from({ length: most }, (_, index) => order(`A${index + 1}`, stopAt(trial, -2 - index / 200)))
      for (const result of await venue.submitMany(stops)) assertOutcome(result, 'acknowledged')
      assertRefused(await venue.submit(order('B1', stopAt(trial, -4))), 'too-many-orders')
    },
  },
  {
    id: 'VE-47',
    title: 'refuses a second waiting order of the same id, or says that it is there; only one rests',
    run: async (trial) => {
      const { venue, symbol, order, place } = trial
      await place(order('A1'))
      await place(order('A2', stopAt(trial, -2)))
      const again = await venue.submit(order('A2', stopAt(trial, -2)))
      if (again.outcome === 'refused') assertRefused(again, 'duplicate-id')
      else assertOutcome(again, 'acknowledged')
      assert.equal((await venue.fetchOpenOrders(symbol)).length, 1)
    },
  },
  {
    id: 'VE-48',
    title: 'refuses to cancel a stop that has fired and filled: `unknown-order`',
    run: async (trial) => {
      const stop = trial.order('A2', { quantity: trial.lots(2), ...stopAt(trial, -2) })
      await assertFires(trial, stopAt(trial, -2), [-2.5])
      assertRefused(await trial.venue.cancel(trial.refOf(stop)), 'unknown-order')
    },
  },
]
