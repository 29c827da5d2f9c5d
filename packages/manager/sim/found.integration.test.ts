import { AppendError } from '@tranchebook/store'
import { describe, expect, it } from 'vitest'
import { give } from './acts/user-acts.js'
import type { Sabotage } from './canary/sabotage.js'
import { drawCircumstances, type Rates } from './world/circumstances.js'
import { passTime } from './world/pass-time.js'
import { World } from './world/world.js'

const CALM: Rates = { write: 0, read: 0, message: 0, store: 0, slow: 0 }
/** Every call takes time, and nothing else goes wrong. */
const SLOW: Rates = { ...CALM, slow: 1000 }
const UNFOUND_MS = 5000
/** A world begins a minute before the hour of funding. */
const UNTIL_FUNDING_MS = 60_000
const SYMBOL = 'BTCUSDT'

interface Drawn {
  readonly rates: Rates
  readonly sabotage?: Sabotage
}

/** A world in which only happens what a test does to it. */
function openWorld({ rates, sabotage = {} }: Drawn): World {
  const circumstances = { ...drawCircumstances(1, 'binance'), symbols: [SYMBOL], rates }
  return new World(circumstances, { sabotage, isTold: true })
}

describe('faults that seeds have found', () => {
  it.each([
    ['', 0],
    [', although its clock was set back meanwhile', -60_000],
  ])(
    'a program that stood still past its lease sends nothing, and cancels nothing of its successor%s',
    async (_, aheadMs) => {
      const world = openWorld({ rates: SLOW })
      const intended = world.watches.get(SYMBOL)?.orders.intended
      const isStopIntended = (): boolean => [...(intended?.values() ?? [])].some(({ purpose }) => purpose === 'stop')
      await passTime(world, 9000)
      const [first] = world.runs
      give(world, SYMBOL, { command: 'openTranche', side: 'LONG', quantity: '0.02' })
      while (!isStopIntended()) await passTime(world, 1)
      first?.program.freeze()
      await passTime(world, 30_000)
      first?.program.setClock(aheadMs)
      first?.program.thaw()
      await passTime(world, 30_000)

      expect(world.violations).toEqual([])
      expect(first?.isOver).toBe(true)
      expect(world.account.waiting.size).toBeGreaterThan(0)
      expect(world.runs.map(({ program }) => program.name)).toEqual(['program 2'])
    },
  )

  it('an order that was acknowledged a moment ago is not absent because the venue does not find it yet', async () => {
    const sentTime = new Map<string, number>()
    const sabotage: Sabotage = {
      venue: (venue) => ({
        ...venue,
        submit: async (order) => {
          sentTime.set(order.terms.clientOrderId, world.clock.now())
          return venue.submit(order)
        },
        cancel: async () => Promise.resolve({ outcome: 'unknown', code: null, message: 'the cancel was lost' }),
        findOrder: async (order) => {
          const isYoung = world.clock.now() - (sentTime.get(order.clientOrderId) ?? 0) < UNFOUND_MS
          return isYoung ? { type: 'notFound', time: world.clock.now() } : venue.findOrder(order)
        },
      }),
    }
    const world = openWorld({ rates: CALM, sabotage })
    await passTime(world, 2000)
    give(world, SYMBOL, { command: 'openTranche', side: 'LONG', quantity: '0.02' })
    await passTime(world, 100)
    give(world, SYMBOL, { command: 'closeTranche', tranche: 'T1', quantity: '0.005' })
    await passTime(world, 4000)

    expect(world.watches.get(SYMBOL)?.lots.quantityOf('LONG')).toBe(15_000_000_000n)
    expect(world.watches.get(SYMBOL)?.events.some(({ type }) => type === 'CancelIntended')).toBe(true)
    expect(world.violations).toEqual([])
  })

  it('an entry at market does not leave long after the mark that it was decided on', async () => {
    let stuckUntil = 0
    const stuck = new AppendError('store.append.not-sent', 'the log takes no events', { outcome: 'not-sent' })
    const sabotage: Sabotage = {
      store: (store) => ({
        ...store,
        append: async (...batch) => {
          if (world.clock.now() < stuckUntil) throw stuck
          return store.append(...batch)
        },
      }),
    }
    const world = openWorld({ rates: CALM, sabotage })
    await passTime(world, 2000)
    stuckUntil = world.clock.now() + 12_000
    give(world, SYMBOL, { command: 'openTranche', side: 'LONG', quantity: '0.02' })
    await passTime(world, 30_000)
    const types = world.watches
      .get(SYMBOL)
      ?.events.map((event) => (event.type === 'OrderRefused' ? event.code : event.type))

    expect(types).toContain('OrderIntended')
    expect(types).toContain('not-sent.late')
    expect(world.account.orders.size).toBe(0)
    expect(world.violations).toEqual([])
  })

  it('funding is booked although the history of the venue is behind its own notice', async () => {
    let shownFrom = Number.POSITIVE_INFINITY
    const sabotage: Sabotage = {
      venue: (venue) => ({
        ...venue,
        fetchFunding: async (request) =>
          world.clock.now() < shownFrom ? { payments: [], isComplete: true } : venue.fetchFunding(request),
      }),
    }
    const world = openWorld({ rates: CALM, sabotage })
    await passTime(world, 2000)
    give(world, SYMBOL, { command: 'openTranche', side: 'LONG', quantity: '0.02' })
    await passTime(world, UNTIL_FUNDING_MS)
    expect(world.account.income.some(({ type }) => type === 'FUNDING_FEE')).toBe(true)
    shownFrom = world.clock.now() + 3000
    await passTime(world, 15_000)

    expect(world.watches.get(SYMBOL)?.fundings.size).toBe(1)
    expect(world.violations).toEqual([])
  })
})
