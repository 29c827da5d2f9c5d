import { describe, expect, it } from 'vitest'
import { type Clock } from '@tranchebook/adapters'
import { TrancheManager } from '../src/index.js'
import { openSimulated, passTime, simulatedAccount } from './simulated-account.js'
import { type Process, Stage, SYMBOL } from './stage.js'

const ENTRY = { symbol: SYMBOL, side: 'LONG', quantity: '0.02' } as const

it.each([8000, -3_600_000])(
  'a clock that is set by %d ms closes nothing, and nothing is entered until the venue has told its time',
  async (ms) => {
    const account = simulatedAccount({ maxTrancheAgeMs: 6000 }, '10000')
    let setBy = 0
    const clock: Clock = {
      now: () => account.clock.now() + setBy,
      monotonic: () => account.clock.now(),
      schedule: (delayMs, run) => account.clock.schedule(delayMs, run),
    }
    const venue = openSimulated({ exchange: account.exchange, account: 'main', clock })
    const manager = TrancheManager.open({ ...account, venue, clock })
    await Promise.all([manager.start(), passTime(account, 2000)])
    await Promise.all([manager.openTranche(ENTRY), passTime(account, 1000)])

    setBy = ms
    expect(manager.time).toBe(account.clock.now())
    expect(manager.canOpenNewTranche(ENTRY)).toMatchObject({ allowed: false })
    await passTime(account, 2000)
    expect(manager.time).toBe(account.clock.now())
    expect(manager.canOpenNewTranche(ENTRY)).toMatchObject({ allowed: true })
    expect(manager.getTranches(SYMBOL, 'LONG')).toHaveLength(1)
    await Promise.all([manager.stop(), passTime(account, 2000)])
  },
)

interface Jumping {
  readonly stage: Stage
  readonly running: Process
  /** Sets the machine's clock ahead; the one that nobody sets goes on. */
  readonly jump: (ms: number) => void
}

async function startJumping(): Promise<Jumping> {
  const stage = new Stage({ tpPercent: '5', slPercent: '2' })
  let setBy = 0
  const clock: Clock = {
    now: () => stage.clock.now() + setBy,
    monotonic: () => stage.clock.now(),
    schedule: (ms, run) => stage.clock.schedule(ms, run),
  }
  const running = await stage.start({ clock, holder: 'first' })
  const jump = (ms: number): void => {
    setBy = ms
  }
  return { stage, running, jump }
}

describe('a clock that is set beyond the end of the lease', () => {
  it.each([60_000, 3_600_000])(
    'by %d ms ends no process, and what is decided leaves once the database was asked',
    async (ms) => {
      const { stage, running, jump } = await startJumping()
      await stage.enter(running, '0.01')
      jump(ms)
      const closing = running.manager.closeTranche({ symbol: SYMBOL, tranche: 'T1' })
      await stage.whileTimePasses(closing)
      expect([stage.held('LONG'), running.manager.epoch]).toEqual(['0', 1])
      await stage.clock.advance(60_000)
      expect(running.manager.health.status).toBe('live')
    },
  )

  it('lets nothing leave where somebody else has taken the account meanwhile', async () => {
    const { stage, running, jump } = await startJumping()
    running.venue.fault = () => 'not-sent'
    await stage.enter(running, '0.01')
    const tried = running.venue.submitted.length
    running.venue.fault = () => null
    const own = { scope: 'main', holder: 'first', epoch: 1, expiresTime: 0 }
    await stage.store.releaseLease(own)
    await stage.store.acquireLease({ scope: 'main', holder: 'second', ttlMs: 15_000 })
    jump(60_000)
    await stage.clock.advance(2000)
    expect(running.venue.submitted).toHaveLength(tried)
    expect(running.manager.health).toMatchObject({ status: 'halted', reasons: [{ code: 'leaseLost' }] })
  })

  it('waits for a database that is away, until the lease has run out by the clock that nobody sets', async () => {
    const { stage, running, jump } = await startJumping()
    await stage.enter(running, '0.01')
    stage.store.isRenewable = false
    jump(60_000)
    const sent = running.venue.submitted.length
    const closing = running.manager.closeTranche({ symbol: SYMBOL, tranche: 'T1' })
    closing.catch(() => undefined)
    await stage.clock.advance(2000)
    expect([running.venue.submitted.length, running.manager.health.status]).toEqual([sent, 'live'])
    await stage.clock.advance(20_000)
    expect([running.venue.submitted.length, running.manager.health.status]).toEqual([sent, 'halted'])
  })
})
