import {
  type AccountLimits,
  formatPrice,
  formatQuantity,
  type Instrument,
  type LivePoint,
  type Price,
  type SymbolConfig,
  type TextPrecision,
} from '@tranchebook/core'
import type { BookFold } from '../fold/book-fold.js'
import type { Circumstances } from '../source/dashboard-source.js'

/** One book, and everything it is looked at with. */
export interface Looking {
  readonly fold: BookFold
  readonly instrument: Instrument
  readonly config: SymbolConfig
  readonly limits: AccountLimits
  readonly mark: Price | null
  readonly markTime: number | null
  readonly prices: Readonly<Record<string, Price>>
  readonly isHalted: boolean
  /** False where nobody ever meant to protect it: fills that were replayed without a venue. */
  readonly isWatched: boolean
  /** Epoch ms. */
  readonly now: number
}

/** How a book is looked at now: at the newest mark, recorded or not. */
export function lookNow(fold: BookFold, circumstances: Circumstances, now: number): Looking {
  const { instrument, limits, mark, prices, isHalted, isRunning } = circumstances
  const newest = mark ?? fold.book.mark
  return {
    fold,
    instrument,
    config: fold.config,
    limits,
    mark: newest?.price ?? null,
    markTime: newest?.time ?? null,
    prices,
    isHalted,
    isWatched: isRunning || fold.journal.orders.size > 0,
    now,
  }
}

/** How a book is looked at as it was: at the mark it knew, at the time of its newest event. */
export function lookBack(fold: BookFold, circumstances: Circumstances): Looking {
  return lookNow(fold, { ...circumstances, mark: null, isHalted: false }, fold.book.time)
}

/** What the core's live views ask for. */
export function livePointOf({ config, instrument, mark, prices, now }: Looking): LivePoint {
  return { config, instrument, mark, prices, now }
}

function decimalsOf(text: string): number | null {
  if (text === '0') return null
  return text.split('.')[1]?.length ?? 0
}

/** Decimals of an instrument's tick; `null` = unknown. */
export function priceDecimalsOf({ tickSize }: Instrument): number | null {
  return decimalsOf(formatPrice(tickSize))
}

/** Decimals of an instrument's step; `null` = unknown. */
export function quantityDecimalsOf({ stepSize }: Instrument): number | null {
  return decimalsOf(formatQuantity(stepSize))
}

/** How figures stand in sentences about an instrument. */
export function precisionOf(instrument: Instrument): TextPrecision {
  return {
    priceDecimals: priceDecimalsOf(instrument),
    quantityDecimals: quantityDecimalsOf(instrument),
    moneyDecimals: 2,
  }
}
