import type { BookOrder } from '../book/order.js'
import { larger } from '../money/arithmetic.js'
import { formatMoney, notional } from '../money/money.js'
import { formatPrice } from '../money/price.js'
import { asQuantity, formatQuantity, type Quantity } from '../money/quantity.js'
import { divide, roundToStep } from '../money/rounding.js'
import { refuseEntry } from './entry-answer.js'
import { type EntryQuestion, type EntryRule, takesSlot } from './entry-question.js'
import { mayTry } from './order-failures.js'

/** The venue trades the symbol. */
export const symbolTrades: EntryRule = ({ book, context: { instrument } }) =>
  instrument.isTrading
    ? null
    : refuseEntry('symbolNotTrading', `the venue does not trade ${book.symbol} now`, { isTrading: false })

/** The quantity to send instead: down to the step, or the smallest that the venue takes at this price. */
function fittingQuantity({ price, request: { quantity }, context: { instrument } }: EntryQuestion): Quantity {
  const { stepSize, minQuantity, minNotional } = instrument
  const worth = asQuantity(divide(minNotional, price, 'up'))
  const smallest = roundToStep(larger(larger(stepSize, minQuantity), worth), stepSize, 'up')
  return larger(roundToStep(quantity, stepSize, 'down'), smallest)
}

/** A whole number of steps, not below the minimum. */
export const quantityFits: EntryRule = (question) => {
  const { quantity } = question.request
  const { stepSize, minQuantity } = question.context.instrument
  const facts = {
    quantity: formatQuantity(quantity),
    stepSize: formatQuantity(stepSize),
    minQuantity: formatQuantity(minQuantity),
  }
  if (roundToStep(quantity, stepSize, 'down') !== quantity)
    return refuseEntry(
      'quantityOffStep',
      `${facts.quantity} is not a multiple of the step ${facts.stepSize}: send ${formatQuantity(fittingQuantity(question))}`,
      facts,
    )
  if (quantity > 0n && quantity >= minQuantity) return null
  return refuseEntry(
    'quantityTooSmall',
    `${facts.quantity} is below the venue's minimum quantity ${facts.minQuantity}`,
    facts,
  )
}

/** Worth at least what the venue asks. */
export const notionalFits: EntryRule = ({ price, request: { quantity }, context: { instrument } }) => {
  const value = notional(price, quantity)
  if (value >= instrument.minNotional) return null
  const facts = { notional: formatMoney(value), minNotional: formatMoney(instrument.minNotional) }
  return refuseEntry(
    'notionalTooSmall',
    `${facts.notional} is below the venue's minimum notional ${facts.minNotional}`,
    facts,
  )
}

/** Largest entry the venue takes as one order; `null` = not limited. Market orders often have a limit of their own. */
export function largestQuantity({ instrument }: EntryQuestion['context'], isMarket: boolean): Quantity | null {
  return isMarket ? (instrument.maxMarketQuantity ?? instrument.maxQuantity) : instrument.maxQuantity
}

/** Not above what the venue takes as one order. */
export const quantityAllowed: EntryRule = ({ request: { quantity, price }, context }) => {
  const largest = largestQuantity(context, price === null)
  if (largest === null || quantity <= largest) return null
  const facts = { quantity: formatQuantity(quantity), maxQuantity: formatQuantity(largest), isMarket: price === null }
  return refuseEntry(
    'quantityTooLarge',
    `${facts.quantity} is above the venue's maximum of ${facts.maxQuantity} an order`,
    facts,
  )
}

/** A limit price on the tick. */
export const priceOnTick: EntryRule = ({ request: { price }, context: { instrument } }) => {
  if (price === null || roundToStep(price, instrument.tickSize, 'down') === price) return null
  const facts = { price: formatPrice(price), tickSize: formatPrice(instrument.tickSize) }
  return refuseEntry('priceOffTick', `${facts.price} is not a multiple of the tick ${facts.tickSize}`, facts)
}

const CONDITIONAL: readonly BookOrder['type'][] = ['STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET']

function hasStop({ context: { config } }: EntryQuestion): boolean {
  const climbs = config.enableScaledTakeProfit && config.stopLadder !== 'NONE'
  return config.slPercent !== null || config.trailingStopPercent !== null || climbs
}

/** Stops that a tranche of its own needs: one, or more where the venue limits what one may close. */
function stopsOfTranche({ context: { instrument } }: EntryQuestion, quantity: Quantity): number {
  const largest = instrument.maxMarketQuantity ?? instrument.maxQuantity
  return largest === null ? 1 : Number(divide(quantity, largest, 'up'))
}

function stopsNeeded(question: EntryQuestion): number {
  const { config } = question.context
  if (!question.opensTranche || !hasStop(question)) return 0
  if (config.protection === 'PER_TRANCHE') return stopsOfTranche(question, question.request.quantity)
  return question.activeTranches + question.slotsInFlight > 0 ? 0 : config.failSafeStop ? 2 : 1
}

function stopsOwed(question: EntryQuestion): number {
  if (question.context.config.protection !== 'PER_TRANCHE' || !hasStop(question)) return 0
  return question.inFlight
    .filter((order) => takesSlot(question.group, order))
    .reduce((sum, order) => sum + stopsOfTranche(question, order.quantity ?? question.request.quantity), 0)
}

/** The venue has room for the stops of this tranche and of the entries in flight. Take profits rest as limit orders. */
export const roomForProtection: EntryRule = (question) => {
  const { book, context } = question
  const needed = stopsNeeded(question)
  if (needed === 0) return null
  const resting = [...book.orders.values()].filter((order) => CONDITIONAL.includes(order.type)).length
  const { maxConditionalOrders } = context.instrument
  const symbolRoom = maxConditionalOrders === null ? null : maxConditionalOrders - resting
  const room = Math.min(context.conditionalRoom ?? Infinity, symbolRoom ?? Infinity)
  const owed = stopsOwed(question)
  if (needed + owed <= room) return null
  return refuseEntry(
    'noRoomForProtection',
    `this tranche needs ${needed} stop orders and the entries in flight ${owed}, the venue has room for ${room}`,
    { needed, owed, room, resting },
  )
}

/** Stops of this symbol were not refused so often, and so lately, that a new tranche would be closed at once for want of one. */
export const stopsAccepted: EntryRule = (question) => {
  const { book, context, request } = question
  const { config } = context
  if (!hasStop(question) || mayTry(book, 'stop', { config, time: request.time })) return null
  const failures = book.breakers.get('stop')?.failures ?? 0
  const { maxOrderAttempts, reconcileIntervalMs } = config
  return refuseEntry(
    'stopsRefused',
    `${failures} stops in a row were refused, the last less than ${reconcileIntervalMs} ms ago: what opens now could not be protected`,
    { failures, maxOrderAttempts, reconcileIntervalMs },
  )
}
