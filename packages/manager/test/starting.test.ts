import { VenueError } from '@tranchebook/adapters'
import { parseConfig } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { TrancheManager } from '../src/index.js'
import { faultsByHand, openSimulated, passTime, simulatedAccount } from './simulated-account.js'
import { Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }
const OTHER = 'ETHUSDT'

/** What a start comes to, once it has. */
function outcomeOf(work: Promise<void>): { readonly value: string | null } {
  const outcome: { value: string | null } = { value: null }
  const note = async (): Promise<void> => {
    try {
      await work
      outcome.value = 'started'
    } catch (error) {
      outcome.value = error instanceof Error ? error.message : String(error)
    }
  }
  void note()
  return outcome
}

describe('starting at a venue that does not answer', () => {
  it('asks again, as long as it takes the venue to come back', async () => {
    const stage = new Stage(TARGETS)
    const { manager, venue, complaints } = stage.open()
    venue.isUnreachable = true
    const started = outcomeOf(manager.start())
    await stage.clock.advance(60_000)
    expect([started.value, manager.health.status]).toEqual([null, 'starting'])
    expect(complaints.join()).toContain('asking again')

    venue.isUnreachable = false
    await stage.clock.advance(31_000)
    expect([started.value, manager.health.status]).toEqual(['started', 'live'])
  })

  it.each([
    ['from the beginning', 0],
    ['from the comparison on', 60],
  ])(
    'gives up within the stated time when it is away %s, with a code, and gives the lease back',
    async (_, afterMs) => {
      const stage = new Stage(TARGETS)
      const { manager, venue } = stage.open({ startTimeoutMs: 20_000, holder: 'first' })
      const starting = manager.start()
      const started = outcomeOf(starting)
      await stage.clock.advance(afterMs)
      venue.isUnreachable = true
      await stage.clock.advance(15_000)
      expect(started.value).toBeNull()
      await stage.clock.advance(10_000)
      await expect(starting).rejects.toMatchObject({
        code: 'manager.venue-unreachable',
        details: { startTimeoutMs: 20_000 },
      })
      expect(started.value).toContain('nobody answers')
      expect(venue.submitted).toEqual([])
      expect((await stage.start({ holder: 'second' })).manager.health.status).toBe('live')
    },
  )

  it.each(['venue.credentials.refused', 'venue.read.failed'])(
    'does not wait where waiting is no use: %s',
    async (code) => {
      const stage = new Stage(TARGETS)
      const { manager, venue } = stage.open()
      const isBanned = code === 'venue.read.failed'
      venue.syncClock = async () => {
        const details = isBanned ? { retryAfterMs: 3_600_000 } : { reason: 'credentials' }
        return Promise.reject(new VenueError(code, 'no', { details }))
      }
      const starting = manager.start()
      await expect(stage.whileTimePasses(starting)).rejects.toMatchObject({
        code: isBanned ? 'manager.venue-unreachable' : code,
      })
    },
  )

  it('waits as long as the venue wishes', async () => {
    const stage = new Stage(TARGETS)
    const { manager, venue, clock } = stage.open()
    const asked: number[] = []
    const syncClock = venue.syncClock.bind(venue)
    venue.syncClock = async () => {
      asked.push(clock.now())
      if (asked.length > 1) return syncClock()
      throw new VenueError('venue.read.failed', 'too many requests', { details: { retryAfterMs: 17_000 } })
    }
    const started = outcomeOf(manager.start())
    await stage.clock.advance(18_000)
    expect(started.value).toBe('started')
    expect(asked[1]! - asked[0]!).toBe(17_000)
  })

  it('the simulated venue leaves the first five questions unanswered', async () => {
    const account = simulatedAccount(TARGETS)
    const { exchange, clock, store, config } = account
    const faults = faultsByHand()
    faults.read(...Array.from({ length: 5 }, () => 'unanswered' as const))
    const venue = openSimulated({ exchange, account: 'main', clock, faults })
    const manager = TrancheManager.open({ account: 'main', venue, store, config, clock })
    const started = outcomeOf(manager.start())
    await passTime(account, 60_000)
    expect([started.value, manager.health.status]).toEqual(['started', 'live'])
    expect(faults.forRead()).toBeNull()
  })
})

describe('a configuration that names a closing rule of its own', () => {
  it.each([
    [{ closingStrategy: 'MINE' }, {}],
    [{}, { [SYMBOL]: { closingStrategy: 'MINE' } }],
  ])('opens only with that rule: %j %j', (defaults, symbols) => {
    const stage = new Stage()
    const config = parseConfig({ defaults, symbols }, { closingRules: ['MINE'] })
    expect(() => stage.open({ config })).toThrow(expect.objectContaining({ code: 'closing.rule-unknown' }))
    expect(() => stage.open({ config, closingRules: new Map([['MINE', () => []]]) })).not.toThrow()
  })
})

describe('the first prices', () => {
  it('have come when it has started: an entry may be asked for at once', async () => {
    const stage = new Stage(TARGETS, [SYMBOL, OTHER])
    const { manager } = stage.open()
    await stage.whileTimePasses(manager.start())
    for (const symbol of [SYMBOL, OTHER])
      expect(manager.canOpenNewTranche({ symbol, side: 'LONG', quantity: '0.01' })).toMatchObject({ allowed: true })
  })

  it('are not waited for longer than ten seconds; health names the symbol until its price comes', async () => {
    const stage = new Stage(TARGETS, [SYMBOL, OTHER])
    const process = stage.open()
    const { manager, venue } = process
    venue.isMarkSilent = (symbol) => symbol === OTHER
    const started = outcomeOf(manager.start())
    await stage.clock.advance(9000)
    expect([started.value, manager.health.status]).toEqual([null, 'live'])
    await stage.clock.advance(2000)
    expect(started.value).toBe('started')
    expect(manager.health).toMatchObject({ status: 'degraded', reasons: [{ code: 'priceSilent', symbol: OTHER }] })
    const entry = { side: 'LONG', quantity: '0.01' } as const
    expect(manager.canOpenNewTranche({ symbol: OTHER, ...entry })).toMatchObject({ allowed: false })
    stage.touch(process, SYMBOL)
    expect(manager.canOpenNewTranche({ symbol: SYMBOL, ...entry })).toMatchObject({ allowed: true })

    stage.touch(process, OTHER)
    await stage.clock.advance(1500)
    expect(manager.health.status).toBe('live')
  })

  it('of a symbol that is added are waited for, too', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    stage.list(OTHER)
    await stage.whileTimePasses(running.manager.addSymbol(OTHER))
    expect(running.manager.canOpenNewTranche({ symbol: OTHER, side: 'LONG', quantity: '0.01' }).allowed).toBe(true)
  })

  it('do not keep what is open from being protected', async () => {
    const stage = new Stage(TARGETS)
    stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.05', isOpening: true })
    const { manager, venue } = stage.open()
    venue.isMarkSilent = () => true
    const started = outcomeOf(manager.start())
    await stage.clock.advance(8000)
    expect(started.value).toBeNull()
    expect(stage.resting()).toContain('STOP_MARKET 49000 0.05')
  })

  it('a stop ends the wait for them', async () => {
    const stage = new Stage(TARGETS)
    const { manager, venue } = stage.open()
    venue.isMarkSilent = () => true
    const starting = manager.start()
    starting.catch(() => undefined)
    await stage.clock.advance(2000)
    await stage.whileTimePasses(manager.stop())
    await expect(starting).rejects.toMatchObject({ code: 'manager.stopped' })
  })
})
