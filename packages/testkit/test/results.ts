import { parseMoney, parsePrice, type TrancheBook } from '@tranchebook/core'

/** Cuts at 10^-24 add up to less than this. */
const DUST = parseMoney('0.000000000000000001')

/**
 * Gross realized + unrealized at a price, in units of 10^-24: by lots and by average cost. `whole` counts closes that found nothing as
 * well, each at its own price: which of several closes that is depends on the order of arrival, the sum does not.
 */
export function resultsAt(
  book: TrancheBook,
  at: string,
): { readonly lots: bigint; readonly averageCost: bigint; readonly whole: bigint } {
  const price = parsePrice(at)
  const { LONG, SHORT } = book.groups
  const long = LONG.realizedPnl + price * LONG.quantity - LONG.cost
  const short = SHORT.realizedPnl + SHORT.cost - price * SHORT.quantity
  const positions = [book.averageCost.LONG, book.averageCost.SHORT, book.averageCost.BOTH]
  const averageCost = positions.reduce((sum, one) => sum + one.realizedPnl + price * one.quantity - one.cost, 0n)
  const unmatched = [LONG, SHORT].flatMap(({ side, unmatched: closes }) =>
    closes.map((close) => (side === 'LONG' ? close.price - price : price - close.price) * close.quantity),
  )
  return { lots: long + short, averageCost, whole: unmatched.reduce((sum, one) => sum + one, long + short) }
}

/** True where two amounts differ by no more than repeated cuts explain; text is cut at 24 decimals. */
export function isSame(left: bigint, right: bigint | string): boolean {
  const other = typeof right === 'bigint' ? right : parseMoney(/^-?\d+(\.\d{1,24})?/.exec(right)?.[0] ?? right)
  const difference = left - other
  return (difference < 0n ? -difference : difference) <= DUST
}
