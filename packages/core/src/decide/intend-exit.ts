import type { Because } from '../book/because.js'
import { positionSideOf, streamOf } from '../book/book.js'
import { clientOrderIdOf } from '../book/client-order-id.js'
import type { OrderTerms } from '../book/events.js'
import type { OrderSide } from '../book/order.js'
import type { Side, Tranche } from '../book/tranche.js'
import { meetsMinimums, roundQuantity } from '../instrument/instrument.js'
import { minus, plus, smaller } from '../money/arithmetic.js'
import { formatPrice, type Price } from '../money/price.js'
import { formatQuantity, NO_QUANTITY, parseQuantity, type Quantity } from '../money/quantity.js'
import { exitsInFlight, reducingExitsInFlight, unallocatedExitsInFlight } from '../policy/in-flight.js'
import { sideCapacity } from '../protection/side-capacity.js'
import { type Decision, record } from './decision.js'

/** The order side that opens (or closes) a side. */
export function orderSideOf(side: Side, isEntry: boolean): OrderSide {
  return (side === 'LONG') === isEntry ? 'BUY' : 'SELL'
}

type Terms = Omit<OrderTerms, 'clientOrderId' | 'intent' | 'attempt' | 'positionSide'>

/** Records the intent to send an order, under the id that its number gives it. */
export function intendOrder(decision: Decision, terms: Terms, because: Because): void {
  const intent = decision.nextIntent
  decision.nextIntent += 1
  const clientOrderId = clientOrderIdOf({ stream: streamOf(decision.book), intent, attempt: 1 })
  const positionSide = positionSideOf(decision.book, terms.side)
  record(
    decision,
    { type: 'OrderIntended', clientOrderId, intent, attempt: 1, positionSide, ...terms },
    { because, correlationId: clientOrderId },
  )
}

/** An exit that a rule or command asks for. */
export interface Exit {
  /** At most what is open and not on its way out already. */
  readonly quantity: Quantity
  /** `null` = market. */
  readonly price: Price | null
  readonly reason: string
  readonly level: number | null
  readonly because: Because
}

function intendedHere(decision: Decision, tranche: string): Quantity {
  return decision.events
    .flatMap((event) => (event.type === 'OrderIntended' && event.purpose === 'exit' ? event.allocation : []))
    .filter((part) => part.tranche === tranche)
    .reduce((sum, part) => plus(sum, parseQuantity(part.quantity)), NO_QUANTITY)
}

function underWay(decision: Decision, tranche: Tranche): Quantity {
  const sum = plus(exitsInFlight(decision.book, tranche.id), intendedHere(decision, tranche.id))
  return smaller(sum, tranche.quantity)
}

/** What of a tranche is open and has no exit under way, neither its own nor one of its side that the closing rule will split. */
export function exitable(decision: Decision, tranche: Tranche): Quantity {
  const { book } = decision
  const { tranches } = book.groups[tranche.side]
  const free = tranches.reduce((sum, one) => plus(sum, minus(one.quantity, underWay(decision, one))), NO_QUANTITY)
  const unallocated = unallocatedExitsInFlight(book, tranche.side)
  const left = unallocated < free ? minus(free, unallocated) : NO_QUANTITY
  return smaller(left, minus(tranche.quantity, underWay(decision, tranche)))
}

/** Whether rules may send exits of this book now: a mode that sends, and a circuit that is closed. */
export function maySendExits(decision: Decision): boolean {
  const { sending, config } = decision.context
  if (sending === 'observe') return false
  return (decision.book.breakers.get('exit')?.failures ?? 0) < config.breakerFailures
}

/** Reduce-only exits of a side that are still to be filled. */
function reducingInFlight(decision: Decision, side: Side): Quantity {
  let sum = reducingExitsInFlight(decision.book, side)
  for (const event of decision.events)
    if (event.type === 'OrderIntended' && event.purpose === 'exit' && event.side === side && event.reduceOnly)
      sum = plus(sum, parseQuantity(event.quantity ?? '0'))
  return sum
}

interface ExitPart {
  readonly quantity: Quantity
  readonly reduceOnly: boolean
}

/**
 * An exit as the venue takes it. In one-way mode with tranches on both sides only the net position can be reduced: what the other
 * side nets out goes as a plain order, since the venue would refuse it as reduce-only, and waits while that is below its minimums.
 * A price of `null` is not known.
 */
function exitParts(
  decision: Decision,
  { side, wanted, price }: { readonly side: Side; readonly wanted: Quantity; readonly price: Price | null },
): readonly ExitPart[] {
  const { book, context } = decision
  if (book.positionMode === 'HEDGE') return [{ quantity: wanted, reduceOnly: false }]
  const { quantity: capacity, limit } = sideCapacity(book, side, context.config)
  if (limit !== 'oneWayNet') return [{ quantity: wanted, reduceOnly: true }]
  const inFlight = reducingInFlight(decision, side)
  const room = inFlight < capacity ? roundQuantity(context.instrument, minus(capacity, inFlight)) : NO_QUANTITY
  const reducing = smaller(wanted, room)
  const parts = [
    { quantity: reducing, reduceOnly: true },
    { quantity: minus(wanted, reducing), reduceOnly: false },
  ]
  const { instrument } = context
  return parts.filter(
    ({ quantity, reduceOnly }) =>
      quantity > 0n && (reduceOnly || price === null || meetsMinimums(instrument, quantity, price)),
  )
}

function intendPart(decision: Decision, tranche: Tranche, { exit, part }: { exit: Exit; part: ExitPart }): void {
  const quantity = formatQuantity(part.quantity)
  const terms: Terms = {
    purpose: 'exit',
    orderType: exit.price === null ? 'MARKET' : 'LIMIT',
    side: tranche.side,
    orderSide: orderSideOf(tranche.side, false),
    quantity,
    price: exit.price === null ? null : formatPrice(exit.price),
    triggerPrice: null,
    reduceOnly: part.reduceOnly,
    closePosition: false,
    allocation: [{ tranche: tranche.id, quantity }],
    level: exit.level,
    entryTranche: null,
    label: null,
    reason: exit.reason,
  }
  intendOrder(decision, terms, exit.because)
}

/**
 * Records intents to close a part of a tranche: down to the step, split where the venue limits an order's quantity. Returns what
 * was intended, 0 when less than a step is left or the venue would not take what is.
 */
export function intendExit(decision: Decision, tranche: Tranche, exit: Exit): Quantity {
  const { instrument, market } = decision.context
  const wanted = roundQuantity(instrument, smaller(exit.quantity, exitable(decision, tranche)))
  const limit = exit.price === null ? instrument.maxMarketQuantity : instrument.maxQuantity
  const largest = limit === null || limit === 0n ? wanted : roundQuantity(instrument, limit)
  const price = exit.price ?? market?.price ?? null
  const parts = exitParts(decision, { side: tranche.side, wanted, price })
  for (const { quantity: whole, reduceOnly } of parts)
    for (let left = whole; left > 0n; left = minus(left, smaller(left, largest)))
      intendPart(decision, tranche, { exit, part: { quantity: smaller(left, largest), reduceOnly } })
  return parts.reduce((sum, { quantity }) => plus(sum, quantity), NO_QUANTITY)
}
