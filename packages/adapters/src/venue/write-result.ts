import type { OrderInput } from '@tranchebook/core'

/** Why a venue said no, in words that do not depend on the venue. */
export type RefusalReason =
  /** A price, quantity or notional breaks a filter of the symbol. */
  | 'filter'
  /** Quantity above the maximum: split it. */
  | 'max-quantity'
  /** Price too far from the mark for now. */
  | 'price-band'
  | 'margin'
  /** Leverage or position size is at its limit. */
  | 'risk-limit'
  /** The trigger is past already: close at market instead. */
  | 'would-trigger'
  /** Nothing left that could be reduced, or too much: read the position again. */
  | 'reduce-only'
  /** Another order stands in the way: cancel it first. */
  | 'conflicting-order'
  /** That client id rests already: look, it may be this very order. */
  | 'duplicate-id'
  /** No such order: it may just have filled. Look, do not assume. */
  | 'unknown-order'
  | 'too-many-orders'
  /** Requests or orders come too fast. */
  | 'rate-limit'
  | 'overloaded'
  | 'maintenance'
  /** Position side does not fit the account's mode: read the mode again. */
  | 'position-mode'
  /** Key, signature or permission. No retry will help. */
  | 'credentials'
  /** Time stamp outside the window. */
  | 'clock'
  /** The account or the symbol may only reduce. */
  | 'reducing-only'
  | 'symbol-closed'
  /** Not filled at once, as it was asked to be. */
  | 'not-filled'
  /** The change is already in force. */
  | 'no-change'
  /** A parameter is wrong: a mistake of ours. */
  | 'invalid'
  | 'other'

/** The venue has it. */
export interface Acknowledged {
  readonly outcome: 'acknowledged'
  readonly clientOrderId: string
  /** In the id space the order lives in. */
  readonly venueOrderId: string | null
  /** Where the answer says the order stands; `null` where it says nothing. */
  readonly report: OrderInput | null
}

/** The venue said no, for certain. */
export interface Refused {
  readonly outcome: 'refused'
  readonly reason: RefusalReason
  /** The venue's own code, such as `-2021`. */
  readonly code: string | null
  readonly message: string
  /** True when the same request would be refused again. */
  readonly isPermanent: boolean
  readonly retryAfterMs: number | null
}

/** Sent, and nobody knows. Look; never send again. */
export interface Unknown {
  readonly outcome: 'unknown'
  readonly code: string | null
  readonly message: string
}

/** Never left this machine. */
export interface NotSent {
  readonly outcome: 'not-sent'
  readonly reason: 'budget' | 'banned' | 'connection' | 'closed' | 'invalid'
  readonly message: string
  readonly retryAfterMs: number | null
}

/** How a write ended. Writes return this and throw nothing: a refusal is an answer, and a failure has an outcome. */
export type WriteResult = Acknowledged | Refused | Unknown | NotSent
