import type { SymbolConfig, Tranche } from '@tranchebook/core'
import type { Blame } from './lots.js'

/** Rounding to a tick, in prices of 12 decimals. */
const TICK = 10n ** 12n

/** What of a tranche its ladder is judged by. */
export type LadderTranche = Pick<Tranche, 'id' | 'side' | 'stopPrice' | 'levels' | 'basisCost' | 'basisQuantity'>

/** What has just been reached, 1-based, and by which rule the stop follows. */
export interface Rung {
  readonly level: number
  readonly stopLadder: SymbolConfig['stopLadder']
}

/** The price that a stop has to have followed to. */
function rungOf({ levels, basisCost, basisQuantity }: LadderTranche, level: number): bigint | null {
  return level === 1 ? basisCost / basisQuantity : (levels[level - 2]?.price ?? null)
}

/**
 * After a rung of the ladder the stop has followed to it. Rungs reached before do not count: an addition has moved their prices since,
 * and the stop stays where it followed them to.
 */
export function checkLadder(tranche: LadderTranche, { level, stopLadder }: Rung, blame: Blame): void {
  const { id, side, stopPrice } = tranche
  const rung = rungOf(tranche, level)
  if (stopPrice === null || rung === null || stopLadder !== 'BREAKEVEN_THEN_PREVIOUS') return
  const hasFollowed = side === 'LONG' ? stopPrice + TICK >= rung : stopPrice - TICK <= rung
  if (!hasFollowed) blame(`${id}: its stop has not followed the ladder`)
}
