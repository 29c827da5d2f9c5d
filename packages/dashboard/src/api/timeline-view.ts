import type { EventType } from '@tranchebook/core'

/** One event, as a sentence. */
export interface TimelineEntry {
  readonly version: number
  readonly type: EventType
  /** Epoch ms, the venue's. */
  readonly time: number
  readonly sentence: string
  /** The reason, in words; `null` = nothing was chosen. */
  readonly why: string | null
  /** Tranches it concerns. */
  readonly tranches: readonly string[]
  /** Order of ours that it concerns. */
  readonly clientOrderId: string | null
  /** Order of time in the whole log. */
  readonly position: string
}

/** What one input led to. */
export interface TimelineGroup {
  readonly causationId: string
  readonly time: number
  readonly firstVersion: number
  readonly lastVersion: number
  /** All of it in one line: `Fill 8812 sold 0.04 → closed 0.04 of T12 for +60.00 → stop of T12 49 000 → 50 000`. */
  readonly headline: string
  /** In the order they were recorded. */
  readonly entries: readonly TimelineEntry[]
}

/** A page of a book's past, newest first. */
export interface TimelineView {
  readonly account: string
  readonly symbol: string
  readonly newestVersion: number
  readonly groups: readonly TimelineGroup[]
  /** Ask for this as `before` to go on; `null` = that was all. */
  readonly nextBefore: number | null
}
