import type { Trade } from './read-trade.js'

/** A trade that has an id. */
export interface NamedTrade extends Trade {
  readonly tradeId: string
}

const ORDINAL_DIGITS = 5

/**
 * Gives trades without an id one made of their time and their place among the trades of that instant, in order. The same rows always
 * get the same ids, so that importing them again changes nothing.
 */
export function deriveTradeIds(trades: readonly Trade[]): readonly NamedTrade[] {
  const counts = new Map<string, number>()
  return trades.map((trade) => {
    const { tradeId, account, symbol, time } = trade
    if (tradeId !== null) return { ...trade, tradeId }
    const key = `${account}/${symbol}/${time}`
    const ordinal = (counts.get(key) ?? 0) + 1
    counts.set(key, ordinal)
    return { ...trade, tradeId: `derived-${time}-${String(ordinal).padStart(ORDINAL_DIGITS, '0')}` }
  })
}
