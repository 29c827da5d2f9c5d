import {
  asQuantity,
  divide,
  formatQuantity,
  type Instrument,
  type Money,
  notional,
  roundQuantity,
} from '@tranchebook/core'
import type { OpenRequest, TrancheManager } from '@tranchebook/manager'
import type { Liquidation } from './liquidation.js'

/** What a hunter buys, and when. */
export interface HuntRules {
  /** Smallest liquidation that counts, quote. */
  readonly smallest: Money
  /** Size of one entry, quote. */
  readonly entry: Money
}

/** The entry that a liquidation invites to, on the side that was ruined; `null` = too small, or too dear for one step. */
export function entryAfter(
  { symbol, side, quantity, price }: Liquidation,
  instrument: Instrument,
  { smallest, entry }: HuntRules,
): OpenRequest | null {
  if (notional(price, quantity) < smallest) return null
  const rounded = roundQuantity(instrument, asQuantity(divide(entry, price, 'down')))
  if (rounded === 0n) return null
  return { symbol, side: side === 'SELL' ? 'LONG' : 'SHORT', quantity: formatQuantity(rounded), actor: 'hunter' }
}

/** Enters against liquidations wherever the books would let it: asked first, so that no refusal fills the log. */
export function huntLiquidations(
  manager: TrancheManager,
  instruments: readonly Instrument[],
  rules: HuntRules,
): (liquidation: Liquidation) => Promise<void> {
  return async (liquidation) => {
    const instrument = instruments.find(({ symbol }) => symbol === liquidation.symbol)
    if (instrument === undefined || !manager.symbols.includes(liquidation.symbol)) return
    const entry = entryAfter(liquidation, instrument, rules)
    if (entry !== null && manager.canOpenNewTranche(entry).allowed) await manager.openTranche(entry)
  }
}
