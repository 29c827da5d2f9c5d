import type { Venue } from '@tranchebook/adapters'
import { type BookEvent, formatQuantity, replay, stateHash } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { type RepairResult, takeOver, TrancheManager } from '../src/index.js'
import {
  actAtVenue,
  faultsByHand,
  openSimulated,
  passTime,
  setHedgeMode,
  type SimulatedAccount,
  simulatedAccount,
} from './simulated-account.js'

const OPTIONS = { positionMode: 'ONE_WAY', tpPercent: '5', slPercent: '2', driftSettleMs: 500 }
const SYMBOL = 'BTCUSDT'

/** A connection that has lost the history of trades: only the position is left to tell what happened. */
function forgetful({ exchange, clock }: SimulatedAccount): Venue {
  const venue = openSimulated({ exchange, account: 'main', clock })
  venue.fetchTrades = async () => Promise.resolve({ fills: [], isComplete: false })
  return venue
}

async function during<Answer>(account: SimulatedAccount, work: Promise<Answer>, ms = 40_000): Promise<Answer> {
  work.catch(() => undefined)
  await passTime(account, ms)
  return work
}

async function eventsOf({ store }: SimulatedAccount): Promise<readonly BookEvent[]> {
  const events: BookEvent[] = []
  for await (const { event } of store.read(`main/${SYMBOL}`)) events.push(event)
  return events
}

