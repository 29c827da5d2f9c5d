import type { AccountLimits, SymbolConfig } from '../config/symbol-config.js'
import type { InvariantError } from '../errors.js'
import type { Instrument } from '../instrument/instrument.js'
import type { Money } from '../money/money.js'
import type { Price } from '../money/price.js'
import type { Quantity } from '../money/quantity.js'
import type { Side } from './tranche.js'

/** The newest mark price, and the extremes since the last one that was recorded. Ticks that decide nothing only widen it. */
export interface ObservedMark {
  readonly price: Price
  readonly high: Price
  readonly low: Price
  readonly time: number
}

/** A read-only summary of the account's other books. */
export interface AccountSummary {
  readonly openTranches: number
  /** Books with a position or an entry in flight, this one not counted. */
  readonly activePositions: number
  /** Entries and exits of this UTC day, all books. */
  readonly tradesToday: number
  /** Quote. */
  readonly marginUsed: Money
}

/** What may be sent: everything; only protection and exits; nothing (decisions are recorded, no order is intended). */
export type SendingMode = 'trade' | 'protect' | 'observe'

/** Whether entries may be trusted to what we know; the reasons say what is missing. */
export interface Readiness {
  readonly isLive: boolean
  readonly reasons: readonly string[]
}

/** An open lot as a closing rule sees it. */
export interface ClosingLot {
  readonly tranche: string
  readonly side: Side
  readonly isolated: boolean
  /** Σ price·quantity ÷ this is the average entry. */
  readonly cost: Money
  /** What may be taken from it. */
  readonly quantity: Quantity
  readonly entryTime: number
  /** Order of creation in the book. */
  readonly sequence: number
}

/** What a closing rule is asked. */
export interface ClosingRequest {
  readonly quantity: Quantity
  readonly price: Price
  readonly stepSize: Quantity
}

/** One lot's part. */
export interface ClosingPart {
  readonly tranche: string
  readonly quantity: Quantity
}

/**
 * Chooses what a closing fill takes from which lot. Must be pure; parts are > 0, at most the lot's quantity, and sum to the
 * smaller of the request and what is open. It sees frozen copies. `checkClosingRule` of the test kit proves that for yours; a manager
 * lets LIFO stand in for one that is broken.
 */
export type ClosingRule = (lots: readonly ClosingLot[], request: ClosingRequest) => readonly ClosingPart[]

/** All that a decision may look at besides the book and the input. */
export interface DecisionContext {
  readonly config: SymbolConfig
  readonly limits: AccountLimits
  readonly instrument: Instrument
  readonly account: AccountSummary
  readonly readiness: Readiness
  readonly sending: SendingMode
  readonly market: ObservedMark | null
  /** Conditional orders the account may still add at the venue; `null` = not limited. */
  readonly conditionalRoom: number | null
  /** Custom closing rules by name. */
  readonly closingRules: ReadonlyMap<string, ClosingRule>
  /**
   * Told of a custom closing rule that threw or did not add up (`closing.rule-broken`); LIFO splits instead, and the event says so.
   * What it throws ends the decision.
   */
  readonly onBrokenRule?: (rule: string, error: InvariantError) => void
  /** Intents are numbered from here at least: lower numbers may name orders at the venue that the book does not know. 1 where absent. */
  readonly leastIntent?: number
  /** True when the fill now decided came after the reorder window had passed it. */
  readonly isLate: boolean
}
