import type { EventOf, EventType } from '../../book/events.js'
import { averageText, figureText, gainText, type TextPrecision } from '../figure-text.js'

/** One sentence for each of some event types. */
export type Sentences<Type extends EventType> = {
  readonly [Name in Type]: (event: EventOf<Name>, show: Show) => string
}

/** Figures in the precision that was asked for. */
export interface Show {
  readonly price: (text: string | null) => string
  /** Of a price that is an average. */
  readonly average: (text: string | null) => string
  readonly quantity: (text: string | null) => string
  readonly gain: (text: string | null) => string
}

/** Writes figures in a precision. */
export function showIn(precision: TextPrecision): Show {
  return {
    price: (text) => figureText(text, precision.priceDecimals),
    average: (text) => averageText(text, precision.priceDecimals),
    quantity: (text) => figureText(text, precision.quantityDecimals),
    gain: (text) => gainText(text, precision.moneyDecimals),
  }
}

/** `T1`, `T1 and T2`, `T1, T2 and T3`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}
