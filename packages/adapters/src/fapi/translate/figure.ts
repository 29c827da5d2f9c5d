import { parsePrice, PRICE_DECIMALS, type Price } from '@tranchebook/core'

const TOO_FINE = new RegExp(`(\\.\\d{${PRICE_DECIMALS}})\\d+$`)

/**
 * A price that the venue may have computed, such as an average entry, a mark or where a trailing stop stands, cut toward 0 to the
 * decimals a price carries: venues write as many as their division gives (`0.3371784679089`). Prices of trades are never cut.
 *
 * @throws {InputError} `number.malformed`
 */
export function parseFigure(text: string): Price {
  return parsePrice(text.replace(TOO_FINE, '$1'))
}
