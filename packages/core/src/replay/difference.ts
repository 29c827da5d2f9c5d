import type { TrancheBook } from '../book/book.js'
import type { TrancheGroup } from '../book/group.js'
import type { PositionSide } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { averageCostShape, bookShape, checkShape, groupShape } from './shape/book-shape.js'
import { flatten, type Leaf, type Leaves } from './shape/flatten.js'
import type { JsonRecord } from './shape/json.js'
import { orderShape, trancheShape } from './shape/tranche-shape.js'

/** What a change is a change of. */
export type Subject =
  | { readonly type: 'book' }
  | { readonly type: 'group'; readonly side: Side }
  | { readonly type: 'tranche'; readonly side: Side; readonly tranche: string }
  | { readonly type: 'order'; readonly clientOrderId: string }
  /** The venue's position as average cost mirrors it. */
  | { readonly type: 'averageCost'; readonly positionSide: PositionSide }
  /** What the venue last said of a position. */
  | { readonly type: 'check'; readonly positionSide: PositionSide }

/** One field that differs. Decimals are text; `null` = there is nothing. Nested fields are joined by dots, list places count from 1. */
export interface Change {
  readonly subject: Subject
  /** Whether the subject itself came, went, or only changed. */
  readonly kind: 'appeared' | 'vanished' | 'changed'
  readonly field: string
  readonly before: Leaf
  readonly after: Leaf
}

interface Part {
  readonly subject: Subject
  readonly leaves: Leaves
}

const POSITION_SIDES = ['LONG', 'SHORT', 'BOTH'] as const

function part(subject: Subject, json: JsonRecord): readonly [string, Part] {
  return [Object.values(subject).join('/'), { subject, leaves: flatten(json) }]
}

function partsOfGroup(group: TrancheGroup): readonly (readonly [string, Part])[] {
  const { side } = group
  const { tranches: _tranches, ...fields } = groupShape.save(group)
  return [
    part({ type: 'group', side }, fields),
    ...group.tranches.map((tranche) =>
      part({ type: 'tranche', side, tranche: tranche.id }, trancheShape.save(tranche)),
    ),
  ]
}

function partsOfPosition(book: TrancheBook, positionSide: PositionSide): readonly (readonly [string, Part])[] {
  const check = book.checks[positionSide]
  return [
    part({ type: 'averageCost', positionSide }, averageCostShape.save(book.averageCost[positionSide])),
    ...(check === null ? [] : [part({ type: 'check', positionSide }, checkShape.save(check))]),
  ]
}

/** A book taken apart. */
function partsOf(book: TrancheBook): ReadonlyMap<string, Part> {
  const {
    version: _version,
    groups: _groups,
    orders: _orders,
    averageCost: _average,
    checks: _checks,
    ...rest
  } = bookShape.save(book)
  return new Map([
    part({ type: 'book' }, rest),
    ...partsOfGroup(book.groups.LONG),
    ...partsOfGroup(book.groups.SHORT),
    ...[...book.orders.values()].map((order) =>
      part({ type: 'order', clientOrderId: order.clientOrderId }, orderShape.save(order)),
    ),
    ...POSITION_SIDES.flatMap((positionSide) => partsOfPosition(book, positionSide)),
  ])
}

function kindOf(before: Part | undefined, after: Part | undefined): Change['kind'] {
  if (before === undefined) return 'appeared'
  return after === undefined ? 'vanished' : 'changed'
}

function changesOf(before: Part | undefined, after: Part | undefined): readonly Change[] {
  const subject = (after ?? before)?.subject
  if (subject === undefined) return []
  const kind = kindOf(before, after)
  const names = new Set([...(before?.leaves.keys() ?? []), ...(after?.leaves.keys() ?? [])])
  return [...names].flatMap((field) => {
    const change = { before: before?.leaves.get(field) ?? null, after: after?.leaves.get(field) ?? null }
    return change.before === change.after ? [] : [{ subject, kind, field, ...change }]
  })
}

const ORDER = ['book', 'group/LONG', 'tranche/LONG', 'group/SHORT', 'tranche/SHORT', 'order', 'averageCost', 'check']

function rank(key: string): number {
  return ORDER.findIndex((prefix) => key === prefix || key.startsWith(`${prefix}/`))
}

/**
 * What became different between two states of one book, subject by subject in a fixed order: book, LONG group and tranches, SHORT,
 * orders, the venue's positions. The version itself is not told. Empty when nothing differs.
 */
export function differenceBetween(before: TrancheBook, after: TrancheBook): readonly Change[] {
  const left = partsOf(before)
  const right = partsOf(after)
  const keys = [...new Set([...left.keys(), ...right.keys()])].toSorted((one, other) => rank(one) - rank(other))
  return keys.flatMap((key) => changesOf(left.get(key), right.get(key)))
}
