import { describe, expect, it } from 'vitest'
import { TrancheManager } from '../../src/index.js'
import { actAtVenue, passTime, simulatedAccount } from '../simulated-account.js'

const SYMBOL = 'BTCUSDT'

describe('what the venue does by itself', () => {
  it('known failure 18: what the venue deleverages is booked to the tranches, with the reason', async () => {
    const account = simulatedAccount({ slPercent: '20', tpPercent: '20', closingStrategy: 'FIFO' }, '10000')
    const manager = TrancheManager.open({ ...account })
    await Promise.all([manager.start(), passTime(account, 3000)])
    for (const price of ['50010', '50020']) {
      actAtVenue(account).move(SYMBOL, price)
      await Promise.all([
        manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.02' }),
        passTime(account, 1000),
      ])
    }
    expect(manager.getTranches(SYMBOL, 'LONG')).toHaveLength(2)

    actAtVenue(account).deleverage(SYMBOL, '0.03')
    await passTime(account, 5000)
    const left = manager.getTranches(SYMBOL, 'LONG')
    expect(left.map(({ id, quantity }) => `${id} ${quantity.toString()}`)).toEqual(['T2 0.01'])
    const reasons: string[] = []
    for await (const { event } of account.store.read(`main/${SYMBOL}`))
      if (event.type === 'TrancheReduced') reasons.push(event.reason)
    expect(reasons).toEqual(['adl', 'adl'])
    expect((await manager.verifyProtection()).isProtected).toBe(true)
    await manager.stop()
  })
})
