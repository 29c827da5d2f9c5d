import type { ObservedMark } from '../book/context.js'
import { larger, smaller } from '../money/arithmetic.js'
import type { MarkInput } from './inputs.js'

/** The newest mark with the extremes since the last recorded one; an older mark, or one that is not above 0, changes nothing. */
export function widenMark(known: ObservedMark | null, input: MarkInput): ObservedMark | null {
  if (input.price <= 0n || (known !== null && input.time < known.time)) return known
  const { price, time } = input
  if (known === null) return { price, high: price, low: price, time }
  return { price, high: larger(known.high, price), low: smaller(known.low, price), time }
}

/** After an event recorded it: the extremes start anew at the newest price. */
export function restartMark(known: ObservedMark | null): ObservedMark | null {
  return known === null ? null : { price: known.price, high: known.price, low: known.price, time: known.time }
}
