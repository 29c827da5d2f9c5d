import type { TradeHistory } from '@tranchebook/adapters'
import { type FillInput, minus, NO_QUANTITY, type PositionInput, plus, type Quantity } from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'

/** What a position was before a fill of it. */
function without(quantity: Quantity, { positionSide, side, quantity: filled }: FillInput): Quantity {
  return (side === 'BUY') === (positionSide !== 'SHORT') ? minus(quantity, filled) : plus(quantity, filled)
}

/** Whether positions are made of these trades alone: nothing is left of a report without the trades that it has seen. */
export async function areExplained(
  reports: readonly PositionInput[],
  trades: AsyncIterable<TradeHistory>,
): Promise<boolean> {
  const before = new Map(reports.map((report) => [report, report.quantity]))
  for await (const { fills } of trades)
    for (const [report, quantity] of before) {
      const seen = fills.filter(({ positionSide, time }) => positionSide === report.positionSide && time <= report.time)
      before.set(report, seen.reduce(without, quantity))
    }
  return [...before.values()].every((quantity) => quantity === 0n)
}

/** Without a report nobody knows whether a first trade opens a position or closes what was held before. */
export function isUnreported({ book: { checks } }: BookLoop): boolean {
  return checks.BOTH === null && checks.LONG === null && checks.SHORT === null
}

/** Whether a report says another quantity than the one before; what nobody has told of is flat. */
export function isNews({ book: { checks } }: BookLoop, { positionSide, quantity }: PositionInput): boolean {
  return quantity !== (checks[positionSide]?.quantity ?? NO_QUANTITY)
}

/** Whether no trade of a book is known yet. */
export function isUntraded({ book }: BookLoop): boolean {
  return book.lastFillTime === 0
}
