import type { DecimalText, Side } from '@tranchebook/core'
import type { AccountView } from './account-view.js'
import type { TimelineEntry } from './timeline-view.js'

/** A recorded event. Its id in the stream is its position: what comes after it is sent again after a reconnection. */
export interface RecordedMessage extends TimelineEntry {
  readonly account: string
  readonly symbol: string
  readonly causationId: string
}

/** New figures of a side at a mark. */
export interface SidePrice {
  readonly side: Side
  readonly unrealizedPnl: DecimalText | null
  readonly pnlPercent: DecimalText | null
  readonly totalPnl: DecimalText | null
  readonly tranches: readonly {
    readonly id: string
    readonly unrealizedPnl: DecimalText | null
    readonly pnlPercent: DecimalText | null
  }[]
}

/** A new mark of one book and what follows from it. Without an id: missing one loses nothing. */
export interface PriceMessage {
  readonly account: string
  readonly symbol: string
  /** Version of the book the figures belong to. */
  readonly version: number
  readonly mark: DecimalText
  readonly markTime: number
  readonly unrealizedPnl: DecimalText | null
  readonly sides: readonly SidePrice[]
}

/** What the stream begins with: where it goes on from, and of which log. */
export interface HelloMessage {
  readonly position: string
  readonly logId: string
  /** True where the place asked for is not in this log: read everything anew. */
  readonly isReset: boolean
}

/** Messages of the stream by event name. Prices come in lists, at most four times a second. */
export interface StreamMessages {
  readonly hello: HelloMessage
  readonly event: RecordedMessage
  readonly prices: readonly PriceMessage[]
  readonly account: AccountView
}
