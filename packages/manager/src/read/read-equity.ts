import { minus, type Money, NO_MONEY, notional, parseMoney, plus } from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'
import type { WalletBalance } from './account-notes.js'

/** At average cost: the wallet has what that realized, so what it left open belongs to it, not what our tranches hold. */
function unrealizedOf({ book, market }: BookLoop): Money | null {
  const mark = market?.price ?? book.mark?.price ?? null
  const { LONG, SHORT, BOTH } = book.averageCost
  const held = [LONG, SHORT, BOTH].filter(({ quantity }) => quantity !== 0n)
  if (held.length === 0) return NO_MONEY
  if (mark === null) return null
  return held.reduce<Money>((sum, { quantity, cost }) => plus(sum, minus(notional(mark, quantity), cost)), NO_MONEY)
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
