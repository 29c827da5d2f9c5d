import type { ExplainedLine } from '@tranchebook/core'
import type { TrancheRow } from './book-view.js'
import type { OrderView } from './order-view.js'

/** An opened row: what happened to a tranche, with reasons, and the orders that stood or stand for it. */
export interface TrancheDetail {
  readonly tranche: TrancheRow
  readonly title: string
  readonly lines: readonly ExplainedLine[]
  readonly summary: string
  /** All of it, laid out for a terminal. */
  readonly text: string
  /** Newest first. */
  readonly orders: readonly OrderView[]
}
