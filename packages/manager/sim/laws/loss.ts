import { parsePercent, type Side, type SymbolConfig } from '@tranchebook/core'

const HUNDRED = parsePercent('100')
/** Rounding to a tick, in prices of 12 decimals. */
const TICK = 10n ** 12n

/** A quantity and what it cost. */
export interface Holding {
  readonly side: Side
  readonly quantity: bigint
  readonly cost: bigint
}

/** Whether the loss of a holding at that price has reached so many percent, bound included. */
export function hasLost(threshold: bigint, { side, cost, quantity }: Holding, price: bigint): boolean {
  const worth = price * quantity * HUNDRED
  return side === 'LONG' ? worth <= cost * (HUNDRED - threshold) : worth >= cost * (HUNDRED + threshold)
}

function hasGained(threshold: bigint, { side, cost, quantity }: Holding, price: bigint): boolean {
  const worth = price * quantity * HUNDRED
  return side === 'LONG' ? worth >= cost * (HUNDRED + threshold) : worth <= cost * (HUNDRED - threshold)
}

/** Whether a stop lags behind a trailing rule at that price, by more than a tick. */
export function isTrailingBehind(
  holding: Holding & { readonly stopPrice: bigint | null },
  { trailingStopPercent, trailingActivationPercent }: SymbolConfig,
  price: bigint,
): boolean {
  const { side, stopPrice } = holding
  if (stopPrice === null || trailingStopPercent === null) return false
  if (trailingActivationPercent !== null && !hasGained(trailingActivationPercent, holding, price)) return false
  if (side === 'LONG') return stopPrice + TICK < (price * (HUNDRED - trailingStopPercent)) / HUNDRED
  return stopPrice - TICK > (price * (HUNDRED + trailingStopPercent)) / HUNDRED
}
