import assert from 'node:assert/strict'
import { assertOutcome, assertRefused } from './trial.js'
import type { VenueCase } from './venue-case.js'

/** What became of a write, and what is done about it. */
export const outcomeCases: readonly VenueCase[] = [
  {
    id: 'VE-90',
    title: 'does not know whether an order was placed when no answer comes; a look finds it; it was sent once',
    needs: ['faults'],
    run: async ({ venue, order, hands, find, priceAt, symbol }) => {
      hands.failNextWrite('acceptedWithoutReply')
      const request = order('A1', { orderType: 'LIMIT', price: priceAt(-1) })
      assertOutcome(await venue.submit(request), 'unknown')
      const found = await find(request)
      assert.ok(found.type === 'found' && found.report.status === 'acknowledged')
      assert.equal((await venue.fetchOpenOrders(symbol)).length, 1)
    },
  },
  {
    id: 'VE-91',
    title: 'does not know when the venue does not; a look finds nothing when it was lost',
    needs: ['faults'],
    run: async ({ venue, order, hands, find, trades }) => {
      hands.failNextWrite('lostUnknown')
      const request = order('A1')
      assertOutcome(await venue.submit(request), 'unknown')
      assert.equal((await find(request)).type, 'notFound')
      assert.deepEqual((await trades()).fills, [])
    },
  },
  {
    id: 'VE-92',
    title: 'finds an order that lands long after nobody knew',
    needs: ['faults', 'time'],
    run: async ({ venue, order, hands, find, priceAt, until }) => {
      hands.failNextWrite('landsLate')
      const request = order('A1', { orderType: 'LIMIT', price: priceAt(-1) })
      assertOutcome(await venue.submit(request), 'unknown')
      await until('the order', async () => (await find(request)).type === 'found')
    },
  },
  {
    id: 'VE-93',
    title: 'kills an order in flight before it lands',
    needs: ['faults', 'time'],
    unless: ({ canCancelInFlight }) => (canCancelInFlight ? null : 'canCancelInFlight: false'),
    run: async ({ venue, order, hands, find, refOf, priceAt, until }) => {
      const terms = { orderType: 'LIMIT', price: priceAt(-1) } as const
      const [killed, other] = [order('A1', terms), order('A2', terms)]
      hands.failNextWrite('landsLate')
      assertOutcome(await venue.submit(killed), 'unknown')
      await venue.cancel(refOf(killed))
      hands.failNextWrite('landsLate')
      assertOutcome(await venue.submit(other), 'unknown')
      await until('the order that nobody killed', async () => (await find(other)).type === 'found')
      assert.equal((await find(killed)).type, 'notFound')
    },
  },
  {
    id: 'VE-94',
    title: 'calls an overload by its name, or does not know',
    needs: ['faults'],
    run: async ({ venue, order, hands, find }) => {
      hands.failNextWrite('overloaded')
      const result = await venue.submit(order('A1'))
      if (result.outcome === 'refused') assertRefused(result, 'overloaded')
      else assertOutcome(result, 'unknown')
      assert.equal((await find(order('A1'))).type, 'notFound')
    },
  },
  {
    id: 'VE-95',
    title: 'says when to come back after too many requests, and does not come back sooner',
    needs: ['faults', 'bans'],
    run: async ({ venue, order, hands, requests }) => {
      hands.failNextWrite('banned')
      const result = await venue.submit(order('A1'))
      assertRefused(result, 'rate-limit')
      assertOutcome(result, 'refused')
      assert.ok(result.retryAfterMs !== null && result.retryAfterMs > 0)
      const before = requests()
      const next = await venue.submit(order('A2'))
      assertOutcome(next, 'not-sent')
      assert.equal(next.reason, 'banned')
      assert.equal(requests(), before)
    },
  },
  {
    id: 'VE-96',
    title: 'does not find an order for a while although it is there: one look is no proof',
    needs: ['faults'],
    run: async ({ order, place, hands, find, priceAt, until }) => {
      const request = order('A1', { orderType: 'LIMIT', price: priceAt(-1) })
      await place(request)
      hands.failNextRead('notFoundYet')
      assert.equal((await find(request)).type, 'notFound')
      await until('the order', async () => (await find(request)).type === 'found')
    },
  },
  {
    id: 'VE-97',
    title: 'does not know whether a cancel was carried out when no answer comes; a look tells',
    needs: ['faults'],
    run: async ({ venue, order, place, hands, find, refOf, priceAt }) => {
      const request = order('A1', { orderType: 'LIMIT', price: priceAt(-1) })
      await place(request)
      hands.failNextWrite('acceptedWithoutReply')
      assertOutcome(await venue.cancel(refOf(request)), 'unknown')
      const found = await find(request)
      assert.ok(found.type === 'found' && found.report.status === 'cancelled')
    },
  },
  {
    id: 'VE-98',
    title: 'sends nothing after it was closed',
    run: async ({ venue, order, requests, symbol }) => {
      await venue.close()
      const before = requests()
      const result = await venue.submit(order('A1'))
      assertOutcome(result, 'not-sent')
      assert.equal(result.reason, 'closed')
      await assert.rejects(venue.fetchOpenOrders(symbol), { name: 'VenueError' })
      assert.equal(requests(), before)
    },
  },
]
