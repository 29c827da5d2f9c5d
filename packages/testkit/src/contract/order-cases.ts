import assert from 'node:assert/strict'
import { formatPrice, formatQuantity, parsePrice, parseQuantity } from '@tranchebook/core'
import { assertOutcome, assertRefused } from './trial.js'
import type { VenueCase } from './venue-case.js'

/** Ordinary orders, one by one. */
export const orderCases: readonly VenueCase[] = [
  {
    id: 'VE-10',
    title: 'fills a market order, once, under our own id',
    run: async ({ venue, order, find, trades, position, lots }) => {
      const request = order('A1', { quantity: lots(2) })
      const result = await venue.submit(request)
      assertOutcome(result, 'acknowledged')
      assert.equal(result.clientOrderId, 'A1')
      assert.ok(result.venueOrderId !== null && /^\d+$/.test(result.venueOrderId), 'its id as text')
      const found = await find(request)
      assert.ok(found.type === 'found' && found.report.status === 'filled')
      assert.equal(found.report.filledQuantity, parseQuantity(lots(2)))
      const { fills } = await trades()
      assert.equal(
        fills.reduce((sum, fill) => sum + fill.quantity, 0n),
        parseQuantity(lots(2)),
      )
      assert.ok(fills.every((fill) => fill.clientOrderId === 'A1' && fill.orderId === result.venueOrderId))
      assert.equal((await position('BOTH')).quantity, parseQuantity(lots(2)))
    },
  },
  {
    id: 'VE-11',
    title: 'rests a limit order exactly as it was asked for, and fills it as maker',
    run: async ({ venue, symbol, order, place, find, priceAt, lots, move, trades, until }) => {
      const request = order('A1', { orderType: 'LIMIT', price: priceAt(-1), quantity: lots(3) })
      await place(request)
      const [open] = await venue.fetchOpenOrders(symbol)
      assert.deepEqual(
        open && [open.clientOrderId, open.orderType, open.orderSide, open.isConditional, open.filledQuantity],
        ['A1', 'LIMIT', 'BUY', false, 0n],
      )
      assert.deepEqual(open && [open.price, open.quantity], [parsePrice(priceAt(-1)), parseQuantity(lots(3))])
      move(-1.5)
      await until('the fill', async () => (await trades()).fills.length > 0)
      const [fill] = (await trades()).fills
      assert.deepEqual(fill && [formatPrice(fill.price), fill.maker], [priceAt(-1), true])
      const found = await find(request)
      assert.ok(found.type === 'found' && found.report.status === 'filled')
    },
  },
  {
    id: 'VE-12',
    title:
      'refuses or expires what could not be carried out at once: GTX that would take, FOK and IOC that find nothing',
    run: async ({ venue, order, find, priceAt, trades, symbol }) => {
      const cases = [
        order('A1', { orderType: 'LIMIT', price: priceAt(1), timeInForce: 'GTX' }),
        order('A2', { orderType: 'LIMIT', price: priceAt(-1), timeInForce: 'FOK' }),
        order('A3', { orderType: 'LIMIT', price: priceAt(-1), timeInForce: 'IOC' }),
      ]
      for (const request of cases) {
        const result = await venue.submit(request)
        if (result.outcome === 'refused') {
          assertRefused(result, 'not-filled')
          continue
        }
        const found = await find(request)
        assert.ok(found.type === 'found' && found.report.status === 'expired', request.terms.clientOrderId)
      }
      assert.deepEqual([(await trades()).fills, await venue.fetchOpenOrders(symbol)], [[], []])
    },
  },
  {
    id: 'VE-13',
    title: 'never finds an order that was not placed',
    run: async ({ order, find, priceAt }) => {
      assert.equal((await find(order('A1'))).type, 'notFound')
      const stop = order('A2', { orderType: 'STOP_MARKET', triggerPrice: priceAt(-3) })
      assert.equal((await find(stop)).type, 'notFound')
    },
  },
  {
    id: 'VE-14',
    title: 'does not send what no venue could take',
    run: async ({ venue, order, requests, priceAt }) => {
      const bad = [
        order('an id with spaces'),
        order(''),
        order('x'.repeat(37)),
        order('A1', { orderType: 'LIMIT' }),
        order('A2', { price: priceAt(-1) }),
        order('A3', { orderType: 'STOP_MARKET' }),
        order('A4', { quantity: null }),
        order('A5', { orderType: 'LIMIT', price: priceAt(-1), closePosition: true }),
        order('A6', { orderType: 'TRAILING_STOP_MARKET' }),
      ]
      const before = requests()
      for (const request of bad) {
        const result = await venue.submit(request)
        assertOutcome(result, 'not-sent')
        assert.equal(result.reason, 'invalid')
      }
      assert.equal(requests(), before, 'nothing was sent')
    },
  },
  {
    id: 'VE-15',
    title: 'places an order only once under one id while it rests, and says that it is there',
    run: async ({ venue, symbol, order, place, priceAt }) => {
      const request = order('A1', { orderType: 'LIMIT', price: priceAt(-1) })
      await place(request)
      const again = await venue.submit(request)
      if (again.outcome === 'refused') assertRefused(again, 'duplicate-id')
      else assertOutcome(again, 'acknowledged')
      assert.equal((await venue.fetchOpenOrders(symbol)).length, 1)
    },
  },
  {
    id: 'VE-16',
    title: 'cancels a resting order, and has no such order when asked again',
    run: async ({ venue, symbol, order, place, refOf, find, priceAt }) => {
      const request = order('A1', { orderType: 'LIMIT', price: priceAt(-1) })
      await place(request)
      assertOutcome(await venue.cancel(refOf(request)), 'acknowledged')
      assert.deepEqual(await venue.fetchOpenOrders(symbol), [])
      const found = await find(request)
      assert.ok(found.type === 'found' && found.report.status === 'cancelled')
      assertRefused(await venue.cancel(refOf(request)), 'unknown-order')
    },
  },
  {
    id: 'VE-17',
    title: 'refuses to cancel what has filled: it may just have happened',
    run: async ({ venue, order, place, refOf, position, lots }) => {
      const request = order('A1')
      await place(request)
      assertRefused(await venue.cancel(refOf(request)), 'unknown-order')
      assert.equal(formatQuantity((await position('BOTH')).quantity), lots(1))
    },
  },
  {
    id: 'VE-18',
    title: 'cuts a reducing order to the position or refuses it; the position never turns round',
    run: async ({ venue, order, place, position, lots, trades }) => {
      await place(order('A1', { quantity: lots(2) }))
      const result = await venue.submit(order('A2', { orderSide: 'SELL', quantity: lots(5), reduceOnly: true }))
      if (result.outcome === 'refused') assertRefused(result, 'reduce-only')
      else assertOutcome(result, 'acknowledged')
      const { quantity } = await position('BOTH')
      const sold = (await trades()).fills.filter((fill) => fill.side === 'SELL')
      const left = parseQuantity(lots(2)) - sold.reduce((sum, fill) => sum + fill.quantity, 0n)
      assert.ok(quantity >= 0n && quantity === left)
    },
  },
  {
    id: 'VE-19',
    title: 'turns a one-way position round when more is sold than held',
    run: async ({ order, place, position, lots, trades }) => {
      await place(order('A1', { quantity: lots(2) }))
      await place(order('A2', { orderSide: 'SELL', quantity: lots(5) }))
      assert.equal((await position('BOTH')).quantity, -parseQuantity(lots(3)))
      assert.deepEqual([...new Set((await trades()).fills.map(({ positionSide }) => positionSide))], ['BOTH'])
    },
  },
]
