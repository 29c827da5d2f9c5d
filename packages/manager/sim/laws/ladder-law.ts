import type { SymbolConfig, Tranche } from '@tranchebook/core'
import type { Blame } from './lots.js'

/** Rounding to a tick, in prices of 12 decimals. */
const TICK = 10n ** 12n

/** The price that a stop has to have followed to; `null` = no rung was reached. */
function rungOf({ levels, basisCost, basisQuantity }: Tranche): bigint | null {
  const last = levels.findLastIndex(({ hitTime, quantity }) => hitTime !== null && quantity > 0n)
  if (last < 0) return null
  return last === 0 ? basisCost / basisQuantity : (levels[last - 1]?.price ?? null)
}

/** After a rung of the ladder the stop has followed. */
export function checkLadder(tranche: Tranche, config: SymbolConfig, blame: Blame): void {
  const { id, side, stopPrice } = tranche
  const rung = rungOf(tranche)
  if (stopPrice === null || rung === null || config.stopLadder !== 'BREAKEVEN_THEN_PREVIOUS') return
  const hasFollowed = side === 'LONG' ? stopPrice + TICK >= rung : stopPrice - TICK <= rung
  if (!hasFollowed) blame(`${id}: its stop has not followed the ladder`)
}
