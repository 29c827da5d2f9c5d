import type { CandleSource, Venue } from '@tranchebook/adapters'
import type { DecimalText, PositionMode } from '@tranchebook/core'

/** What a bench may be unable to do to its venue. Cases that need it are skipped there, and say so. */
export type BenchAbility =
  /** Opening with other keys than the right ones. */
  | 'keys'
  /** A clock of ours that stands apart from the venue's. */
  | 'clock'
  /** Failing the next call on purpose. */
  | 'faults'
  /** Turning away for a while whoever came too often. */
  | 'bans'
  /** Breaking streams. */
  | 'cuts'
  /** Ending the key that an account stream runs on. */
  | 'listenKeys'
  /** Paying funding. */
  | 'funding'
  /** Letting time pass at the venue. */
  | 'time'
  /** Prices of the past. */
  | 'candles'
  /** A symbol that is listed and does not trade. */
  | 'settling'
  /** Keeping the news of a triggered order back until its fills were told. */
  | 'lateTriggers'

/** With which keys an account is opened. */
export type KeyKind = 'right' | 'wrongSecret' | 'unknown' | 'readOnly'

/** What a case wants to find. */
export interface StageSetting {
  readonly mode: PositionMode
  readonly keys: KeyKind
  /** How far our clock is ahead of the venue's, in ms. */
  readonly clockAheadMs: number
  /** True = a triggered order is named after its fills were told, and under a client id of the venue's own. */
  readonly hasLateTriggers: boolean
}

/** How the next write goes wrong. */
export type ContractWriteFault =
  'acceptedWithoutReply' | 'lostUnknown' | 'landsLate' | 'overloaded' | 'tooManyRequests' | 'banned'

/** How the next question goes wrong. */
export type ContractReadFault = 'unanswered' | 'notFoundYet'

/** Hands of the world around the venue. Those that belong to an ability the bench lacks are never called. */
export interface VenueHands {
  /** Moves last price and mark of a symbol there, over everything between. */
  readonly movePrice: (symbol: string, to: DecimalText) => void
  /** Pays funding on the symbol's positions; a positive rate is paid by longs. */
  readonly payFunding: (symbol: string, rate: DecimalText) => void
  /** Others trade that much at that price; what rests there shares it. */
  readonly tradeOfOthers: (symbol: string, price: DecimalText, quantity: DecimalText) => void
  /** Trades so many times for the account, in and out by turns, without the venue under test. */
  readonly tradeByHand: (symbol: string, quantity: DecimalText, times: number) => void
  readonly failNextWrite: (fault: ContractWriteFault) => void
  readonly failNextRead: (fault: ContractReadFault) => void
  readonly cutStreams: () => void
  readonly expireListenKey: () => void
  /** Lets time pass at the venue, as far as it does not pass by itself. */
  readonly advance: (ms: number) => void
}

/** A venue with nothing on it but money, and what is needed to try it. */
export interface VenueStage {
  readonly venue: Venue
  /** `null` where there are none. */
  readonly candles: CandleSource | null
  /** The symbol to trade, and where it stands now. */
  readonly symbol: string
  readonly price: DecimalText
  /** What the account holds in the symbol's quote asset. */
  readonly wallet: DecimalText
  /** Another symbol that trades, with a limit order that rests there. */
  readonly otherSymbol: string
  readonly otherRest: { readonly price: DecimalText; readonly quantity: DecimalText }
  /** Listed, and closed; any text where the bench has none. */
  readonly settlingSymbol: string
  readonly hands: VenueHands
  /** Keys as text: none of them may show up anywhere. */
  readonly secrets: readonly string[]
  /** How many requests the venue has seen. */
  readonly requests: () => number
  /** Waits a moment: for a socket, or until what was scheduled has run. */
  readonly pause: () => Promise<void>
  readonly close: () => Promise<void>
}

/** A place where the contract is tried on one kind of venue. */
export interface VenueBench {
  readonly name: string
  readonly lacks: readonly BenchAbility[]
  /** A new venue each time. */
  readonly open: (setting: StageSetting) => Promise<VenueStage>
}
