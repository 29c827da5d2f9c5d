import { ALL_PERCENT, type DecimalText, InputError, parsePercent, type Price, type Side } from '@tranchebook/core'
import type { Bar } from '@tranchebook/simulator'
import { enter } from './enter.js'
import { parseAmount } from './parse-amount.js'
import type { Desk, Strategy } from './strategy.js'

/** When to enter against a move, and with how much. */
export interface DipOptions {
  /** How far the price moves against the extreme since the last entry, percent (2). */
  readonly movePercent?: DecimalText
  /** Quote per entry (500). */
  readonly amount?: DecimalText
  /** Which sides to enter (both). */
  readonly sides?: readonly Side[]
}

interface Extremes {
  high: Price
  low: Price
}

/** Buys what has fallen, and sells what has risen, by so much since the extreme after its last entry. @throws {InputError} `input.malformed` */
export function followDips(options: DipOptions = {}): Strategy {
  const { movePercent = '2', amount: quote = '500', sides = ['LONG', 'SHORT'] } = options
  const move = parsePercent(movePercent)
  if (move <= 0n) throw new InputError('input.malformed', `movePercent: expected more than 0; got ${movePercent}`)
  const amount = parseAmount('amount', quote)
  const seen = new Map<string, Extremes>()

  function signalOf({ close }: Bar, extremes: Extremes): Side | null {
    const { high, low } = extremes
    if (close > high) extremes.high = close
    if (close < low) extremes.low = close
    const isDown = (high - close) * ALL_PERCENT >= high * move
    const isUp = (close - low) * ALL_PERCENT >= low * move
    return isDown && sides.includes('LONG') ? 'LONG' : isUp && sides.includes('SHORT') ? 'SHORT' : null
  }

  return {
    name: `dips of ${movePercent} %`,
    onBar(bar: Bar, desk: Desk): void | Promise<void> {
      const { symbol, close } = bar
      const extremes = seen.get(symbol)
      const side = extremes === undefined ? null : signalOf(bar, extremes)
      if (side === null) {
        if (extremes === undefined) seen.set(symbol, { high: close, low: close })
        return
      }
      seen.set(symbol, { high: close, low: close })
      return enter(desk, { symbol, side, amount, price: close })
    },
  }
}
