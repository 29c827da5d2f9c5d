import { type FundingRequest, type Venue, VenueError } from '@tranchebook/adapters'
import { describe, expect, it } from 'vitest'
import { TrancheManager } from '../src/index.js'
import { actAtVenue, openSimulated, passTime, type SimulatedAccount, simulatedAccount } from './simulated-account.js'

const SYMBOL = 'BTCUSDT'
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

interface Asked {
  readonly venue: Venue
  readonly requests: FundingRequest[]
}

/** Without a time only the newest week comes, whichever id is known, as at a real venue. */
function weekly({ exchange, clock }: SimulatedAccount): Asked {
  const venue = openSimulated({ exchange, account: 'main', clock })
  const requests: FundingRequest[] = []
  const { fetchFunding } = venue
  venue.fetchFunding = async (request) => {
    requests.push(request)
    return fetchFunding({ ...request, afterId: null, since: request.since ?? clock.now() - 7 * DAY_MS })
  }
  return { venue, requests }
}

/** Its account stream stands, and never says that funding was paid. */
function withoutNotices(venue: Venue): void {
  const streamAccount = venue.streamAccount.bind(venue)
  venue.streamAccount = (listener) =>
    streamAccount((event) => {
      if (event.type !== 'fundingNoticed') listener(event)
    })
}

async function begin(account: SimulatedAccount): Promise<TrancheManager> {
  const manager = TrancheManager.open({ ...account })
  await Promise.all([manager.start(), passTime(account, 2000)])
  return manager
}

async function leave(account: SimulatedAccount, manager: TrancheManager, ms: number): Promise<void> {
  await Promise.all([manager.stop(), passTime(account, 2000)])
  account.clock.advance(ms)
}

async function paidAndBooked({ exchange, store }: SimulatedAccount): Promise<readonly [number, number]> {
  let booked = 0
  for await (const { event } of store.read(`main/${SYMBOL}`)) if (event.type === 'FundingBooked') booked += 1
  const income = exchange.accounts.get('main')?.income ?? []
  return [income.filter(({ type }) => type === 'FUNDING_FEE').length, booked]
}

