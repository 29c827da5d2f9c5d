import type { FundingLine } from '../lines/input-line.js'
import type { ModelBook } from './model-book.js'
import { collect, openTranches } from './profit.js'
import { isZero, multiply, parseRatio, quotient, total } from '../exact/ratio.js'

/** Spreads a payment over the open tranches by quantity. Without any, it is kept for the book. */
export function applyFunding(book: ModelBook, line: FundingLine): void {
  if (book.seenFunding.has(line.id)) return
  book.seenFunding.add(line.id)
  const amount = parseRatio(line.amount)
  const side = line.positionSide ?? 'BOTH'
  const groups = side === 'BOTH' ? [book.groups.LONG, book.groups.SHORT] : [book.groups[side]]
  const open = groups.flatMap(openTranches)
  const quantity = total(open.map((tranche) => tranche.quantity))
  if (isZero(quantity)) {
    collect(book.unallocatedFunding, line.asset, amount)
    return
  }
  for (const tranche of open) {
    collect(tranche.funding, line.asset, quotient(multiply(amount, tranche.quantity), quantity))
  }
}
