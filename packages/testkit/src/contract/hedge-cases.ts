import assert from 'node:assert/strict'
import { parseQuantity } from '@tranchebook/core'
import { assertRefused } from './trial.js'
import type { VenueCase } from './venue-case.js'

/** Both sides of a symbol at once. */
export const hedgeCases: readonly VenueCase[] = [
  {
    id: 'VE-60',
    title: 'holds a long and a short at once, and closes each by its own side',
    setting: { mode: 'HEDGE' },
    run: async ({ order, place, position, trades, lots }) => {
      await place(order('L1', { positionSide: 'LONG', quantity: lots(2) }))
      await place(order('S1', { positionSide: 'SHORT', orderSide: 'SELL', quantity: lots(3) }))
      assert.equal((await position('LONG')).quantity, parseQuantity(lots(2)))
      assert.equal((await position('SHORT')).quantity, parseQuantity(lots(3)), 'positive on both sides')
      await place(order('L2', { positionSide: 'LONG', orderSide: 'SELL', quantity: lots(2), reduceOnly: true }))
      assert.equal((await position('LONG')).quantity, 0n)
      assert.equal((await position('SHORT')).quantity, parseQuantity(lots(3)))
      assert.deepEqual(
        (await trades()).fills.map((fill) => [fill.positionSide, fill.side]),
        [
          ['LONG', 'BUY'],
          ['SHORT', 'SELL'],
          ['LONG', 'SELL'],
        ],
      )
    },
  },
  {
    id: 'VE-61',
    title: 'fires the stop of one side and leaves the other side alone',
    setting: { mode: 'HEDGE' },
    run: async ({ order, place, position, priceAt, move, until, trades }) => {
      await place(order('L1', { positionSide: 'LONG' }))
      await place(order('S1', { positionSide: 'SHORT', orderSide: 'SELL' }))
      const stop = { purpose: 'stop', orderType: 'STOP_MARKET', reduceOnly: true } as const
      await place(order('L2', { ...stop, positionSide: 'LONG', orderSide: 'SELL', triggerPrice: priceAt(-2) }))
      await place(order('S2', { ...stop, positionSide: 'SHORT', orderSide: 'BUY', triggerPrice: priceAt(2) }))
      move(-2.5)
      await until('the stop of the long', async () => (await position('LONG')).quantity === 0n)
      assert.ok((await position('SHORT')).quantity > 0n)
      const last = (await trades()).fills.at(-1)
      assert.deepEqual(last && [last.clientOrderId, last.positionSide, last.side], ['L2', 'LONG', 'SELL'])
    },
  },
  {
    id: 'VE-62',
    title: 'never turns a side round: more than it holds is refused or cut',
    setting: { mode: 'HEDGE' },
    run: async ({ venue, order, place, position, lots }) => {
      await place(order('L1', { positionSide: 'LONG', quantity: lots(2) }))
      const sell = { positionSide: 'LONG', orderSide: 'SELL', quantity: lots(5) } as const
      const result = await venue.submit(order('L2', { ...sell, reduceOnly: true }))
      if (result.outcome === 'refused') assertRefused(result, 'reduce-only')
      assert.ok((await position('LONG')).quantity >= 0n)
      assert.equal((await position('SHORT')).quantity, 0n)
    },
  },
]
