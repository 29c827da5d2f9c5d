import type { BookEvent, EventOf, EventType } from '@tranchebook/core'
import { add, type Ratio, ZERO } from '../exact/ratio.js'

/** What the laws remember of one tranche. */
export interface LedgerTranche {
  readonly id: string
  readonly side: 'LONG' | 'SHORT'
  quantity: Ratio
  cost: Ratio
  exitQuantity: Ratio
  exitNotional: Ratio
  realizedPnl: Ratio
  stop: Ratio | null
  rung: string
  readonly entryFees: Map<string, Ratio>
  /** Take-profit levels in the order they were reached. */
  readonly levels: { readonly level: number; readonly causationId: string }[]
  isClosed: boolean
  /** True once a later fill corrected an estimate of it: its own arithmetic is then no longer visible in the log. */
  isCorrected: boolean
}

/** What the laws remember of one booked fill. */
export interface LedgerFill {
  readonly quantity: Ratio
  readonly price: Ratio
  readonly fee: Ratio | null
  readonly opens: Ratio
  readonly closes: Ratio
  readonly unmatched: Ratio
  readonly replaces: Ratio
  opened: Ratio
  reduced: Ratio
  replaced: Ratio
  feeBooked: Ratio
}

/** An event and where it stands in its log, for stories. */
export interface PlacedEvent<Event extends BookEvent> {
  readonly event: Event
  readonly index: number
}

/** A placed event of one of these types. */
export type Placed<Type extends EventType = EventType> = PlacedEvent<EventOf<Type>>

/** Accounts kept from the events alone, in exact fractions, beside the book. */
export interface Ledger {
  readonly tranches: Map<string, LedgerTranche>
  readonly fills: Map<string, LedgerFill>
  readonly fundingIds: Set<string>
  /** Σ −signed quantity·price of everything opened and closed: realized − signed open cost must equal it. */
  cash: Ratio
}

/** A ledger of nothing. */
export function emptyLedger(): Ledger {
  return { tranches: new Map(), fills: new Map(), fundingIds: new Set(), cash: ZERO }
}

/** Where in the log a story happens. */
export function placeOf({ event, index }: PlacedEvent<BookEvent>): string {
  const tranche = 'tranche' in event ? ` ${event.tranche}` : ''
  return `event ${index} ${event.type}${tranche} (cause ${event.causationId})`
}

/** Adds an amount of an asset. */
export function collectFee(fees: Map<string, Ratio>, asset: string, amount: Ratio): void {
  fees.set(asset, add(fees.get(asset) ?? ZERO, amount))
}
