import assert from 'node:assert/strict'
import { formatPrice, parsePrice, parseQuantity } from '@tranchebook/core'
import type { VenueCase } from './venue-case.js'

const HOUR_MS = 3_600_000

/** What can be asked of every venue. */
export const readCases: readonly VenueCase[] = [
  {
    id: 'VE-01',
    title: 'lists every symbol with the limits that orders have to keep',
    run: async ({ instrument, otherSymbol, venue }) => {
      assert.ok(instrument.tickSize > 0n && instrument.stepSize > 0n && instrument.minQuantity > 0n)
      assert.ok(instrument.isTrading)
      const instruments = await venue.fetchInstruments()
      assert.ok(instruments.some(({ symbol, isTrading }) => symbol === otherSymbol && isTrading))
      assert.equal(new Set(instruments.map(({ symbol }) => symbol)).size, instruments.length, 'each symbol once')
    },
  },
  {
    id: 'VE-02',
    title: 'lists a symbol that is settling as not trading',
    needs: ['settling'],
    run: async ({ venue, settlingSymbol }) => {
      const found = (await venue.fetchInstruments()).find(({ symbol }) => symbol === settlingSymbol)
      assert.equal(found?.isTrading, false)
    },
  },
  {
    id: 'VE-03',
    title: 'knows that the account is in one-way mode, and reports one flat position per symbol',
    run: async ({ venue, symbol, otherSymbol }) => {
      assert.equal(await venue.fetchPositionMode(), 'ONE_WAY')
      const positions = await venue.fetchPositions([symbol, otherSymbol])
      assert.deepEqual(
        positions.map((report) => [report.symbol, report.positionSide, report.quantity]),
        [
          [symbol, 'BOTH', 0n],
          [otherSymbol, 'BOTH', 0n],
        ],
      )
      assert.equal(positions[0]?.account, venue.account)
    },
  },
  {
    id: 'VE-04',
    title: 'knows that the account is in hedge mode, and reports both sides',
    setting: { mode: 'HEDGE' },
    run: async ({ venue, symbol }) => {
      assert.equal(await venue.fetchPositionMode(), 'HEDGE')
      const positions = await venue.fetchPositions([symbol])
      assert.deepEqual(
        new Map<string, bigint>(positions.map(({ positionSide, quantity }) => [positionSide, quantity])),
        new Map<string, bigint>([
          ['LONG', 0n],
          ['SHORT', 0n],
        ]),
      )
      assert.equal(positions.length, 2)
    },
  },
  {
    id: 'VE-05',
    title: 'reads how far our clock is from its own',
    run: async ({ venue }) => {
      const { offsetMs, roundTripMs } = await venue.syncClock()
      assert.ok(Math.abs(offsetMs) <= 1_000 && roundTripMs >= 0)
    },
  },
  {
    id: 'VE-06',
    title: 'trades on although our clock is an hour ahead',
    needs: ['clock'],
    setting: { clockAheadMs: HOUR_MS },
    run: async ({ venue, order, place, trades }) => {
      await place(order('A1'))
      const { offsetMs } = await venue.syncClock()
      assert.ok(Math.abs(offsetMs + HOUR_MS) <= 1_000, `expected an offset of an hour, got ${offsetMs} ms`)
      assert.equal((await trades()).fills.length, 1)
    },
  },
  {
    id: 'VE-07',
    title: 'reports size, sign and entry price of a position',
    run: async ({ order, place, position, lots, price }) => {
      await place(order('A1', { orderSide: 'SELL', quantity: lots(3) }))
      const { quantity, entryPrice } = await position('BOTH')
      assert.equal(quantity, -parseQuantity(lots(3)), 'a short one-way position is negative')
      assert.ok(entryPrice !== null && entryPrice > 0n)
      assert.ok(Math.abs(Number(formatPrice(entryPrice)) / Number(price) - 1) < 0.01)
    },
  },
  {
    id: 'VE-08',
    title: 'throws when a question is not answered: an empty list would say that nothing is open',
    needs: ['faults'],
    run: async ({ venue, hands, symbol, order, place, priceAt }) => {
      await place(order('A1', { orderType: 'LIMIT', price: priceAt(-2) }))
      hands.failNextRead('unanswered')
      await assert.rejects(venue.fetchOpenOrders(symbol), { name: 'VenueError' })
      hands.failNextRead('unanswered')
      await assert.rejects(venue.fetchTrades({ symbol, afterId: null, since: null }), { name: 'VenueError' })
      assert.equal((await venue.fetchOpenOrders(symbol)).length, 1)
    },
  },
  {
    id: 'VE-09',
    title: 'gives candles, oldest first, no more than asked for',
    needs: ['candles'],
    run: async ({ candles, symbol, move, priceAt, order, place, lots }) => {
      assert.ok(candles !== null)
      move(1)
      move(-1)
      await place(order('A1', { quantity: lots(2) }))
      const minutes = await candles.fetchCandles(symbol, '1m', 5)
      const last = minutes.at(-1)
      assert.ok(last !== undefined && minutes.length <= 5)
      assert.ok(last.high >= parsePrice(priceAt(1)) && last.low <= parsePrice(priceAt(-1)))
      assert.ok(minutes.every((one, index) => index === 0 || one.openTime > (minutes[index - 1]?.openTime ?? 0)))
      assert.equal(last.closeTime - last.openTime, 59_999)
      assert.equal((await candles.fetchCandles(symbol, '1h', 1)).length, 1)
    },
  },
]
