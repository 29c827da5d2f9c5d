import type { Trade } from './read-trade.js'

function descends(trades: readonly Trade[]): boolean {
  let falls = 0
  for (const [index, trade] of trades.entries()) {
    const before = trades[index - 1]
    if (before !== undefined) falls += Math.sign(before.time - trade.time)
  }
  return falls > 0
}

/** Trades of each account oldest first, accounts as they first came. Within one instant the source's order holds, turned if it runs backward. */
export function sortTrades(trades: readonly Trade[]): readonly Trade[] {
  const accounts = new Map<string, Trade[]>()
  for (const trade of trades) {
    const own = accounts.get(trade.account)
    if (own === undefined) accounts.set(trade.account, [trade])
    else own.push(trade)
  }
  return [...accounts.values()].flatMap((own) => {
    const forward = descends(own) ? own.toReversed() : own
    return forward.toSorted((left, right) => left.time - right.time)
  })
}
