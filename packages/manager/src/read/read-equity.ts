import { minus, type Money, NO_MONEY, notional, parseMoney, plus } from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'
import type { WalletBalance } from './account-notes.js'

function unrealizedOf({ book, market }: BookLoop): Money | null {
  const mark = market?.price ?? book.mark?.price ?? null
  const { LONG, SHORT } = book.groups
  if (LONG.quantity === 0n && SHORT.quantity === 0n) return NO_MONEY
  if (mark === null) return null
  const long = minus(notional(mark, LONG.quantity), LONG.cost)
  return plus(long, minus(SHORT.cost, notional(mark, SHORT.quantity)))
}

/** What the account is worth in a quote asset: its wallet and what is unrealized; `null` = a price or the wallet is unknown. */
export function readEquity(
  loops: readonly BookLoop[],
  quoteAsset: string | null,
  balances: readonly WalletBalance[],
): Money | null {
  const wallet = balances.find(({ asset }) => asset === quoteAsset)
  if (wallet === undefined) return null
  return loops.reduce<Money | null>((sum, loop) => {
    const unrealized = unrealizedOf(loop)
    return sum === null || unrealized === null ? null : plus(sum, unrealized)
  }, parseMoney(wallet.walletBalance))
}
