import type { Because } from '../book/because.js'
import type { TrancheBook } from '../book/book.js'
import type { ClosingPart, DecisionContext } from '../book/context.js'
import type { TrancheGroup } from '../book/group.js'
import type { BookOrder } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import type { InvariantError } from '../errors.js'
import { minus, plus, smaller } from '../money/arithmetic.js'
import { formatPrice, type Price } from '../money/price.js'
import { formatQuantity, NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { type ClosingChoice, choosePartsSoundly, closingLots, explainChoice } from '../policy/closing.js'

/** A closing quantity looking for its lots. */
export interface ClosingDemand {
  readonly side: Side
  /** At most what is open. */
  readonly quantity: Quantity
  readonly price: Price
  /** Our own order behind it, if any. */
  readonly order: BookOrder | null
  /** A tranche named by the fill or command. */
  readonly tranche: string | null
}

/** The lots that give, Σ = the demand, and why. */
export interface ClosingSplit {
  readonly parts: readonly ClosingPart[]
  readonly because: Because
}

function partsOfIntent(order: BookOrder, group: TrancheGroup, wanted: Quantity): readonly ClosingPart[] {
  const parts: ClosingPart[] = []
  // After a merge an order may name one tranche twice.
  const taken = new Map<string, Quantity>()
  let passed = order.filled
  let left = wanted
  for (const { tranche, quantity } of order.allocation) {
    const before = smaller(passed, quantity)
    passed = minus(passed, before)
    const open = group.tranches.find((candidate) => candidate.id === tranche)?.quantity ?? NO_QUANTITY
    const given = taken.get(tranche) ?? NO_QUANTITY
    const part = smaller(smaller(minus(quantity, before), left), minus(open, given))
    if (part === 0n) continue
    left = minus(left, part)
    taken.set(tranche, plus(given, part))
    parts.push({ tranche, quantity: part })
  }
  return parts
}

function named(group: TrancheGroup, demand: ClosingDemand): readonly ClosingPart[] {
  const tranche = group.tranches.find((candidate) => candidate.id === demand.tranche)
  return tranche === undefined ? [] : [{ tranche: tranche.id, quantity: smaller(tranche.quantity, demand.quantity) }]
}

function choiceOf(context: DecisionContext, order: BookOrder | null): ClosingChoice {
  const { config, closingRules } = context
  const isCombined =
    order !== null && (order.purpose === 'stop' || order.purpose === 'takeProfit') && order.allocation.length === 0
  const isolatedClosing = isCombined && !config.combinedIncludesIsolated ? 'LAST' : config.isolatedClosing
  return { rule: config.closingStrategy, isolatedClosing, customRules: closingRules }
}

function merged(parts: readonly ClosingPart[]): readonly ClosingPart[] {
  const sums = new Map<string, Quantity>()
  for (const { tranche, quantity } of parts) sums.set(tranche, plus(sums.get(tranche) ?? NO_QUANTITY, quantity))
  return [...sums].map(([tranche, quantity]) => ({ tranche, quantity }))
}

/** First the tranches that the intent (or the name) fixed, then the closing rule for whatever exceeds them (semantics §5). */
export function splitClosing(book: TrancheBook, demand: ClosingDemand, context: DecisionContext): ClosingSplit {
  const group = book.groups[demand.side]
  const fixed =
    demand.order !== null ? merged(partsOfIntent(demand.order, group, demand.quantity)) : named(group, demand)
  const taken = new Map(fixed.map((part) => [part.tranche, part.quantity]))
  const rest = minus(
    demand.quantity,
    fixed.reduce((sum, part) => plus(sum, part.quantity), NO_QUANTITY),
  )
  if (rest === 0n) return { parts: fixed, because: becauseOfIntent(demand, fixed) }
  const lots = closingLots(group, taken)
  const request = { quantity: rest, price: demand.price, stepSize: context.instrument.stepSize }
  const configured = choiceOf(context, demand.order)
  const { parts: chosen, choice, broken } = choosePartsSoundly(lots, request, configured)
  if (broken !== null) context.onBrokenRule?.(configured.rule, broken)
  const because = explainChoice(chosen, lots, { request, choice })
  const parts = merged([...fixed, ...chosen])
  return { parts, because: broken === null ? because : becauseOfBroken(because, configured.rule, broken) }
}

/** What a custom rule did wrong, so that LIFO split in its place. */
function becauseOfBroken(because: Because, rule: string, { message }: InvariantError): Because {
  return {
    ...because,
    configured: { ...because.configured, closingStrategy: rule },
    observed: { ...because.observed, brokenRule: message },
  }
}

function becauseOfIntent(demand: ClosingDemand, parts: readonly ClosingPart[]): Because {
  const { order } = demand
  return {
    rule: order === null ? 'closing.named' : `closing.intent.${order.purpose}`,
    observed: {
      order: order?.clientOrderId ?? null,
      tranche: demand.tranche,
      price: formatPrice(demand.price),
      quantity: formatQuantity(demand.quantity),
    },
    candidates: parts.map(({ tranche, quantity }) => ({
      tranche,
      value: order === null ? 'named by the fill' : 'fixed by the intent of its order',
      chosen: formatQuantity(quantity),
      lost: null,
    })),
  }
}
