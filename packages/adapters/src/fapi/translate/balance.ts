import type { Balance } from '../../venue/balance.js'
import type { BalanceRow } from '../wire/balance-row.js'

/** A balance as everybody else calls it. */
export function translateBalance({ asset, balance, availableBalance }: BalanceRow, time: number): Balance {
  return { asset, walletBalance: balance, availableBalance, time }
}
