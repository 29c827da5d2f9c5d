import { larger, minus, smaller } from '../money/arithmetic.js'
import { asMoney, type Money, NO_MONEY, notional } from '../money/money.js'
import type { Price } from '../money/price.js'
import { asQuantity, formatQuantity, type Quantity } from '../money/quantity.js'
import { divide, roundToStep } from '../money/rounding.js'
import { marginOfBook } from './entry-account.js'
import { type EntryQuestion, valueInFlight } from './entry-question.js'
import { largestQuantity } from './entry-venue.js'
import { adviseNothing, type SizeAdvice, sizeStep, type SizeStep } from './size-advice.js'

interface Limit {
  readonly rule: string
  readonly size: Money
}

/** The largest size that each limit leaves room for; may be negative. */
function upperLimits(question: EntryQuestion): readonly Limit[] {
  const { book, group, inFlight, mark, price, context } = question
  const { config, limits, account } = context
  const found: Limit[] = []
  if (config.maxTrancheSize !== null) found.push({ rule: 'maxTrancheSize', size: config.maxTrancheSize })
  if (config.maxPositionSize !== null) {
    const held = asMoney(notional(mark, group.quantity) + valueInFlight(inFlight, mark))
    found.push({ rule: 'maxPositionSize', size: minus(config.maxPositionSize, held) })
  }
  if (limits.maxMarginUsed !== null) {
    const leverage = book.leverage ?? config.leverage
    const room = limits.maxMarginUsed - account.marginUsed - marginOfBook(book, mark, leverage)
    found.push({ rule: 'maxMarginUsed', size: asMoney(room * BigInt(Math.max(1, Math.floor(leverage)))) })
  }
  const largest = largestQuantity(context, question.request.price === null)
  if (largest !== null) found.push({ rule: 'maxQuantity', size: notional(price, largest) })
  return found
}

function toSteps(size: Money, price: Price, stepSize: Quantity): Quantity {
  return roundToStep(asQuantity(divide(size, price, 'down')), stepSize, 'down')
}

/** The smallest quantity that `minTrancheSize` and the venue accept, up to the step. */
function leastQuantity({ price, context: { config, instrument } }: EntryQuestion): Quantity {
  const size = larger(config.minTrancheSize ?? NO_MONEY, instrument.minNotional)
  const quantity = larger(asQuantity(divide(size, price, 'up')), instrument.minQuantity)
  return roundToStep(quantity, instrument.stepSize, 'up')
}

/** What a size was wanted to be, and the budget that must not be exceeded. */
export interface WantedSize {
  readonly size: Money
  readonly remaining: Money
  readonly steps: readonly SizeStep[]
}

/** Brings a wanted size within every limit and to the step: down, or up to the least that may be opened where that fits. */
export function clampSize(question: EntryQuestion, wanted: WantedSize): SizeAdvice {
  const { price, context } = question
  const { stepSize } = context.instrument
  const steps = [...wanted.steps]
  let ceiling = wanted.remaining
  let size = wanted.size
  for (const limit of [{ rule: 'budget', size: wanted.remaining }, ...upperLimits(question)]) {
    ceiling = smaller(ceiling, limit.size)
    if (limit.size >= size) continue
    size = larger(limit.size, NO_MONEY)
    steps.push(sizeStep(limit.rule, size, `no more than ${limit.rule} leaves room for`))
  }
  if (size === 0n) return adviseNothing(steps, 'nothing', 'nothing is left to open with')
  const stepped = toSteps(size, price, stepSize)
  const least = leastQuantity(question)
  const quantity = larger(stepped, least)
  if (quantity === 0n || quantity > toSteps(ceiling, price, stepSize))
    return adviseNothing(
      steps,
      'minimum',
      `the least that may be opened, ${formatQuantity(least)}, is above the limits`,
    )
  const note = `${formatQuantity(quantity)}: ${quantity === stepped ? 'down to the step' : 'up to the least that may be opened'}`
  return {
    quantity,
    size: notional(price, quantity),
    steps: [...steps, sizeStep('step', notional(price, quantity), note)],
  }
}
