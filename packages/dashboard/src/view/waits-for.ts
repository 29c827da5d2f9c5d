import {
  figureText,
  formatPercent,
  formatPrice,
  type Percent,
  percentText,
  type Price,
  priceAtPercent,
  type SymbolConfig,
  type TrancheRecord,
} from '@tranchebook/core'
import { type Looking, priceDecimalsOf } from './looking.js'

/** What a tranche waits for, in words, and the price of it. */
export interface Waiting {
  readonly words: string
  readonly price: Price | null
}

/** Price at which a tranche stands at a percentage, to 12 decimals. */
function priceAt({ side, basisCost: cost, basisQuantity: quantity }: TrancheRecord, percent: Percent): Price {
  return priceAtPercent({ side, cost, quantity }, percent, 'nearest')
}

function recovery(record: TrancheRecord, config: SymbolConfig): readonly [string, Price] | null {
  if (config.trancheAutoCloseIsolated) {
    const needed = config.trancheRecoveryThreshold
    const goal = needed === 0n ? 'breakeven' : `a gain of ${percentText(formatPercent(needed))}`
    return [`waits for ${goal}, then closes`, priceAt(record, needed)]
  }
  if (config.isolationReleasePercent === null) return null
  const needed = config.isolationReleasePercent
  return [`waits for ${percentText(formatPercent(needed))}, then counts as active again`, priceAt(record, needed)]
}

/** What an isolated tranche waits for; `null` for all others. */
export function waitsFor(record: TrancheRecord, { config, instrument }: Looking): Waiting | null {
  if (record.status !== 'active' || !record.isolated) return null
  const found = recovery(record, config)
  if (found === null) {
    const words = record.stopPrice === null ? 'is held: no rule closes it' : 'is held until its stop or a command'
    return { words, price: record.stopPrice }
  }
  const [words, price] = found
  const at = figureText(formatPrice(price), priceDecimalsOf(instrument))
  return { words: `${words}, at ${at}`, price }
}
