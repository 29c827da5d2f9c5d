import type { Venue } from '@tranchebook/adapters'
import { type BookEvent, formatQuantity, type PositionMode } from '@tranchebook/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TrancheManager } from '../src/index.js'
import {
  actAtVenue,
  openSimulated,
  passTime,
  positionOf,
  setHedgeMode,
  type SimulatedAccount,
  simulatedAccount,
} from './simulated-account.js'

const SYMBOL = 'BTCUSDT'
const LAW = { numRuns: Number(process.env['LAW_RUNS'] ?? 100) }
const START_MS = 4000
const STEP_MS = 250

/** What somebody does by hand around the start, in thousandths (bought positive), when, and at which price. */
interface Trade {
  readonly size: number
  readonly atMs: number
  readonly price: string
}

/** How long questions travel: there, back. Ms. */
interface Way {
  readonly there: number
  readonly back: number
}

interface Beginning {
  readonly positionMode: PositionMode
  readonly trades: readonly Trade[]
  /** Of the question for the venue's time, and of all others. */
  readonly clock: Way
  readonly others: Way
}

const lag = fc.constantFrom(0, 0, 30, 400, 2000)
const way = fc.record({ there: lag, back: lag })
const ways = fc.record({ clock: way, others: way })

function trades(from: number, until: number): fc.Arbitrary<readonly Trade[]> {
  const size = fc.integer({ min: -3, max: 3 }).filter((thousandths) => thousandths !== 0)
  const price = fc.constantFrom('50000', '50000', '50100', '49900')
  return fc.array(fc.record({ size, atMs: fc.integer({ min: from, max: until }), price }), { maxLength: 6 })
}

/** When something happens, ms. */
type Moment = (on: Pick<Beginning, 'clock' | 'others'>) => number

function beginnings(from: Moment, until: Moment): fc.Arbitrary<Beginning> {
  const positionMode = fc.constantFrom<PositionMode>('ONE_WAY', 'HEDGE')
  return ways.chain((on) =>
    fc.record({
      positionMode,
      trades: trades(from(on), until(on)),
      clock: fc.constant(on.clock),
      others: fc.constant(on.others),
    }),
  )
}

/** What is scheduled is answered at the next step. */
const inSteps = (ms: number): number => Math.ceil(ms / STEP_MS) * STEP_MS
/** The program has been told the venue's time: its books begin, a second or more before. */
const prepared: Moment = ({ clock }) => START_MS + inSteps(clock.there) + inSteps(clock.back)
/** The venue is asked for the first report. */
const reported: Moment = (on) => prepared(on) + on.others.there

type Reads = Pick<Venue, 'syncClock' | 'fetchPositions' | 'fetchTrades' | 'fetchOpenOrders'>

/** The account's venue, whose answers take their time. */
function slowVenue({ exchange, clock }: SimulatedAccount, on: Pick<Beginning, 'clock' | 'others'>): Venue {
  const venue = openSimulated({ exchange, account: 'main', clock })
  const wait = async (ms: number): Promise<void> =>
    new Promise((resolve) => {
      clock.schedule(ms, resolve)
    })
  const ask = async <Answer>({ there, back }: Way, read: () => Promise<Answer>): Promise<Answer> => {
    if (there > 0) await wait(there)
    const answer = await read()
    if (back > 0) await wait(back)
    return answer
  }
  const { fetchPositions, fetchTrades, fetchOpenOrders } = venue
  const reads: Reads = {
    syncClock: async () => {
      const asked = clock.now()
      const stamp = await ask(on.clock, async () => Promise.resolve(exchange.time))
      const time = clock.now()
      return { offsetMs: Math.round(stamp - (asked + time) / 2), roundTripMs: time - asked, time }
    },
    fetchPositions: async (symbols) => ask(on.others, async () => fetchPositions(symbols)),
    fetchTrades: async (request) => ask(on.others, async () => fetchTrades(request)),
    fetchOpenOrders: async (symbol) => ask(on.others, async () => fetchOpenOrders(symbol)),
  }
  return Object.assign(venue, reads)
}

function tradeByHand(account: SimulatedAccount, { size, price }: Trade): void {
  const amount = text(Math.abs(size))
  const acts = actAtVenue(account)
  acts.move(SYMBOL, price)
  if (size > 0) acts.buyByHand(SYMBOL, amount)
  else acts.sellByHand(SYMBOL, amount)
}

const text = (thousandths: number): string => (thousandths / 1000).toString()

async function eventsOf({ store }: SimulatedAccount): Promise<readonly BookEvent[]> {
  const events: BookEvent[] = []
  for await (const { event } of store.read(`main/${SYMBOL}`)) events.push(event)
  return events
}

async function live({ positionMode, trades: byHand, ...on }: Beginning): Promise<SimulatedAccount> {
  const account = simulatedAccount({ positionMode, tpPercent: 30, slPercent: 30 }, '10000')
  setHedgeMode(account.exchange, 'main', positionMode === 'HEDGE')
  for (const trade of byHand)
    account.clock.schedule(trade.atMs, () => {
      tradeByHand(account, trade)
    })
  await passTime(account, START_MS)
  // A restart asks again for what its log does not know.
  for (const _start of ['first', 'second']) {
    const manager = TrancheManager.open({ ...account, venue: slowVenue(account, on) })
    await Promise.all([manager.start(), passTime(account, 45_000)])
    await Promise.all([manager.stop(), passTime(account, 3000)])
  }
  return account
}

