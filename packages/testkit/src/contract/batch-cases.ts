import assert from 'node:assert/strict'
import { parsePrice, parseQuantity } from '@tranchebook/core'
import { assertOutcome, assertRefused, type Trial } from './trial.js'
import type { VenueCase } from './venue-case.js'
import type { OrderRequest } from '@tranchebook/adapters'

function limitsOf({ order, priceAt, venue }: Trial): readonly OrderRequest[] {
  const { maxBatchSubmit, maxBatchCancel } = venue.capabilities
  const count = Math.max(maxBatchSubmit, maxBatchCancel) + 2
  return Array.from({ length: count }, (_, index) =>
    order(`A${index}`, { orderType: 'LIMIT', price: priceAt(-1 - index / 10) }),
  )
}

function stopOf({ order, priceAt }: Trial, clientOrderId: string): OrderRequest {
  const triggerPrice = priceAt(-3)
  return order(clientOrderId, {
    purpose: 'stop',
    orderType: 'STOP_MARKET',
    orderSide: 'SELL',
    triggerPrice,
    reduceOnly: true,
  })
}

/** Many at once, changes, and everything at once. */
export const batchCases: readonly VenueCase[] = [
  {
    id: 'VE-50',
    title: 'places more than fit one request, each with a result of its own, in the order asked for',
    run: async (trial) => {
      const { venue, order, symbol, requests } = trial
      const [first, ...others] = limitsOf(trial)
      assert.ok(first !== undefined)
      const tooSmall = order('B1', { quantity: '0.000000000001' })
      const malformed = order('B 2')
      const all = [first, tooSmall, ...others, malformed, stopOf(trial, 'S1')]
      const before = requests()
      const results = await venue.submitMany(all)
      assert.deepEqual(
        results.map((result) => result.outcome),
        ['acknowledged', 'refused', ...others.map(() => 'acknowledged'), 'not-sent', 'acknowledged'],
      )
      assert.ok(
        results.every(
          (one, index) => one.outcome !== 'acknowledged' || one.clientOrderId === all[index]?.terms.clientOrderId,
        ),
      )
      assert.ok(requests() === before || requests() - before < all.length + 4, 'in batches')
      assert.equal((await venue.fetchOpenOrders(symbol)).length, others.length + 2)
    },
  },
  {
    id: 'VE-51',
    title: 'cancels many in both id spaces, each with a result of its own',
    run: async (trial) => {
      const { venue, order, refOf, symbol, place } = trial
      const limits = limitsOf(trial)
      await place(order('P1'))
      const stop = stopOf(trial, 'S1')
      await venue.submitMany([...limits, stop])
      const never = refOf(order('N1', { orderType: 'LIMIT' }))
      const results = await venue.cancelMany([refOf(stop), never, ...limits.map(refOf)])
      assert.deepEqual(
        results.map((result) => result.outcome),
        ['acknowledged', 'refused', ...limits.map(() => 'acknowledged')],
      )
      assert.ok(results[1] !== undefined)
      assertRefused(results[1], 'unknown-order')
      assert.deepEqual(await venue.fetchOpenOrders(symbol), [])
    },
  },
  {
    id: 'VE-52',
    title: 'cancels everything of a symbol in both id spaces, and nothing of another',
    run: async (trial) => {
      const { venue, order, symbol, otherSymbol, otherRest, place, priceAt } = trial
      await place(order('P1'))
      await place(stopOf(trial, 'S1'))
      await place(order('L1', { orderType: 'LIMIT', price: priceAt(-1) }))
      await place(order('O1', { symbol: otherSymbol, orderType: 'LIMIT', ...otherRest }))
      assertOutcome(await venue.cancelAll(symbol), 'acknowledged')
      assert.deepEqual(await venue.fetchOpenOrders(symbol), [])
      const left = (await venue.fetchOpenOrders(null)).map((one) => one.clientOrderId)
      assert.deepEqual(left, ['O1'])
      assertOutcome(await venue.cancelAll(symbol), 'acknowledged')
    },
  },
  {
    id: 'VE-53',
    title: 'changes a resting limit order in place; a change in force already is done',
    unless: ({ canModify }) => (canModify ? null : 'canModify: false'),
    run: async ({ venue, symbol, order, place, refOf, priceAt, lots }) => {
      const request = order('A1', { orderType: 'LIMIT', price: priceAt(-1) })
      await place(request)
      const change = {
        order: refOf(request),
        orderSide: 'BUY',
        positionSide: 'BOTH',
        price: priceAt(-2),
        quantity: lots(2),
      } as const
      assertOutcome(await venue.modify(change), 'acknowledged')
      const [open] = await venue.fetchOpenOrders(symbol)
      assert.deepEqual(open && [open.clientOrderId, open.price, open.quantity], [
        'A1',
        parsePrice(priceAt(-2)),
        parseQuantity(lots(2)),
      ])
      assertOutcome(await venue.modify(change), 'acknowledged')
    },
  },
  {
    id: 'VE-54',
    title: 'refuses to change what cannot be changed: a stop, an order that is gone',
    run: async (trial) => {
      const { venue, order, place, refOf, priceAt, lots } = trial
      await place(order('P1'))
      const stop = stopOf(trial, 'S1')
      await place(stop)
      const change = { orderSide: 'SELL', positionSide: 'BOTH', price: priceAt(-2), quantity: lots(1) } as const
      const changed = await venue.modify({ ...change, order: refOf(stop) })
      assert.ok(changed.outcome === 'not-sent' || changed.outcome === 'refused', changed.outcome)
      const gone = await venue.modify({ ...change, order: refOf(order('N1', { orderType: 'LIMIT' })) })
      if (venue.capabilities.canModify) assertRefused(gone, 'unknown-order')
      else assert.ok(gone.outcome === 'not-sent' || gone.outcome === 'refused')
    },
  },
  {
    id: 'VE-55',
    title: 'sets the leverage of a symbol, again as well; one that is too high is refused or never sent',
    run: async ({ venue, symbol }) => {
      assertOutcome(await venue.setLeverage(symbol, 7), 'acknowledged')
      assertOutcome(await venue.setLeverage(symbol, 7), 'acknowledged')
      assertRefused(await venue.setLeverage(symbol, 5_000), 'invalid', 'risk-limit')
      const half = await venue.setLeverage(symbol, 2.5)
      assert.ok(half.outcome === 'not-sent' || half.outcome === 'refused')
    },
  },
  {
    id: 'VE-56',
    title: 'keeps what a cancelled order has filled',
    run: async ({ venue, order, place, refOf, priceAt, lots, find, hands, symbol, position }) => {
      const request = order('A1', { orderType: 'LIMIT', price: priceAt(-1), quantity: lots(4) })
      await place(request)
      hands.tradeOfOthers(symbol, priceAt(-1), lots(1))
      assertOutcome(await venue.cancel(refOf(request)), 'acknowledged')
      const found = await find(request)
      assert.ok(found.type === 'found' && found.report.status === 'cancelled')
      assert.deepEqual(
        [found.report.filledQuantity, (await position('BOTH')).quantity],
        [parseQuantity(lots(1)), parseQuantity(lots(1))],
      )
    },
  },
]
