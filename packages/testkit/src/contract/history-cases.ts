import assert from 'node:assert/strict'
import { asMoney, formatMoney, parseMoney } from '@tranchebook/core'
import type { VenueCase } from './venue-case.js'

const PAGE = 1_000
const MINUTE_MS = 60_000

/** Trades and funding of the past. */
export const historyCases: readonly VenueCase[] = [
  {
    id: 'VE-70',
    title: 'tells trades with what they cost and brought, oldest first, each once',
    run: async ({ order, place, move, trades, lots, symbol, venue }) => {
      await place(order('A1', { quantity: lots(2) }))
      move(1)
      await place(order('A2', { orderSide: 'SELL', quantity: lots(2) }))
      const { fills } = await trades()
      assert.deepEqual(
        fills.map((fill) => [fill.clientOrderId, fill.side, fill.symbol, fill.account, fill.kind, fill.maker]),
        [
          ['A1', 'BUY', symbol, venue.account, 'trade', false],
          ['A2', 'SELL', symbol, venue.account, 'trade', false],
        ],
      )
      assert.ok(fills.every(({ fee, feeAsset }) => fee !== null && fee > 0n && feeAsset !== null))
      assert.deepEqual(
        fills.map(({ realizedPnl }) => realizedPnl !== null && realizedPnl > 0n),
        [false, true],
      )
      assert.ok((fills[0]?.time ?? 0) <= (fills[1]?.time ?? 0))
    },
  },
  {
    id: 'VE-71',
    title: 'goes on from a known trade and tells it again, so that none between is missed',
    run: async ({ order, place, trades, venue, symbol }) => {
      for (const name of ['A1', 'A2', 'A3']) await place(order(name))
      const { fills } = await trades()
      const known = fills[1]
      assert.ok(known !== undefined)
      const later = await venue.fetchTrades({ symbol, afterId: known.tradeId, since: null })
      const names = later.fills.map(({ clientOrderId }) => clientOrderId)
      assert.deepEqual([names.slice(-2), later.isComplete], [['A2', 'A3'], true])
      const again = later.fills.find(({ tradeId }) => tradeId === known.tradeId)
      assert.deepEqual(again && [again.price, again.quantity, again.fee], [known.price, known.quantity, known.fee])
    },
  },
  {
    id: 'VE-72',
    title: 'goes on from a time, and has nothing of a time to come',
    run: async ({ order, place, trades, venue, symbol, hands }) => {
      await place(order('A1'))
      const [first] = (await trades()).fills
      assert.ok(first !== undefined)
      hands.advance(10)
      const since = async (time: number): Promise<readonly (string | null)[]> =>
        (await venue.fetchTrades({ symbol, afterId: null, since: time })).fills.map((fill) => fill.clientOrderId)
      assert.deepEqual(await since(first.time - MINUTE_MS), ['A1'])
      assert.deepEqual(await since(first.time), ['A1'])
      assert.deepEqual(await since(first.time + MINUTE_MS), [])
    },
  },
  {
    id: 'VE-73',
    title: 'reads more trades than fit a page: every id once, no gap, in order',
    run: async ({ venue, symbol, hands, lots, order, place }) => {
      await place(order('A1'))
      hands.tradeByHand(symbol, lots(1), PAGE + 101)
      const { fills: latest } = await venue.fetchTrades({ symbol, afterId: null, since: null })
      const since = Math.min(...latest.map(({ time }) => time)) - MINUTE_MS
      const { fills } = await venue.fetchTrades({ symbol, afterId: null, since })
      assert.equal(fills.length, PAGE + 102)
      assert.equal(new Set(fills.map(({ tradeId }) => tradeId)).size, fills.length)
      assert.ok(fills.every(({ tradeId }, at) => at === 0 || BigInt(fills[at - 1]?.tradeId ?? '') < BigInt(tradeId)))
      const [, second] = fills
      assert.ok(second !== undefined)
      const onward = await venue.fetchTrades({ symbol, afterId: second.tradeId, since: null })
      assert.equal(onward.fills.filter(({ tradeId }) => BigInt(tradeId) >= BigInt(second.tradeId)).length, PAGE + 101)
    },
  },
  {
    id: 'VE-74',
    title: 'tells funding with its id: positive = received; from a known one on it is told again',
    needs: ['funding', 'time'],
    run: async ({ venue, order, place, hands, symbol, funding }) => {
      await place(order('A1'))
      hands.payFunding(symbol, '0.0001')
      hands.advance(MINUTE_MS)
      hands.payFunding(symbol, '-0.0003')
      const { payments } = await funding()
      assert.deepEqual(
        payments.map(({ amount, asset }) => [amount > 0n, asset]),
        [
          [false, 'USDT'],
          [true, 'USDT'],
        ],
      )
      assert.equal(new Set(payments.map(({ fundingId }) => fundingId)).size, 2)
      const last = payments[1]
      assert.ok(last !== undefined)
      const onward = await venue.fetchFunding({ symbol, afterId: last.fundingId, since: last.time })
      assert.ok(onward.payments.some(({ fundingId }) => fundingId === last.fundingId))
    },
  },
  {
    id: 'VE-75',
    title: 'reads more payments than fit a page: every one once',
    needs: ['funding', 'time'],
    run: async ({ venue, order, place, hands, symbol, lots }) => {
      await place(order('A1', { quantity: lots(10) }))
      const { time } = await venue.syncClock()
      for (let count = 0; count < PAGE + 101; count += 1) {
        hands.payFunding(symbol, count % 2 === 0 ? '0.0001' : '-0.0001')
        hands.advance(1)
      }
      const { payments } = await venue.fetchFunding({ symbol, afterId: null, since: time - MINUTE_MS })
      assert.equal(new Set(payments.map(({ fundingId }) => fundingId)).size, PAGE + 101)
      assert.equal(payments.length, PAGE + 101)
      const total = payments.reduce((sum, { amount }) => asMoney(sum + amount), parseMoney('0'))
      assert.equal(formatMoney(total), formatMoney(payments[0]?.amount ?? parseMoney('0')), 'all but one cancel out')
    },
  },
]
