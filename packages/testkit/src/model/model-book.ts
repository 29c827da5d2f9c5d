import { type Ratio, ZERO } from '../exact/ratio.js'

/** Amounts by asset. */
export type ModelAmounts = Map<string, Ratio>

export type ModelSide = 'LONG' | 'SHORT'

/** One step of a tranche's scaled take profit. Quantity 0 = skipped. */
export interface ModelLevel {
  readonly price: Ratio
  readonly quantity: Ratio
  /** What exits that reached it have closed of it. */
  filled: Ratio
  hit: boolean
}

/** A closed part of a tranche. */
export interface ModelReduction {
  readonly quantity: Ratio
  price: Ratio
  realizedPnl: Ratio
  fee: Ratio | null
  entryFee: ModelAmounts
  readonly time: number
  tradeId: string | null
  readonly reason: string
  /** True once a later fill replaced the estimate it was, or a part of it. */
  isCorrected: boolean
}

/** One virtual entry. It stays in its group after it closed. */
export interface ModelTranche {
  readonly id: string
  readonly sequence: number
  label: string | null
  readonly side: ModelSide
  status: 'open' | 'closed' | 'liquidated' | 'merged'
  isolated: boolean
  entryPrice: Ratio
  quantity: Ratio
  originalQuantity: Ratio
  entryTime: number
  takeProfitPrice: Ratio | null
  stopPrice: Ratio | null
  /** Whether something other than the entry put the stop where it is. */
  stopMovedBy: 'entry' | 'ladder' | 'trailing' | 'command'
  levels: ModelLevel[]
  trailingBest: Ratio | null
  /** True once a rule asked to trail from here whatever the activation says. */
  isTrailingForced: boolean
  /** Trailing has moved the stop, whatever has moved it since. */
  hasTrailed: boolean
  openFees: ModelAmounts
  realizedFees: ModelAmounts
  /** Bookings whose fee is not known. */
  unknownFees: number
  funding: ModelAmounts
  realizedPnl: Ratio
  exitTime: number | null
  reductions: ModelReduction[]
  /** True once the rules are silent about its stop and target. */
  areTargetsOpen: boolean
}

/** A closing fill, or the rest of one, that found nothing open. */
export interface ModelUnmatched {
  readonly tradeId: string
  quantity: Ratio
  readonly price: Ratio
  readonly time: number
}

/** A booking without a fill, waiting for the fill that proves it. */
export interface ModelEstimate {
  readonly kind: 'entry' | 'exit'
  quantity: Ratio
  readonly price: Ratio
  readonly time: number
  tranche: ModelTranche
  readonly reduction: ModelReduction | null
}

/** All tranches of one side, closed ones included, in order of creation. */
export interface ModelGroup {
  readonly side: ModelSide
  readonly tranches: ModelTranche[]
  readonly unmatched: ModelUnmatched[]
  readonly estimates: ModelEstimate[]
}

/** The venue's own accounting of one of its positions: signed quantity, average entry, what that realizes. */
export interface ModelAverageCost {
  quantity: Ratio
  entryPrice: Ratio
  realizedPnl: Ratio
}

export type ModelSyncStatus = 'synced' | 'drift' | 'conflict' | null

/** A difference seen in a position report. */
export interface ModelDrift {
  /** The venue's figure less ours, signed. */
  readonly difference: Ratio
  readonly since: number
  looks: number
}

/** Everything the model remembers of one book. */
export interface ModelBook {
  readonly groups: Readonly<Record<ModelSide, ModelGroup>>
  readonly venue: Readonly<Record<ModelSide | 'BOTH', ModelAverageCost>>
  readonly sync: Record<ModelSide | 'BOTH', ModelSyncStatus>
  readonly drift: Record<ModelSide | 'BOTH', ModelDrift | null>
  /** What the venue held by a report that differed, and the fills since, signed; `null` = the last one agreed, or there was none. */
  reportedNet: { quantity: Ratio; readonly time: number } | null
  /** Trade id → whether its fee was known. */
  readonly seenTrades: Map<string, boolean>
  readonly seenFunding: Set<string>
  /** Entry order → the tranche it feeds. */
  readonly trancheOfOrder: Map<string, ModelTranche>
  readonly unallocatedFunding: ModelAmounts
  mark: Ratio | null
  markTime: number
  lastFillTime: number
  nextSequence: number
  hasConflict: boolean
}

const emptyGroup = (side: ModelSide): ModelGroup => ({ side, tranches: [], unmatched: [], estimates: [] })
const emptyVenue = (): ModelAverageCost => ({ quantity: ZERO, entryPrice: ZERO, realizedPnl: ZERO })

/** A book that has seen nothing. */
export function emptyModelBook(): ModelBook {
  return {
    groups: { LONG: emptyGroup('LONG'), SHORT: emptyGroup('SHORT') },
    venue: { LONG: emptyVenue(), SHORT: emptyVenue(), BOTH: emptyVenue() },
    sync: { LONG: null, SHORT: null, BOTH: null },
    drift: { LONG: null, SHORT: null, BOTH: null },
    reportedNet: null,
    seenTrades: new Map(),
    seenFunding: new Set(),
    trancheOfOrder: new Map(),
    unallocatedFunding: new Map(),
    mark: null,
    markTime: Number.NEGATIVE_INFINITY,
    lastFillTime: Number.NEGATIVE_INFINITY,
    nextSequence: 1,
    hasConflict: false,
  }
}
