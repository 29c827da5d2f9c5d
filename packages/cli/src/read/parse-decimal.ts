import { InvalidArgumentError } from 'commander'

const PLAIN = /^\d+(?:\.\d+)?$/

/** A plain decimal above 0, as text, told without loading the core; how many digits it may have says the parser of its kind. */
function above0(what: string): (text: string) => string {
  return (text) => {
    if (PLAIN.test(text) && /[1-9]/.test(text)) return text
    throw new InvalidArgumentError(`expected ${what} above 0 as a plain decimal; got ${text}`)
  }
}

/** Base, as text. @throws {InvalidArgumentError} */
export const parseQuantityText = above0('a quantity')
/** Quote per base, as text. @throws {InvalidArgumentError} */
export const parsePriceText = above0('a price')
/** Quote, as text. @throws {InvalidArgumentError} */
export const parseAmountText = above0('an amount')
/** Percent, as text. @throws {InvalidArgumentError} */
export const parsePercentText = above0('a percentage')
