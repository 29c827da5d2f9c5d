import { InputError, parsePrice, parseQuantity } from '@tranchebook/core'
import { isObject } from '../read/parse-json.js'
import type { Liquidation } from './liquidation.js'

function parseOne(value: unknown): readonly Liquidation[] {
  const order = isObject(value) && value['e'] === 'forceOrder' ? value['o'] : null
  if (!isObject(order)) return []
  const { s: symbol, S: side, ap, z, q, T: time } = order
  if (typeof symbol !== 'string' || (side !== 'BUY' && side !== 'SELL') || typeof time !== 'number') return []
  return [{ symbol, side, quantity: parseQuantity(String(z ?? q)), price: parsePrice(String(ap)), time }]
}

/** The liquidations of a message; messages of other streams, and those nobody can read, have none. */
export function parseLiquidations(text: string): readonly Liquidation[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.flatMap(parseOne) : parseOne(value)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof InputError) return []
    throw error
  }
}
