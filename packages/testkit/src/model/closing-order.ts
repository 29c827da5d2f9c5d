import type { ModelTranche } from './model-book.js'
import type { ModelOptions } from './model-options.js'
import { type Comparison, inTurn, newestFirst, oldestFirst, unrealized } from './profit.js'
import {
  add,
  downTo,
  isPositive,
  isZero,
  least,
  multiply,
  order,
  quotient,
  type Ratio,
  subtract,
  total,
  ZERO,
} from '../exact/ratio.js'
import { DUST } from './targets.js'

/** What one tranche gives to a close. */
export interface ModelPart {
  readonly tranche: ModelTranche
  readonly quantity: Ratio
}

/** A close to be split. */
export interface ModelClose {
  readonly quantity: Ratio
  readonly price: Ratio
  readonly stepSize: Ratio
}

const HELD_FOR_RECOVERY = ['LIFO', 'FIFO', 'BEST_FIRST']

const byEntry: Comparison = (left, right) => order(left.entryPrice, right.entryPrice)

function comparisonOf(rule: string, price: Ratio): Comparison {
  const byProfit: Comparison = (left, right) => order(unrealized(left, price), unrealized(right, price))
  if (rule === 'LIFO') return newestFirst
  if (rule === 'FIFO') return oldestFirst
  if (rule === 'WORST_FIRST') return inTurn(byProfit, oldestFirst)
  if (rule === 'BEST_FIRST') return inTurn((left, right) => byProfit(right, left), oldestFirst)
  if (rule === 'HIFO') return inTurn((left, right) => byEntry(right, left), oldestFirst)
  if (rule === 'LOFO') return inTurn(byEntry, oldestFirst)
  throw new RangeError(`the model does not know the closing rule "${rule}"`)
}

function takeInOrder(tranches: readonly ModelTranche[], quantity: Ratio): ModelPart[] {
  const parts: ModelPart[] = []
  let rest = quantity
  for (const tranche of tranches) {
    const taken = least(rest, tranche.quantity)
    if (isPositive(taken)) parts.push({ tranche, quantity: taken })
    rest = subtract(rest, taken)
  }
  return parts
}

/** Shares down to the step; what is left goes out step by step, largest remainder first, until nothing is left. */
function takeInProportion(tranches: readonly ModelTranche[], close: ModelClose): ModelPart[] {
  const open = total(tranches.map((tranche) => tranche.quantity))
  if (isZero(open)) return []
  const wanted = least(close.quantity, open)
  const step = isZero(close.stepSize) ? DUST : close.stepSize
  const shares = [...tranches].sort(oldestFirst).map((tranche) => {
    const exact = quotient(multiply(wanted, tranche.quantity), open)
    return { tranche, quantity: downTo(exact, step), remainder: subtract(exact, downTo(exact, step)) }
  })
  let rest = subtract(wanted, total(shares.map((share) => share.quantity)))
  const byRemainder = [...shares].sort((left, right) => order(right.remainder, left.remainder))
  while (isPositive(rest)) {
    for (const share of byRemainder) {
      const taken = least(least(step, rest), subtract(share.tranche.quantity, share.quantity))
      share.quantity = add(share.quantity, taken)
      rest = subtract(rest, taken)
    }
  }
  return shares.filter((share) => isPositive(share.quantity))
}

function takeByRule(tranches: readonly ModelTranche[], close: ModelClose, rule: string): ModelPart[] {
  if (rule === 'PRO_RATA') return takeInProportion(tranches, close)
  return takeInOrder([...tranches].sort(comparisonOf(rule, close.price)), close.quantity)
}

/** Splits a close over open tranches by the configured strategy; isolated ones last where the rule holds them for recovery. */
export function splitByStrategy(
  tranches: readonly ModelTranche[],
  close: ModelClose,
  options: ModelOptions,
): ModelPart[] {
  const rule = options.closingStrategy
  const isolatedLast = (options.isolatedClosing ?? (HELD_FOR_RECOVERY.includes(rule) ? 'LAST' : 'EQUAL')) === 'LAST'
  if (!isolatedLast) return takeByRule(tranches, close, rule)
  const first = takeByRule(
    tranches.filter((tranche) => !tranche.isolated),
    close,
    rule,
  )
  const rest = subtract(
    close.quantity,
    first.reduce((sum, part) => add(sum, part.quantity), ZERO),
  )
  const last = takeByRule(
    tranches.filter((tranche) => tranche.isolated),
    { ...close, quantity: rest },
    rule,
  )
  return [...first, ...last]
}
