import { type DecimalText, InputError, type Side } from '@tranchebook/core'
import type { Bar } from '@tranchebook/simulator'
import { enter } from './enter.js'
import { parseAmount } from './parse-amount.js'
import type { Desk, Strategy } from './strategy.js'

/** How often to enter, and with how much. */
export interface RegularOptions {
  /** Bars between two entries (288). */
  readonly everyBars?: number
  /** Quote per entry (500). */
  readonly amount?: DecimalText
  readonly side?: Side
}

/** Enters again and again, whatever the price does. @throws {InputError} `input.malformed` for an amount or a count not above 0 */
export function enterRegularly({ everyBars = 288, amount = '500', side = 'LONG' }: RegularOptions = {}): Strategy {
  const quote = parseAmount('amount', amount)
  if (!Number.isSafeInteger(everyBars) || everyBars < 1)
    throw new InputError('input.malformed', `everyBars: expected a whole number from 1; got ${everyBars}`)
  const bars = new Map<string, number>()
  return {
    name: `every ${everyBars} bars`,
    onBar({ symbol, close: price }: Bar, desk: Desk): void | Promise<void> {
      const count = bars.get(symbol) ?? 0
      bars.set(symbol, count + 1)
      return count % everyBars === 0 ? enter(desk, { symbol, side, amount: quote, price }) : undefined
    },
  }
}
