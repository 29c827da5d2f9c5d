import type { Trade } from './read-trade.js'

/** Trades with fees positive where paid. */
export interface SignedFees {
  readonly trades: readonly Trade[]
  /** True when the export writes what was paid as negative. */
  readonly isTurned: boolean
}

function turned(fee: string): string {
  return fee.startsWith('-') ? fee.slice(1) : fee
}

/** Some downloads write paid fees as negative figures: then none is above 0, and all are turned. */
export function paidIsPositive(trades: readonly Trade[]): SignedFees {
  const fees = trades.flatMap(({ fee }) => (fee === null || /^-?[0.]+$/.test(fee) ? [] : [fee]))
  const isTurned = fees.length > 0 && fees.every((fee) => fee.startsWith('-'))
  if (!isTurned) return { trades, isTurned }
  return { trades: trades.map((trade) => ({ ...trade, fee: trade.fee === null ? null : turned(trade.fee) })), isTurned }
}
