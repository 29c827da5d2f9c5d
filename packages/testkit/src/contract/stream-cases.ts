import assert from 'node:assert/strict'
import type { AccountEvent, MarketEvent } from '@tranchebook/adapters'
import { parsePrice, parseQuantity } from '@tranchebook/core'
import type { Ear, Trial } from './trial.js'
import type { VenueCase } from './venue-case.js'

const HOLDING_MS = 200

function countOf(events: readonly AccountEvent[], type: AccountEvent['type']): number {
  return events.filter((event) => event.type === type).length
}

/** Enters and is stopped out, and compares what was told with what the venue's own history says. */
async function assertStoppedOut(trial: Trial): Promise<Ear> {
  const { order, place, listen, priceAt, move, until, trades, lots } = trial
  const ear = await listen()
  await place(order('A1', { quantity: lots(2) }))
  const stop = { purpose: 'stop', orderType: 'STOP_MARKET', orderSide: 'SELL', reduceOnly: true } as const
  await place(order('A2', { ...stop, triggerPrice: priceAt(-2), quantity: lots(2) }))
  move(-2.5)
  await until('the end of the stop', () => ear.statuses('A2').includes('filled'))
  await until('both fills', () => ear.fills().length >= 2)
  const { fills } = await trades()
  const facts = fills.map((fill) => [fill.tradeId, fill.clientOrderId, fill.price, fill.quantity, fill.fee, fill.side])
  const told = ear
    .fills()
    .map((fill) => [fill.tradeId, fill.clientOrderId, fill.price, fill.quantity, fill.fee, fill.side])
  assert.deepEqual(told, facts, 'the stream and the history tell the same trades')
  assert.deepEqual(
    fills.map((fill) => fill.clientOrderId),
    ['A1', 'A2'],
  )
  assert.equal(countOf(ear.events, 'quarantined'), 0)
  return ear
}

