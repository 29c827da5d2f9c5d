import type { AmountPartText } from '../book/events.js'
import type { Tranche } from '../book/tranche.js'
import { minus, plus } from '../money/arithmetic.js'
import { formatMoney, type Money, shareOf } from '../money/money.js'
import { NO_QUANTITY } from '../money/quantity.js'
import type { FundingInput } from '../observe/inputs.js'
import { type Decision, record } from './decision.js'

/** Open tranches that a payment is spread over: of the side it names, or of both where it names none. */
function carriers(decision: Decision, input: FundingInput): readonly Tranche[] {
  const { LONG, SHORT } = decision.book.groups
  const longs = input.positionSide === 'SHORT' ? [] : LONG.tranches
  const shorts = input.positionSide === 'LONG' ? [] : SHORT.tranches
  return [...longs, ...shorts]
}

/**
 * Spreads a funding payment over open tranches by quantity; the last takes what is left, so that the parts sum exactly. Without an
 * open tranche it stays with the book, unallocated. A payment is booked once.
 */
export function decideFunding(decision: Decision, input: FundingInput): void {
  if (decision.book.fundingIds.includes(input.fundingId)) return
  const lots = carriers(decision, input)
  const open = lots.reduce((sum, tranche) => plus(sum, tranche.quantity), NO_QUANTITY)
  let left: Money = input.amount
  const parts: AmountPartText[] = []
  for (const [index, tranche] of lots.entries()) {
    const amount = index === lots.length - 1 ? left : shareOf(input.amount, tranche.quantity, open)
    left = minus(left, amount)
    parts.push({ tranche: tranche.id, amount: formatMoney(amount) })
  }
  record(decision, {
    type: 'FundingBooked',
    fundingId: input.fundingId,
    amount: formatMoney(input.amount),
    asset: input.asset,
    parts,
    unallocated: formatMoney(left),
  })
}
