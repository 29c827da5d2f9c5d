import type { TrancheGroup } from '../book/group.js'
import type { Tranche } from '../book/tranche.js'
import type { SymbolConfig } from '../config/symbol-config.js'
import { negate } from '../money/arithmetic.js'
import type { Price } from '../money/price.js'
import { isAtMost } from './pnl.js'

/** Whether the whole group, isolated tranches included, has lost at least `trancheIncrementPercent` at this price. */
function isUnderwater(group: TrancheGroup, price: Price, config: SymbolConfig): boolean {
  return isAtMost(group, price, negate(config.trancheIncrementPercent))
}

/** The tranche that entered last among those that are not isolated; of one millisecond, the one created last. */
export function newestActive(group: TrancheGroup): Tranche | null {
  return group.tranches.reduce<Tranche | null>((newest, tranche) => {
    if (tranche.isolated || (newest !== null && tranche.entryTime < newest.entryTime)) return newest
    return tranche
  }, null)
}

/** The tranche that an entry nobody gave a name joins at this price; `null` = it opens a new one. */
export function trancheToJoin(group: TrancheGroup, price: Price, config: SymbolConfig): Tranche | null {
  if (config.entryMode === 'NEW_TRANCHE' || group.quantity === 0n) return null
  return isUnderwater(group, price, config) ? null : newestActive(group)
}
