import type { AmountPartText } from '../book/events.js'
import type { Tranche } from '../book/tranche.js'
import { minus } from '../money/arithmetic.js'
import { asMoney, formatMoney, type Money } from '../money/money.js'
import type { FundingInput } from '../observe/inputs.js'
import { type Decision, record } from './decision.js'

/** Open lots that carry a payment, with signed weights: the paying side's share has its sign, the other side receives. */
function carriers(decision: Decision, input: FundingInput): readonly { tranche: Tranche; weight: bigint }[] {
  const { LONG, SHORT } = decision.book.groups
  const side = input.positionSide
  const longs = side === 'SHORT' ? [] : LONG.tranches.map((tranche) => ({ tranche, weight: tranche.quantity as bigint }))
  const shorts = side === 'LONG' ? [] : SHORT.tranches.map((tranche) => ({ tranche, weight: -tranche.quantity }))
  return [...longs, ...shorts]
}

/**
 * Spreads a funding payment over open tranches by quantity (signed where both sides are open, as funding is charged on each).
 * What cannot be spread stays with the book, unallocated. A payment is booked once.
 */
export function decideFunding(decision: Decision, input: FundingInput): void {
  if (decision.book.fundingIds.includes(input.fundingId)) return
  const lots = carriers(decision, input)
  const net = lots.reduce((sum, lot) => sum + lot.weight, 0n)
  let left: Money = input.amount
  const parts: AmountPartText[] = []
  for (const [index, { tranche, weight }] of net === 0n ? [] : lots.entries()) {
    const amount = index === lots.length - 1 ? left : asMoney((input.amount * weight) / net)
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
