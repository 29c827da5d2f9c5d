import type { DecimalText } from '../book/events.js'
import type { Side } from '../book/tranche.js'
import { formatMoney, type Money, NO_MONEY } from '../money/money.js'
import type { Price } from '../money/price.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'

/** What a size is wanted for. */
export interface SizeRequest {
  readonly side: Side
  /** Limit price; `null` = at market, valued at the mark. */
  readonly price: Price | null
  /** 0 to 1; `null` = the caller gives none. */
  readonly signalStrength: number | null
  /** Quote value that all tranches of the group may have cost together; `null` = `maxPositionSize`. */
  readonly budget: Money | null
  /** Now, epoch ms. */
  readonly time: number
}

/** One step of how a size came about. */
export interface SizeStep {
  readonly rule: string
  /** Quote value after this step. */
  readonly size: DecimalText
  readonly note: string
}

/** A size to think about; the bot decides. */
export interface SizeAdvice {
  /** Base, on the step; 0 = open nothing, and the last step says why. */
  readonly quantity: Quantity
  /** Quote value at the price it was asked for. */
  readonly size: Money
  readonly steps: readonly SizeStep[]
}

/** One step, told. */
export function sizeStep(rule: string, size: Money, note: string): SizeStep {
  return { rule, size: formatMoney(size), note }
}

/** Open nothing, because of this rule. */
export function adviseNothing(steps: readonly SizeStep[], rule: string, note: string): SizeAdvice {
  return { quantity: NO_QUANTITY, size: NO_MONEY, steps: [...steps, sizeStep(rule, NO_MONEY, note)] }
}