describe('funding', () => {
  it('of a long absence is booked to the last payment, and asked for once', async () => {
    const account = simulatedAccount({}, '10000')
    const first = await begin(account)
    const opened = first.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.02' })
    await Promise.all([opened, passTime(account, 1000)])
    await leave(account, first, DAY_MS)
    const second = await begin(account)
    await passTime(account, 1000)
    expect(await paidAndBooked(account)).toEqual([3, 3])
    await leave(account, second, 20 * DAY_MS)

    const { venue, requests } = weekly(account)
    const third = await begin({ ...account, venue })
    await passTime(account, 12_000)
    expect(await paidAndBooked(account)).toEqual([63, 63])
    const now = account.clock.now()
    expect(requests.map(({ since }) => Math.round((now - (since ?? 0)) / DAY_MS))).toEqual([21, 6])
    await third.stop()
  })

  it('of a symbol in which nothing was open is not asked for', async () => {
    const account = simulatedAccount({}, '10000')
    const first = await begin(account)
    await leave(account, first, 20 * DAY_MS)
    const { venue, requests } = weekly(account)
    const second = await begin({ ...account, venue })
    await passTime(account, 12_000)
    expect(requests).toEqual([])
    await second.stop()
  })

  it('of a position that was closed long ago is asked for as long as it was open', async () => {
    const account = simulatedAccount({}, '10000')
    const first = await begin(account)
    const opened = first.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.02' })
    await Promise.all([opened, passTime(account, 1000)])
    const closed = first.command(SYMBOL, { command: 'flatten' })
    await Promise.all([closed, passTime(account, 1000)])
    const closedTime = account.clock.now()
    await leave(account, first, 20 * DAY_MS)
    const { venue, requests } = weekly(account)
    const second = await begin({ ...account, venue })
    await passTime(account, 12_000)
    expect(requests.map(({ until }) => Math.round(((until ?? 0) - closedTime) / DAY_MS))).toEqual([6])
    await second.stop()
  })

  it.each([3, 12])(
    'that is told %d days after it was paid is booked, although later funding was told before',
    async (lateDays) => {
      const account = simulatedAccount({}, '10000')
      const first = await begin(account)
      const opened = first.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.02' })
      await Promise.all([opened, passTime(account, 1000)])
      await leave(account, first, DAY_MS)

      const { venue, requests } = weekly(account)
      const hidden = account.exchange.accounts.get('main')?.income.find(({ type }) => type === 'FUNDING_FEE')?.id
      const fetchFunding = venue.fetchFunding.bind(venue)
      venue.fetchFunding = async (request) => {
        const { payments, isComplete } = await fetchFunding(request)
        return { payments: payments.filter(({ fundingId }) => fundingId !== hidden), isComplete }
      }
      for (const days of [lateDays - 2, 1]) {
        const manager = await begin({ ...account, venue })
        await passTime(account, 1000)
        await leave(account, manager, days * DAY_MS)
      }
      venue.fetchFunding = fetchFunding
      requests.length = 0
      const last = await begin({ ...account, venue })
      await passTime(account, 1_900_000)
      const [paid, booked] = await paidAndBooked(account)
      expect(booked).toBe(paid)
      // One for the start, one soon after it, and one every ten minutes.
      expect(requests.length).toBeLessThanOrEqual(5)
      await last.stop()
    },
  )

  it('of the second in which a book begins is booked, although the program takes the venue for ahead', async () => {
    const account = simulatedAccount({}, '10000')
    const { exchange, clock } = account
    actAtVenue(account).buyByHand(SYMBOL, '0.02')
    clock.advance(4 * HOUR_MS - 2500)
    const { venue } = weekly(account)
    venue.syncClock = async () => {
      const asked = clock.now()
      await new Promise<void>((resolve) => {
        clock.schedule(2000, resolve)
      })
      const time = clock.now()
      return { offsetMs: exchange.time - (asked + time) / 2, roundTripMs: time - asked, time }
    }
    const manager = TrancheManager.open({ ...account, venue })
    await Promise.all([manager.start(), passTime(account, 15_000)])
    expect(await paidAndBooked(account)).toEqual([1, 1])
    await manager.stop()
  })

  it('whose notice is swallowed is booked within an hour or so, and asked for once an hour as long as something is open', async () => {
    const account = simulatedAccount({}, '10000')
    account.clock.advance(4 * HOUR_MS - 60_000)
    const { venue, requests } = weekly(account)
    withoutNotices(venue)
    const manager = await begin({ ...account, venue })
    const opened = manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.02' })
    await Promise.all([opened, passTime(account, 12_000)])
    requests.length = 0
    await passTime(account, HOUR_MS + 30_000, 1000)
    expect(await paidAndBooked(account)).toEqual([1, 1])
    expect(requests).toHaveLength(1)
    const closed = manager.command(SYMBOL, { command: 'flatten' })
    await Promise.all([closed, passTime(account, 1000)])
    await passTime(account, 2 * HOUR_MS, 1000)
    expect(requests).toHaveLength(2)
    await manager.stop()
  })

  it('is asked for with growing pauses where the venue refuses', async () => {
    const account = simulatedAccount({}, '10000')
    const { venue, requests } = weekly(account)
    const first = await begin({ ...account, venue })
    const opened = first.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.02' })
    await Promise.all([opened, passTime(account, 1000)])
    await leave(account, first, DAY_MS)
    const fetchFunding = venue.fetchFunding.bind(venue)
    venue.fetchFunding = async (request) => {
      await fetchFunding(request)
      throw new VenueError('venue.read.failed', 'too many requests')
    }
    requests.length = 0
    const second = await begin({ ...account, venue })
    await passTime(account, HOUR_MS, 1000)
    // After 0, 10, 30, 70, … 2550 s; the next one after 5110 s.
    expect(requests).toHaveLength(9)
    venue.fetchFunding = fetchFunding
    await passTime(account, HOUR_MS / 2, 1000)
    expect(await paidAndBooked(account)).toEqual([3, 3])
    await second.stop()
  })
})