/** The book holds LONG 0.03 behind its stop; then somebody sells 0.08 while nobody listens, and the venue forgets how. */
async function onTheOtherSide(): Promise<SimulatedAccount> {
  const account = simulatedAccount(OPTIONS, '100000')
  setHedgeMode(account.exchange, 'main', false)
  const manager = TrancheManager.open({ ...account })
  await during(account, manager.start(), 2000)
  await during(account, manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.03' }), 2000)
  expect(manager.getTrancheGroup(SYMBOL, 'LONG').protected).toBe(true)
  await during(account, manager.stop(), 2000)
  actAtVenue(account).sellByHand(SYMBOL, '0.08')
  return { ...account, venue: forgetful(account) }
}

function typesOf({ steps }: RepairResult): readonly string[] {
  return steps.map(({ type, event }) => `${type} ${event.type}`)
}

describe('taking over what the venue holds on the other side', () => {
  it('says first what it would do, and does nothing of it', async () => {
    const account = await onTheOtherSide()
    const before = await eventsOf(account)
    const planned = await during(account, takeOver(account, { dryRun: true, symbols: [SYMBOL], actor: 'desk' }))
    expect(planned).toMatchObject({ isDryRun: true, protection: { isProtected: false } })
    expect(planned.findings.map(({ code }) => code)).toContain('conflict')
    expect(typesOf(planned)).toEqual(
      expect.arrayContaining([
        'book ConflictDetected',
        'book TrancheClosed',
        'book TrancheOpened',
        'book ConflictResolved',
        'place OrderIntended',
      ]),
    )
    expect(await eventsOf(account)).toEqual(before)
  })

  it('ends the conflict: the wrong side closes as an estimate, the other is protected, all with who asked', async () => {
    const account = await onTheOtherSide()
    const done = await during(account, takeOver(account, { symbols: [SYMBOL], actor: 'desk' }))
    expect(done).toMatchObject({ isDryRun: false, findings: [], protection: { isProtected: true } })

    const events = await eventsOf(account)
    const because = { rule: 'command.takeOver', observed: { actor: 'desk', venue: '-0.05', ours: '0.03' } }
    const closed = events.find((event) => event.type === 'TrancheReduced' && event.reason === 'drift')
    expect(closed).toMatchObject({ tranche: 'T1', quantity: '0.03', evidence: 'position', because })
    expect(events.filter(({ type }) => type === 'RepairRequested')).toMatchObject([{ kind: 'takeOver', actor: 'desk' }])
    const book = replay(events)
    expect(book.conflict).toBeNull()
    expect(book.groups.LONG.tranches).toEqual([])
    expect(book.groups.SHORT.tranches.map(({ quantity }) => formatQuantity(quantity))).toEqual(['0.05'])
    expect(stateHash(replay(events))).toBe(stateHash(book))
    const stops = await account.venue.fetchOpenOrders(SYMBOL)
    expect(stops.filter(({ orderType }) => orderType === 'STOP_MARKET')).toMatchObject([{ orderSide: 'BUY' }])
  })

  it('by the process that owns the account; after it nothing more is called for', async () => {
    const account = await onTheOtherSide()
    const manager = TrancheManager.open({ ...account })
    await during(account, manager.start(), 5000)
    const refused = await during(account, manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.03' }), 500)
    expect(refused).toMatchObject({ accepted: false })
    const done = await during(account, manager.repair('takeOver', { symbols: [SYMBOL], actor: 'desk' }))
    expect(done).toMatchObject({ findings: [], protection: { isProtected: true } })
    const again = await during(account, manager.repair('takeOver', { symbols: [SYMBOL] }), 5000)
    expect([typesOf(again), again.findings]).toEqual([[], []])
    await during(account, manager.stop(), 2000)
  })

  it('bears with a venue that leaves a question unanswered', async () => {
    const account = await onTheOtherSide()
    const faults = faultsByHand()
    const { exchange, clock } = account
    const venue = openSimulated({ exchange, account: 'main', clock, faults })
    venue.fetchTrades = async () => Promise.resolve({ fills: [], isComplete: false })
    const manager = TrancheManager.open({ ...account, venue })
    await during(account, manager.start(), 5000)
    faults.read('unanswered', 'tooManyRequests')
    const done = await during(account, manager.repair('takeOver', { symbols: [SYMBOL], actor: 'desk' }))
    expect([faults.forRead(), done.findings, done.protection.isProtected]).toEqual([null, [], true])
    await during(account, manager.stop(), 2000)
  })
})

describe('a first start while somebody closes a part by hand', () => {
  it.each([200, 750])(
    'at exactly the entry price, %i ms after it: what is left has a stop, and nothing opens on the other side',
    async (afterMs) => {
      const account = simulatedAccount({ ...OPTIONS, driftSettleMs: 3000 })
      setHedgeMode(account.exchange, 'main', false)
      const act = actAtVenue(account)
      act.buyByHand(SYMBOL, '0.01')
      const manager = TrancheManager.open({ ...account })
      const started = manager.start()
      started.catch(() => undefined)
      await passTime(account, afterMs)
      act.sellByHand(SYMBOL, '0.004')
      await during(account, started, 20_000)

      const held = (side: 'LONG' | 'SHORT'): readonly string[] =>
        manager.getTranches(SYMBOL, side).map(({ quantity }) => quantity.toString())
      expect([held('LONG'), held('SHORT')]).toEqual([['0.006'], []])
      expect(manager.getTrancheGroup(SYMBOL, 'LONG').protected).toBe(true)
    },
  )

  it('who has bought before: what is sold closes that first, then what was held, and nothing opens on the other side', async () => {
    const account = simulatedAccount({ ...OPTIONS, driftSettleMs: 3000 })
    setHedgeMode(account.exchange, 'main', false)
    const acts = actAtVenue(account)
    acts.buyByHand(SYMBOL, '0.01')
    const manager = TrancheManager.open({ ...account })
    const started = manager.start()
    started.catch(() => undefined)
    await passTime(account, 750)
    acts.buyByHand(SYMBOL, '0.004')
    await passTime(account, 250)
    acts.sellByHand(SYMBOL, '0.012')
    await during(account, started, 20_000)

    const { groups, conflict } = manager.readBook(SYMBOL).book
    expect([formatQuantity(groups.LONG.quantity), formatQuantity(groups.SHORT.quantity)]).toEqual(['0.002', '0'])
    expect(conflict).not.toBe('oppositeSide')
    expect(manager.getTrancheGroup(SYMBOL, 'LONG').protected).toBe(true)
  })

  it('at exactly the entry price, before the venue has told what is held: nothing opens on the other side', async () => {
    const account = simulatedAccount({ ...OPTIONS, driftSettleMs: 3000 })
    setHedgeMode(account.exchange, 'main', false)
    const acts = actAtVenue(account)
    acts.buyByHand(SYMBOL, '0.01')
    const venue = openSimulated({ exchange: account.exchange, account: 'main', clock: account.clock })
    const fetchTrades = venue.fetchTrades.bind(venue)
    let hasSold = false
    venue.fetchTrades = async (request) => {
      if (!hasSold) acts.sellByHand(SYMBOL, '0.004')
      hasSold = true
      return fetchTrades(request)
    }
    const manager = TrancheManager.open({ ...account, venue })
    await during(account, manager.start(), 20_000)

    const { groups, conflict } = manager.readBook(SYMBOL).book
    expect([formatQuantity(groups.LONG.quantity), formatQuantity(groups.SHORT.quantity)]).toEqual(['0.006', '0'])
    expect(conflict).not.toBe('oppositeSide')
  })
})
