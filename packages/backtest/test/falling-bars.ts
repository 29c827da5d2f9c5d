import type { Strategy } from '@tranchebook/backtest'

/** Buys every bar that closes 1 % below its open. */
export const strategy: Strategy = {
  name: 'falling bars',
  async onBar({ symbol, open, close }, { manager }) {
    if ((open - close) * 100n < open) return
    const request = { symbol, side: 'LONG', quantity: '0.1' } as const
    if (manager.canOpenNewTranche(request).allowed) await manager.openTranche(request)
  },
}
