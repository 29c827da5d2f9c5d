import type { AccountEvent } from '../../venue/account-event.js'
import type { AccountConfigUpdate } from '../wire/account-config-update.js'
import type { AccountUpdate } from '../wire/account-update.js'
import { translatePositionChange } from './position-input.js'

/** Reads account updates and lets no older position overwrite a newer one. */
export interface AccountUpdateReader {
  read(update: AccountUpdate): readonly AccountEvent[]
}

/** Positions, balances, and a notice when funding was paid. */
export function createAccountUpdateReader(account: string): AccountUpdateReader {
  const newest = new Map<string, number>()

  const isNewest = (key: string, time: number): boolean => {
    if ((newest.get(key) ?? 0) > time) return false
    newest.set(key, time)
    return true
  }
  return {
    read: (update) => {
      const { transactionTime: time, reason } = update
      const positions = update.positions
        .filter(({ symbol, positionSide }) => isNewest(`${symbol} ${positionSide}`, time))
        .map((change) => translatePositionChange(change, { account, time }))
      const balances = update.balances.map(({ asset, walletBalance, change }): AccountEvent => ({
        type: 'balanceChanged',
        time,
        asset,
        walletBalance,
        change,
        reason,
      }))
      const symbol = update.symbol ?? update.positions[0]?.symbol ?? null
      const funding: readonly AccountEvent[] =
        reason === 'FUNDING_FEE' ? [{ type: 'fundingNoticed', time, symbol }] : []
      return [...positions, ...balances, ...funding]
    },
  }
}

/** A setting that changed; nothing for settings that do not concern us. */
export function translateAccountConfig(update: AccountConfigUpdate): readonly AccountEvent[] {
  if (update.type === 'leverage') {
    return [{ type: 'leverageChanged', time: update.eventTime, symbol: update.symbol, leverage: update.leverage }]
  }
  if (update.isHedge === null) return []
  return [{ type: 'positionModeChanged', time: update.eventTime, isHedge: update.isHedge }]
}
