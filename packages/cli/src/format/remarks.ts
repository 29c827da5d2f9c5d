import {
  formatQuantity,
  NO_QUANTITY,
  plus,
  type Quantity,
  streamOf,
  type Side,
  type TrancheBook,
} from '@tranchebook/core'
import type { Played, PlayedBook } from '../run/run-recording.js'
import { plural } from './plural.js'

function unknownStart(book: TrancheBook, side: Side): readonly string[] {
  const { unmatched, hasUnknownStart } = book.groups[side]
  if (!hasUnknownStart) return []
  const orphans = unmatched.filter((fill) => fill.isOrphan)
  const quantity = orphans.reduce<Quantity>((sum, fill) => plus(sum, fill.quantity), NO_QUANTITY)
  const first = orphans[0]?.tradeId ?? ''
  const fills =
    orphans.length === 1 ? `fill ${first}` : `${orphans.length} fills, ${first} the first (--json lists all)`
  return [
    `unknown start: ${streamOf(book)} ${side} began before the first fill given: ${formatQuantity(quantity)} more was closed than was open, by ${fills}; left out, not guessed`,
  ]
}

function conflictOf({ book }: PlayedBook): readonly string[] {
  return book.conflict === null ? [] : [`conflict: ${book.conflict}`]
}

/** What a person should know besides the answer, one line each. */
export function remarksOn({ books, refused, duplicates }: Played): readonly string[] {
  return [
    ...refused.map(({ line, message }) => `refused line ${line}: ${message}`),
    ...books.flatMap(({ book }) => [...unknownStart(book, 'LONG'), ...unknownStart(book, 'SHORT')]),
    ...books.filter(({ book }) => !isUnknown(book)).flatMap(conflictOf),
    ...(duplicates === 0 ? [] : [`${plural(duplicates, 'fill', 'fills')} came more than once and counted once`]),
  ]
}

function isUnknown({ groups }: TrancheBook): boolean {
  return groups.LONG.hasUnknownStart || groups.SHORT.hasUnknownStart
}

/** Whether `--strict` finds fault: something was left out. */
export function isIncomplete({ books, refused }: Played): boolean {
  return refused.length > 0 || books.some(({ book }) => isUnknown(book))
}
