import { streamOf } from '../../book/book.js'
import type { BookEvent, EventOf } from '../../book/events.js'
import { formatPrice, type Price } from '../../money/price.js'
import type { Input } from '../../observe/inputs.js'
import type { RanBook, RefusedInput, RunOptions } from '../run-inputs.js'
import {
  type AttributedEntry,
  attributedEntries,
  compareGroups,
  entryResults,
  type GroupComparison,
  hasSameTotal,
} from './attribution.js'
import { differentOrders, differentSteering, type OneSided, type Steering } from './decision-differences.js'
import { type HypotheticalFill, hypotheticalFills } from './hypothetical-fills.js'
import { runBoth, type WatchedRun } from './run-both.js'

/** One book under both configurations. */
export interface BookWhatIf {
  /** `account/symbol`. */
  readonly stream: string
  /** Newest mark of the inputs, by which open parts are valued in both runs; `null` = none came. */
  readonly mark: string | null
  readonly groups: readonly GroupComparison[]
  /** True when realized + unrealized of the book is the same in both runs, whatever the mark. */
  readonly isSameTotal: boolean
  /** P&L that only moved between tranches: the same fills, dealt out otherwise. Its differences sum to 0 where the total is the same. */
  readonly attribution: readonly AttributedEntry[]
  /** Orders that only one run would have sent. What they would have been filled at, nobody knows. */
  readonly orders: OneSided<EventOf<'OrderIntended'>>
  /** Refusals, isolations, stop moves that only one run decided. */
  readonly decisions: OneSided<Steering>
  /** Recorded fills that the other run would not have had. Never part of its result. */
  readonly hypothetical: readonly HypotheticalFill[]
  /** Bookings that no fill proves (drift taken over), which may differ by configuration. */
  readonly bookingsWithoutFill: { readonly base: number; readonly other: number }
}

/** The same recorded inputs under another configuration. */
export interface WhatIfReport {
  readonly books: readonly BookWhatIf[]
  readonly refusedInputs: { readonly base: number; readonly other: number }
  readonly refused: { readonly base: readonly RefusedInput[]; readonly other: readonly RefusedInput[] }
}

function countWithoutFill(events: readonly BookEvent[]): number {
  return events.filter(
    (event) => (event.type === 'TrancheOpened' || event.type === 'TrancheReduced') && event.tradeId === null,
  ).length
}

function markOf({ market, book }: RanBook): Price | null {
  return market?.price ?? book.mark?.price ?? null
}

function compareBook(
  ran: { readonly base: RanBook; readonly other: RanBook },
  both: { readonly base: WatchedRun; readonly other: WatchedRun },
): BookWhatIf {
  const { base, other } = ran
  const mark = markOf(base)
  const entries = entryResults(base, mark)
  return {
    stream: streamOf(base.book),
    mark: mark === null ? null : formatPrice(mark),
    groups: compareGroups(base.book, other.book, mark),
    isSameTotal: hasSameTotal(base.book, other.book),
    attribution: attributedEntries(entries, entryResults(other, mark)),
    orders: differentOrders(base.events, other.events),
    decisions: differentSteering(base.events, other.events),
    hypothetical: hypotheticalFills(ran, both, entries),
    bookingsWithoutFill: { base: countWithoutFill(base.events), other: countWithoutFill(other.events) },
  }
}

/**
 * Decides the same recorded inputs under two configurations and tells apart what merely moved between tranches from what would have
 * been done otherwise. Recorded fills are facts of the base run: both runs book them, those that the other one would not have had are
 * listed with their result and never added to a real one. An order that only the other run would have sent has no fill here and
 * stays in flight.
 *
 * @throws {InvariantError} when a law of a book would be broken.
 */
export function whatIf(inputs: Iterable<Input>, base: RunOptions, other: RunOptions): WhatIfReport {
  const both = runBoth(inputs, base, other)
  const others = new Map(both.other.result.books.map((ran) => [streamOf(ran.book), ran]))
  const books = both.base.result.books.flatMap((ran) => {
    const counterpart = others.get(streamOf(ran.book))
    return counterpart === undefined ? [] : [compareBook({ base: ran, other: counterpart }, both)]
  })
  const refused = { base: both.base.result.refused, other: both.other.result.refused }
  return { books, refusedInputs: { base: refused.base.length, other: refused.other.length }, refused }
}
