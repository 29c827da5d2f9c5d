import { formatMoney, parseMoney } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { type EquityCheck, TrancheManager } from '../src/index.js'
import { actAtVenue, passTime, type SimulatedAccount, simulatedAccount } from './simulated-account.js'

const SYMBOL = 'BTCUSDT'

async function run(account: SimulatedAccount) {
  const manager = TrancheManager.open({ ...account })
  const alarms: EquityCheck[] = []
  manager.on('equityDiffers', (check) => alarms.push(check))
  await Promise.all([manager.start(), passTime(account, 2000)])
  await passTime(account, 1000)
  return { manager, alarms }
}

describe('the equity identity', () => {
  it('known failure 75: holds through entries, exits, fees and transfers', async () => {
    const account = simulatedAccount({ slPercent: '2', tpPercent: '5' }, '10000')
    const { manager, alarms } = await run(account)
    expect(manager.accountState().equity).toBe(parseMoney('10000'))
    expect(manager.accountState().equityCheck).toBeNull()

    actAtVenue(account).move(SYMBOL, '50010')
    const opened = manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.02' })
    await passTime(account, 1000)
    expect(await opened).toMatchObject({ accepted: true })
    actAtVenue(account).transfer('500')
    actAtVenue(account).move(SYMBOL, '52600')
    await passTime(account, 125_000)

    const { equityCheck } = manager.accountState()
    expect(formatMoney(equityCheck?.difference ?? parseMoney('1'))).toBe('0')
    // 10 000 + 500 + 0.02 × (52 510.5 − 50 010) less both fees.
    expect(Number(equityCheck?.walletBalance) / 1e24).toBeGreaterThan(10_048)
    expect(alarms).toEqual([])
    await manager.stop()
  })

  it('raises an alarm when the wallet has changed by what no book knows, twice in a row and once', async () => {
    const account = simulatedAccount({}, '10000')
    const { manager, alarms } = await run(account)
    actAtVenue(account).buyByHand('ETHUSDT', '1')
    actAtVenue(account).move('ETHUSDT', '3100')
    actAtVenue(account).sellByHand('ETHUSDT', '1')
    await passTime(account, 65_000)
    expect(manager.accountState().equityCheck).toMatchObject({ timesInARow: 1, isAlarm: false })
    expect(alarms).toEqual([])
    await passTime(account, 130_000)
    expect(alarms).toHaveLength(1)
    expect(Number(alarms[0]?.difference) / 1e24).toBeGreaterThan(90)
    await manager.stop()
  })
})