/** What the streams tell, and what they hold back. */
export const streamCases: readonly VenueCase[] = [
  {
    id: 'VE-80',
    title: 'begins with a resynchronisation, and holds everything back until it is done',
    run: async ({ listen, order, place, until, trades, pause }) => {
      const ear = await listen({ resumes: false })
      assert.deepEqual(
        ear.events.map(({ type }) => type),
        ['connected', 'resyncNeeded'],
      )
      await place(order('A1'))
      await until('the trade', async () => (await trades()).fills.length === 1)
      const end = performance.now() + HOLDING_MS
      while (performance.now() < end) await pause()
      assert.equal(ear.fills().length, 0, 'told before it was resumed')
      ear.stream.resume(99)
      assert.equal(ear.fills().length, 0, 'a number that is not asked for releases nothing')
      ear.stream.resume(1)
      await until('what was held back', () => ear.fills().length === 1 && ear.statuses('A1').includes('filled'))
    },
  },
  {
    id: 'VE-81',
    title: 'tells every trade once, with its fee, as the history has it',
    run: async (trial) => {
      await assertStoppedOut(trial)
    },
  },
  {
    id: 'VE-82',
    title: 'tells the same when a triggered order is named after its fills, under an id of the venue',
    needs: ['lateTriggers'],
    setting: { hasLateTriggers: true },
    run: async (trial) => {
      const ear = await assertStoppedOut(trial)
      assert.ok(!ear.statuses('A2').includes('expired'), ear.statuses('A2').join(', '))
    },
  },
  {
    id: 'VE-83',
    title: 'tells how the position stands after a fill',
    run: async ({ listen, order, place, until, lots }) => {
      const ear = await listen()
      await place(order('A1', { quantity: lots(2) }))
      const isThere = (event: AccountEvent): boolean =>
        event.type === 'position' && event.quantity === parseQuantity(lots(2))
      await until('the position', () => ear.events.some(isThere))
    },
  },
  {
    id: 'VE-84',
    title: 'asks for a resynchronisation after a gap, and what was missed is in the history',
    needs: ['cuts'],
    run: async ({ listen, order, place, until, trades, hands }) => {
      const ear = await listen()
      await place(order('A1'))
      await until('the first fill', () => ear.fills().length === 1)
      hands.cutStreams()
      await until('the gap', () => countOf(ear.events, 'gap') === 1)
      await place(order('A2'))
      await until('another resynchronisation', () => countOf(ear.events, 'resyncNeeded') === 2)
      const names = ear.events.map(({ type }) => type)
      assert.ok(names.indexOf('gap') < names.lastIndexOf('connected'))
      assert.ok(names.lastIndexOf('connected') < names.lastIndexOf('resyncNeeded'))
      assert.deepEqual(
        (await trades()).fills.map((fill) => fill.clientOrderId),
        ['A1', 'A2'],
      )
      await place(order('A3'))
      await until('the fill after it', () => ear.fills().some((fill) => fill.clientOrderId === 'A3'))
      const ids = ear.fills().map(({ tradeId }) => tradeId)
      assert.equal(new Set(ids).size, ids.length, 'no fill twice')
    },
  },
  {
    id: 'VE-85',
    title: 'goes on with a new key when the one of the account stream ends',
    needs: ['listenKeys'],
    run: async ({ listen, order, place, until, hands }) => {
      const ear = await listen()
      hands.expireListenKey()
      await until('another resynchronisation', () => countOf(ear.events, 'resyncNeeded') === 2)
      await place(order('A1'))
      await until('the fill', () => ear.fills().length === 1)
    },
  },
  {
    id: 'VE-86',
    title: 'tells marks of the symbols that were asked for, and again after a gap',
    run: async ({ venue, symbol, priceAt, move, until, hands }) => {
      const events: MarketEvent[] = []
      const stream = venue.streamMarks([symbol], (event) => events.push(event))
      await stream.opened
      move(1)
      const hasMark = (percent: number): boolean =>
        events.some((event) => event.type === 'mark' && event.price === parsePrice(priceAt(percent)))
      await until('the mark', () => hasMark(1))
      assert.ok(events.every((event) => event.type !== 'mark' || event.symbol === symbol))
      assert.equal(events[0]?.type, 'connected')
      hands.cutStreams()
      await until('the gap', () => events.some(({ type }) => type === 'gap'))
      move(2)
      await until('the mark after the gap', () => hasMark(2))
      await stream.close()
    },
  },
  {
    id: 'VE-87',
    title: 'tells that leverage was changed',
    run: async ({ venue, listen, symbol, until }) => {
      const ear = await listen()
      await venue.setLeverage(symbol, 9)
      const isNamed = (event: AccountEvent): boolean => event.type === 'leverageChanged' && event.leverage === 9
      await until('the notice', () => ear.events.some(isNamed))
    },
  },
  {
    id: 'VE-88',
    title: 'tells that funding was paid',
    needs: ['funding'],
    run: async ({ listen, order, place, hands, symbol, until }) => {
      const ear = await listen()
      await place(order('A1'))
      hands.payFunding(symbol, '0.0001')
      await until('the notice', () => ear.events.some(({ type }) => type === 'fundingNoticed'))
    },
  },
  {
    id: 'VE-89',
    title: 'tells a liquidation as a fill of the venue’s own, on the stream and in the history',
    run: async ({ venue, listen, order, move, until, trades, position, symbol, place, lots, wallet, price }) => {
      await venue.setLeverage(symbol, 20)
      const count = Math.floor((Number(wallet) * 15) / (Number(price) * Number(lots(1))))
      const ear = await listen()
      await place(order('A1', { quantity: lots(count) }))
      move(-12)
      await until('the liquidation', async () => (await position('BOTH')).quantity === 0n)
      await until('the fill', () => ear.fills().some(({ kind }) => kind === 'liquidation'))
      const last = (await trades()).fills.at(-1)
      assert.equal(last?.kind, 'liquidation')
    },
  },
]
