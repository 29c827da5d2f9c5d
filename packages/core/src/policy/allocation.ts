import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import { larger, minus } from '../money/arithmetic.js'
import { Decimal, moneyToDecimal } from '../money/decimal.js'
import { asMoney, formatMoney, type Money, NO_MONEY, parseMoney } from '../money/money.js'
import { formatPercent } from '../money/percent.js'
import { NO_QUANTITY } from '../money/quantity.js'
import { divide } from '../money/rounding.js'
import { askEntry, type EntryQuestion, valueInFlight } from './entry-question.js'
import { pnlPercentAt } from './pnl.js'
import { adviseNothing, type SizeAdvice, sizeStep, type SizeRequest, type SizeStep } from './size-advice.js'
import { clampSize } from './size-limits.js'
import { adaptiveFactor, shareOfRemaining, signalFactor } from './sizing-shape.js'

function timesDown(size: Money, factor: Decimal): Money {
  return parseMoney(moneyToDecimal(size).times(factor).toDecimalPlaces(24, Decimal.ROUND_DOWN).toString())
}

interface Purse {
  readonly budget: Money
  /** Budget less the cost of what is open and the value of what is in flight; not below 0. */
  readonly remaining: Money
  readonly slot: number
  readonly slots: number
}

function purseOf(question: EntryQuestion, budget: Money): Purse {
  const { group, inFlight, mark, activeTranches, slotsInFlight, opensTranche, context } = question
  const slots = context.config.maxTranches
  const used = activeTranches + slotsInFlight
  const spent = asMoney(group.cost + valueInFlight(inFlight, mark))
  // An entry that joins a tranche needs no slot: it may use the last one's share.
  return {
    budget,
    remaining: larger(minus(budget, spent), NO_MONEY),
    slot: opensTranche ? used : Math.min(used, slots - 1),
    slots,
  }
}

function equalShare({ budget, slots }: Purse): SizeStep {
  const share = asMoney(divide(budget, BigInt(slots), 'down'))
  return sizeStep('equal', share, `budget ${formatMoney(budget)} ÷ ${slots} tranches`)
}

function dynamicShares(question: EntryQuestion, purse: Purse): readonly SizeStep[] {
  const { sizingShape, trancheIsolationThreshold } = question.context.config
  const left = purse.slots - purse.slot
  const share = shareOfRemaining(purse.remaining, sizingShape, purse)
  const steps = [
    sizeStep(
      'dynamic',
      share,
      `${sizingShape} share of slot ${purse.slot + 1}: ${formatMoney(purse.remaining)} remain for ${left} slots`,
    ),
  ]
  let size = share
  if (sizingShape === 'ADAPTIVE') {
    const pnlPercent = pnlPercentAt(question.group, question.price)
    const factor = adaptiveFactor(pnlPercent, trancheIsolationThreshold)
    size = timesDown(size, factor)
    steps.push(
      sizeStep(
        'adaptive',
        size,
        `× ${factor.toDecimalPlaces(6).toString()} at a group P&L of ${formatPercent(pnlPercent)} %`,
      ),
    )
  }
  const { signalStrength } = question.request
  if (signalStrength === null) return steps
  const factor = signalFactor(signalStrength)
  return [...steps, sizeStep('signal', timesDown(size, factor), `× ${factor.toString()} for the signal's strength`)]
}

/**
 * Advises how much a new tranche might open with, by `trancheAllocation` and `sizingShape`, within every size limit and on the
 * step. `equal` divides the budget by `maxTranches`; `dynamic` divides what remains by the slots that remain, shaped, times the
 * signal. A size it advises passes the size limits and the venue's filters of `canOpenNewTranche`.
 */
export function adviseSize(book: TrancheBook, request: SizeRequest, context: DecisionContext): SizeAdvice {
  const { config, market } = context
  const budget = request.budget ?? config.maxPositionSize
  const price = request.price ?? market?.price ?? null
  if (budget === null) return adviseNothing([], 'budget', 'no budget: give one, or set maxPositionSize')
  if (market === null || price === null || price <= 0n || market.price <= 0n)
    return adviseNothing([], 'price', 'no price is known to size by')
  const entry = { ...request, quantity: NO_QUANTITY, tranche: null }
  const question = askEntry({ book, request: entry, context }, market.price)
  const purse = purseOf(question, budget)
  if (purse.slots <= 0 || purse.slot >= purse.slots)
    return adviseNothing([], 'maxTranches', `all ${purse.slots} slots of maxTranches are used`)
  const steps = config.trancheAllocation === 'equal' ? [equalShare(purse)] : dynamicShares(question, purse)
  const size = parseMoney(steps.at(-1)?.size ?? '0')
  return clampSize(question, { size, remaining: purse.remaining, steps })
}
