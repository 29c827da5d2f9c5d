import type { NamedTrade } from './derive-trade-ids.js'

/** A trade as an input line holds it (`docs/input-lines.md`); what is not known is left out. */
export function inputOf(trade: NamedTrade): Readonly<Record<string, unknown>> {
  const { time, account, symbol, side, positionSide, quantity, price, fee, feeAsset } = trade
  const { tradeId, orderId, realizedPnl, maker } = trade
  const fields = { fee, feeAsset, tradeId, orderId, realizedPnl, maker }
  const known = Object.entries(fields).filter(([, value]) => value !== null)
  return { type: 'fill', time, account, symbol, side, positionSide, quantity, price, ...Object.fromEntries(known) }
}
