import type { Instrument } from '@tranchebook/core'
import { type Exchange, marketOf } from './exchange.js'

/** What of a symbol a venue has changed; what is not named stays. */
export type FilterChange = Partial<Omit<Instrument, 'symbol' | 'quoteAsset'>> & {
  /** Orders that may rest, conditional ones of a separate id space not counted. */
  readonly maxOrders?: number
}

/**
 * Changes a symbol's filters, as venues do: nobody is told, orders that rest stay as they are, and the next order that does not fit is
 * refused. The symbol's `listing`, which a served venue answers, stays as it was.
 *
 * @throws {TranchebookError} `simulator.unknown-symbol`
 */
export function changeFilters(exchange: Exchange, symbol: string, { maxOrders, ...filters }: FilterChange): void {
  const market = marketOf(exchange, symbol)
  const { rules } = market
  market.rules = {
    ...rules,
    maxOrders: maxOrders ?? rules.maxOrders,
    minPrice: filters.tickSize ?? rules.minPrice,
    instrument: { ...rules.instrument, ...filters },
  }
  market.thresholds = null
}
