import { parseMoney, parsePercent, parsePrice, parseQuantity } from '@tranchebook/core'
import { InvalidArgumentError } from 'commander'

/** A decimal above 0, as text; whether it can be one says the parser of its kind. */
function above0(what: string, parse: (text: string) => bigint): (text: string) => string {
  const isAbove0 = (text: string): boolean => {
    try {
      return parse(text) > 0n
    } catch {
      return false
    }
  }
  return (text) => {
    if (isAbove0(text)) return text
    throw new InvalidArgumentError(`expected ${what} above 0 as a plain decimal; got ${text}`)
  }
}

/** Base, as text. @throws {InvalidArgumentError} */
export const parseQuantityText = above0('a quantity', parseQuantity)
/** Quote per base, as text. @throws {InvalidArgumentError} */
export const parsePriceText = above0('a price', parsePrice)
/** Quote, as text. @throws {InvalidArgumentError} */
export const parseAmountText = above0('an amount', parseMoney)
/** Percent, as text. @throws {InvalidArgumentError} */
export const parsePercentText = above0('a percentage', parsePercent)