/** What a book has become that began so. */
async function outcomeOf(beginning: Beginning): Promise<Outcome> {
  const account = await live(beginning)
  const events = await eventsOf(account)
  const venue = account.exchange.accounts.get('main')!
  const booked = events.filter((event) => event.type === 'FillBooked').map(({ tradeId }) => tradeId)
  const isSince = ({ time }: { readonly time: number }): boolean => time > (events[0]?.time ?? Infinity)
  const side = beginning.positionMode === 'HEDGE' ? 'LONG' : 'BOTH'
  return {
    ours: netOf(events),
    theirs: Number(formatQuantity(positionOf(venue, SYMBOL, side).amount)) * 1000,
    unbooked: venue.trades.filter(({ id }) => !booked.includes(id)).length,
    forgotten: venue.trades.filter((trade) => isSince(trade) && !booked.includes(trade.id)).length,
    conflicts: events.flatMap((event) => (event.type === 'ConflictDetected' ? [event.code] : [])),
    givenUp: events.filter((event) => event.type === 'TrancheReduced' && event.evidence !== 'fill').length,
  }
}

interface Outcome {
  /** What is open, thousandths, bought positive. */
  readonly ours: number
  readonly theirs: number
  /** Trades that the log does not hold, and those of them since it begins. */
  readonly unbooked: number
  readonly forgotten: number
  readonly conflicts: readonly string[]
  /** Parts of tranches that the venue never held. */
  readonly givenUp: number
}

function netOf(events: readonly BookEvent[]): number {
  let net = 0
  for (const event of events) {
    if (event.type !== 'TrancheOpened' && event.type !== 'TrancheIncreased' && event.type !== 'TrancheReduced') continue
    const isMore = (event.type === 'TrancheReduced') !== (event.side === 'LONG')
    net += Math.round(Number(event.quantity) * 1000) * (isMore ? 1 : -1)
  }
  return net
}

it('a book that begins flat, while others trade, holds each of their trades, whatever time it takes the venue for', async () => {
  await fc.assert(
    fc.asyncProperty(
      beginnings(prepared, () => 15_000),
      async (beginning) => {
        const outcome = await outcomeOf(beginning)
        expect(outcome).toMatchObject({ ours: outcome.theirs, unbooked: 0, conflicts: [], givenUp: 0 })
      },
    ),
    LAW,
  )
})

it('a book that begins with a position opens nothing that the venue does not hold, and asks nobody about what was closed before', async () => {
  await fc.assert(
    fc.asyncProperty(
      beginnings(() => 1000, reported),
      async (beginning) => {
        const outcome = await outcomeOf(beginning)
        expect(outcome).toMatchObject({ ours: outcome.theirs, forgotten: 0, conflicts: [], givenUp: 0 })
      },
    ),
    LAW,
  )
})

it.each<[PositionMode, string]>([
  ['ONE_WAY', 'nothing is opened against it'],
  ['HEDGE', 'nobody is asked'],
])('%s: a position that is closed at its entry price while its book begins: %s', async (positionMode) => {
  const at = { there: 0, back: 0 }
  const byHand = [
    { size: 1, atMs: 1000, price: '50000' },
    { size: -1, atMs: 4250, price: '50000' },
  ]
  const outcome = await outcomeOf({ positionMode, trades: byHand, clock: at, others: at })
  expect(outcome).toMatchObject({ ours: 0, theirs: 0, conflicts: [], givenUp: 0 })
})

it('an order of ours is not from before, although the venue is taken for ahead when its first report is asked for', async () => {
  const account = simulatedAccount({ tpPercent: 30, slPercent: 30 }, '10000')
  actAtVenue(account).buyByHand(SYMBOL, '0.001')
  await passTime(account, START_MS)
  actAtVenue(account).sellByHand(SYMBOL, '0.001')
  const venue = openSimulated({ exchange: account.exchange, account: 'main', clock: account.clock })
  const { fetchPositions } = venue
  venue.fetchPositions = async (symbols) =>
    (await fetchPositions(symbols)).map((report) => ({ ...report, time: report.time + 1000 }))
  const manager = TrancheManager.open({ ...account, venue })
  await Promise.all([manager.start(), passTime(account, 500)])
  const opened = manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.002' })
  await Promise.all([opened, passTime(account, 250)])
  expect((await eventsOf(account)).filter(({ type }) => type === 'FillBooked')).toHaveLength(1)
  await Promise.all([manager.stop(), passTime(account, 1000)])
})

it('trades that come between the first answers, and turn the position, are each booked', async () => {
  const byHand = [
    { size: 1, atMs: 8501, price: '50000' },
    { size: -2, atMs: 8501, price: '50000' },
  ]
  const on = { clock: { there: 2000, back: 30 }, others: { there: 400, back: 0 } }
  const outcome = await outcomeOf({ positionMode: 'ONE_WAY', trades: byHand, ...on })
  expect(outcome).toMatchObject({ ours: -1, theirs: -1, unbooked: 0, conflicts: [], givenUp: 0 })
})
