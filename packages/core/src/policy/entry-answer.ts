import type { Facts } from '../book/because.js'
import type { Side } from '../book/tranche.js'
import type { Price } from '../money/price.js'
import type { Quantity } from '../money/quantity.js'

/** An entry that somebody wants to send. */
export interface EntryRequest {
  readonly side: Side
  /** Base. */
  readonly quantity: Quantity
  /** Limit price; `null` = at market, valued at the mark. */
  readonly price: Price | null
  /** 0 to 1; `null` = the caller gives none. */
  readonly signalStrength: number | null
  /** Open tranche that it adds to by name; `null` = a new one, or the one that `entryMode` chooses. */
  readonly tranche: string | null
  /** Now, epoch ms. */
  readonly time: number
}

/** Why an entry was refused, in the order in which the rules are asked. */
export type EntryRefusalCode =
  | 'managementDisabled'
  | 'paused'
  | 'gracefulStop'
  | 'killSwitch'
  | 'breakerOpen'
  | 'notLive'
  | 'noMarkPrice'
  | 'markPriceNotPositive'
  | 'markPriceStale'
  | 'entryPriceNotPositive'
  | 'bookInConflict'
  | 'unresolvedDrift'
  | 'sideNotEntered'
  | 'maxTranchesReached'
  | 'maxIsolatedTranchesReached'
  | 'isolatedTrancheOpen'
  | 'cooldownActive'
  | 'entryTooClose'
  | 'trancheTooSmall'
  | 'trancheTooLarge'
  | 'positionTooLarge'
  | 'signalTooWeak'
  | 'maxTranchesGlobalReached'
  | 'maxActivePositionsReached'
  | 'maxDailyTradesReached'
  | 'marginTooLarge'
  | 'symbolNotTrading'
  | 'quantityOffStep'
  | 'quantityTooSmall'
  | 'notionalTooSmall'
  | 'quantityTooLarge'
  | 'priceOffTick'
  | 'noRoomForProtection'
  | 'stopsRefused'

/** A "no": the first rule that failed, a sentence with the numbers in it, and the numbers as facts. */
export interface EntryRefusal {
  readonly allowed: false
  readonly code: EntryRefusalCode
  readonly message: string
  /** Decimals as strings. */
  readonly facts: Facts
}

/** Whether an entry may be sent. A value, never an exception. */
export type EntryAnswer = { readonly allowed: true } | EntryRefusal

/** Builds a refusal. */
export function refuseEntry(code: EntryRefusalCode, message: string, facts: Facts): EntryRefusal {
  return { allowed: false, code, message, facts }
}
