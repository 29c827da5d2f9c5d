/**
 * What no reliable source settles about the venues, and what they do differently. Every field may be set to either answer: a client
 * that is right works under all of them.
 */
export interface Behaviour {
  /** `separate` = conditional orders have an id space of their own and become a child order when they trigger. */
  readonly conditionalStyle: 'separate' | 'ordinary'
  /** Client id of a triggered child. */
  readonly childClientId: 'same' | 'generated'
  /** What comes first when a separate conditional order triggers: the news that names the child, or the child's fills. */
  readonly triggerNews: 'beforeFills' | 'afterFills'
  /** How a triggered ordinary stop reports: as expired and new again under one id, or as new at once. */
  readonly ordinaryTrigger: 'expiredThenNew' | 'newOnly'
  /** Whether a finished conditional order still names its child. */
  readonly finishedNamesChild: boolean
  /** Whether a triggered conditional order whose child still works is listed among the open ones. */
  readonly listsTriggered: boolean
  /** A second conditional order under a client id that rests already. */
  readonly duplicateConditionalId: 'reject' | 'accept'
  /** `stopPrice` where `triggerPrice` belongs: taken silently for an order that never fires, or refused. */
  readonly wrongTriggerName: 'ignore' | 'reject'
  /** Trigger prices between two ticks. */
  readonly offTickTrigger: 'accept' | 'reject'
  /** A reduce-only order larger than the position. */
  readonly oversizedReduceOnly: 'cut' | 'reject'
  /** A reduce-only order that together with those resting exceeds the position. */
  readonly crowdedReduceOnly: 'reject' | 'accept'
  /** Reduce-only stops with a quantity, when the position goes flat. Close-position stops always expire. */
  readonly reduceOnlyStopsAtFlat: 'keep' | 'expire'
  /** Whether the account update of a fill comes before its order update. */
  readonly accountNewsFirst: boolean
  /** Whether the dead-man switch reaches conditional orders as well. */
  readonly countdownCancelsConditionals: boolean
  /** Whether a resting order fills when the price touches its limit, or only when the price goes through it. */
  readonly restingFill: 'touch' | 'through'
  /** Conditional orders of one account over all symbols; `null` = the symbol's own limit counts. */
  readonly maxConditionals: number | null
  /** How a ruined account is closed: at once, or half a position at a time until its margin is enough again. */
  readonly liquidation: 'whole' | 'halves'
  /** A second close-position stop in the same direction is refused. */
  readonly isClosePositionExclusive: boolean
}

/** Binance USD-M as most sources have it. */
export const BINANCE_BEHAVIOUR: Behaviour = {
  conditionalStyle: 'separate',
  childClientId: 'same',
  triggerNews: 'beforeFills',
  ordinaryTrigger: 'newOnly',
  finishedNamesChild: true,
  listsTriggered: false,
  duplicateConditionalId: 'reject',
  wrongTriggerName: 'ignore',
  offTickTrigger: 'reject',
  oversizedReduceOnly: 'cut',
  crowdedReduceOnly: 'reject',
  reduceOnlyStopsAtFlat: 'keep',
  accountNewsFirst: true,
  countdownCancelsConditionals: false,
  restingFill: 'touch',
  maxConditionals: 200,
  liquidation: 'whole',
  isClosePositionExclusive: true,
}

/** Aster as most sources have it. */
export const ASTER_BEHAVIOUR: Behaviour = {
  ...BINANCE_BEHAVIOUR,
  conditionalStyle: 'ordinary',
  ordinaryTrigger: 'expiredThenNew',
  maxConditionals: null,
}
