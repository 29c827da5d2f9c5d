import type { Allocation } from '../book/order.js'
import { minus, plus } from '../money/arithmetic.js'
import { asQuantity, type Quantity } from '../money/quantity.js'
import { roundToStep } from '../money/rounding.js'
import { takeParts } from '../policy/in-flight.js'
import { sumOf } from './bundle.js'

/** What one order of a kind may carry, base. `max` of `null` is not limited. */
export interface OrderSize {
  readonly min: Quantity
  readonly max: Quantity | null
  readonly step: Quantity
}

/**
 * Sizes of the orders that a quantity on the step needs: largest first, none above the maximum, Σ = the quantity exactly. A last
 * piece below the minimum borrows from the one before.
 */
export function splitQuantity(quantity: Quantity, { min, max, step }: OrderSize): readonly Quantity[] {
  const largest = max === null ? quantity : roundToStep(max, step, 'down')
  if (largest <= 0n || quantity <= largest) return quantity > 0n ? [quantity] : []
  const sizes = Array.from({ length: Number(quantity / largest) }, () => largest)
  const rest = asQuantity(quantity % largest)
  if (rest === 0n) return sizes
  const borrowed = rest >= min ? asQuantity(0n) : roundToStep(minus(min, rest), step, 'up')
  return [...sizes.slice(1), minus(largest, borrowed), plus(rest, borrowed)]
}

/** The parts of a bundle, cut to the sizes of its orders in turn. */
export function splitParts(parts: readonly Allocation[], size: OrderSize): readonly (readonly Allocation[])[] {
  let done = asQuantity(0n)
  return splitQuantity(sumOf(parts), size).map((quantity) => {
    const piece = takeParts(parts, quantity, done)
    done = plus(done, quantity)
    return piece
  })
}
