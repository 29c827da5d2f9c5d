import type { SizingShape } from '../config/symbol-config.js'
import { Decimal, percentToDecimal } from '../money/decimal.js'
import { asMoney, type Money } from '../money/money.js'
import type { Percent } from '../money/percent.js'
import { divide } from '../money/rounding.js'

/** Which slot of how many. */
export interface SlotPlace {
  /** 0 = the first. */
  readonly slot: number
  readonly slots: number
}

/** Relative weight of a slot, in halves: `PYRAMID_UP` 1 : 1.5 : 2 and so on, `PYRAMID_DOWN` the reverse, 1 for the others. */
function weightOf(shape: SizingShape, { slot, slots }: SlotPlace): number {
  if (shape === 'PYRAMID_UP') return 2 + slot
  if (shape === 'PYRAMID_DOWN') return 2 + (slots - 1 - slot)
  return 2
}

/** What this slot gets of a size that remains: its weight ÷ the weights of all slots from it on, cut at 10^-24. */
export function shareOfRemaining(remaining: Money, shape: SizingShape, place: SlotPlace): Money {
  let rest = 0
  for (let slot = place.slot; slot < place.slots; slot += 1) rest += weightOf(shape, { ...place, slot })
  return asMoney(divide(remaining * BigInt(weightOf(shape, place)), BigInt(rest), 'down'))
}

/**
 * What `ADAPTIVE` multiplies a slot's share by: 1 at the group's average entry, rising to 2 as its loss nears the isolation
 * threshold (buying a better average), falling to 0.5 as its profit nears the same distance (not chasing). Linear, bounded.
 */
export function adaptiveFactor(groupPnlPercent: Percent, trancheIsolationThreshold: Percent): Decimal {
  if (trancheIsolationThreshold <= 0n) return new Decimal(1)
  const loss = percentToDecimal(groupPnlPercent).neg().div(percentToDecimal(trancheIsolationThreshold))
  if (loss.gte(0)) return Decimal.min(loss, 1).plus(1)
  return Decimal.max(loss, -1).div(2).plus(1)
}

/** A signal's strength as a factor: 0 to 1, larger ones count as 1, none given counts as 1. */
export function signalFactor(signalStrength: number | null): Decimal {
  if (signalStrength === null) return new Decimal(1)
  if (!(signalStrength > 0)) return new Decimal(0)
  return Decimal.min(new Decimal(signalStrength), 1)
}
