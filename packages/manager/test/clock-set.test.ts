import { expect, it } from 'vitest'
import { type Clock } from '@tranchebook/adapters'
import { TrancheManager } from '../src/index.js'
import { openSimulated, passTime, simulatedAccount } from './simulated-account.js'

const SYMBOL = 'BTCUSDT'
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
