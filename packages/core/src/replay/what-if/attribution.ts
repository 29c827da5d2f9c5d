import type { TrancheBook } from '../../book/book.js'
import type { TrancheGroup } from '../../book/group.js'
import type { Side } from '../../book/tranche.js'
import { minus, plus } from '../../money/arithmetic.js'
import { formatMoney, type Money, NO_MONEY } from '../../money/money.js'
import type { Price } from '../../money/price.js'
import { formatQuantity, type Quantity } from '../../money/quantity.js'
import { pnlAt } from '../../policy/pnl.js'
import { historyOf } from '../../view/tranche-history.js'
import type { TrancheRecord } from '../../view/tranche-record.js'
import type { RanBook } from '../run-inputs.js'

/** Gross result in quote, decimals as text; `null` = no mark price is known. */
export interface Result {
  readonly realizedPnl: string
  readonly unrealizedPnl: string | null
}

/** A group in both runs. */
export interface GroupComparison {
  readonly side: Side
  readonly base: Result & { readonly quantity: string }
  readonly other: Result & { readonly quantity: string }
}

/** An entry fill whose result is another: the same fills, dealt out otherwise. */
export interface AttributedEntry {
  readonly side: Side
  readonly tradeId: string
  /** `null` = this run took the fill for no entry of that side (one-way mode, where it may close the other side instead). */
  readonly base: EntryText | null
  readonly other: EntryText | null
}

/** Tranche and result of an entry fill. */
export type EntryText = Result & { readonly tranche: string }

/** What became of an entry fill. */
export interface EntryResult {
  readonly side: Side
  readonly tradeId: string
  readonly tranche: string
  readonly realized: Money
  readonly unrealized: Money | null
}

/** Result of each entry fill by trade id; entries without a fill are left out. */
export function entryResults({ events }: RanBook, mark: Price | null): ReadonlyMap<string, EntryResult> {
  const results = new Map<string, EntryResult>()
  for (const record of historyOf(events).tranches.values()) addEntries(results, record, mark)
  return results
}

function addEntries(results: Map<string, EntryResult>, record: TrancheRecord, mark: Price | null): void {
  const { id: tranche, side } = record
  for (const { tradeId, realizedPnl: realized, cost, remaining: quantity } of record.entries) {
    if (tradeId === null) continue
    const isOpen = quantity !== 0n
    const unrealized = isOpen ? (mark === null ? null : pnlAt({ side, cost, quantity }, mark)) : NO_MONEY
    results.set(`${side} ${tradeId}`, { side, tradeId, tranche, realized, unrealized })
  }
}

function textOf(entry: EntryResult | undefined): EntryText | null {
  if (entry === undefined) return null
  const { tranche, realized, unrealized } = entry
  return {
    tranche,
    realizedPnl: formatMoney(realized),
    unrealizedPnl: unrealized === null ? null : formatMoney(unrealized),
  }
}

/** Entry fills that do not end alike in both runs. */
export function attributedEntries(
  base: ReadonlyMap<string, EntryResult>,
  other: ReadonlyMap<string, EntryResult>,
): readonly AttributedEntry[] {
  return [...new Set([...base.keys(), ...other.keys()])].flatMap((key) => {
    const [left, right] = [base.get(key), other.get(key)]
    const known = left ?? right
    if (known === undefined || (left?.realized === right?.realized && left?.unrealized === right?.unrealized)) return []
    return [{ side: known.side, tradeId: known.tradeId, base: textOf(left), other: textOf(right) }]
  })
}

function resultOf(group: TrancheGroup, mark: Price | null): GroupComparison['base'] {
  const { quantity, cost, side, realizedPnl } = group
  const unrealized = quantity === 0n ? NO_MONEY : mark === null ? null : pnlAt({ side, cost, quantity }, mark)
  return {
    quantity: formatQuantity(quantity),
    realizedPnl: formatMoney(realizedPnl),
    unrealizedPnl: unrealized === null ? null : formatMoney(unrealized),
  }
}

/** Both groups of a book in both runs. */
export function compareGroups(base: TrancheBook, other: TrancheBook, mark: Price | null): readonly GroupComparison[] {
  return (['LONG', 'SHORT'] as const).map((side) => ({
    side,
    base: resultOf(base.groups[side], mark),
    other: resultOf(other.groups[side], mark),
  }))
}

/** Σ realized − cost of what is open, signed: a book's total less the mark's share, which is the same for equal net quantities. */
function fixedPart({ groups: { LONG, SHORT } }: TrancheBook): Money {
  return plus(minus(LONG.realizedPnl, LONG.cost), plus(SHORT.realizedPnl, SHORT.cost))
}

function netQuantity({ groups: { LONG, SHORT } }: TrancheBook): Quantity {
  return minus(LONG.quantity, SHORT.quantity)
}

/** Whether gross realized + unrealized of both sides together is the same in both, whatever the mark. */
export function hasSameTotal(base: TrancheBook, other: TrancheBook): boolean {
  return netQuantity(base) === netQuantity(other) && fixedPart(base) === fixedPart(other)
}
