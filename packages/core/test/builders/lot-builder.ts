import type { ClosingLot } from '../../src/book/context.js'
import type { Side } from '../../src/book/tranche.js'
import { notional } from '../../src/money/money.js'
import { parsePrice } from '../../src/money/price.js'
import { parseQuantity } from '../../src/money/quantity.js'

/** What a test says of an open lot; it entered at the time of its number unless told otherwise. */
export interface LotText {
  readonly price?: string
  readonly quantity?: string
  readonly time?: number
  readonly isolated?: boolean
  readonly side?: Side
}

/** An open lot `T{number}`: 1 at 100 unless the test says otherwise. */
export function aLot(number: number, text: LotText = {}): ClosingLot {
  const { price = '100', quantity = '1', time = number, isolated = false, side = 'LONG' } = text
  const base = parseQuantity(quantity)
  const cost = notional(parsePrice(price), base)
  return { tranche: `T${number}`, side, isolated, cost, quantity: base, entryTime: time, sequence: number }
}
