import { asPrice, formatPrice, type Price } from '@tranchebook/core'
import { type Bar, rulesFrom, type SymbolRules } from '@tranchebook/simulator'

/** One symbol's recorded bars, in rising time, and the rules they were traded by. */
export interface RecordedMarket {
  readonly rules: SymbolRules
  readonly bars: readonly Bar[]
}

/** Steps of a quantity, by the least price for which they are fine enough. */
const STEPS: readonly (readonly [least: bigint, step: string])[] = [
  [10_000n, '0.001'],
  [1000n, '0.01'],
  [10n, '0.1'],
  [1n, '1'],
  [0n, '10'],
]
const ONE = 10n ** 12n

/** The finest step that prices are written with: a power of ten. */
function tickOf(bars: readonly Bar[]): Price {
  let tick = ONE
  for (const { open, high, low, close } of bars)
    for (const price of [open, high, low, close]) while (tick > 1n && price % tick !== 0n) tick /= 10n
  return asPrice(tick)
}

/**
 * Rules of a symbol of which only bars are at hand: its tick is the finest step of their prices, its quantity step about a hundredth of
 * a small entry. Conditional orders are limited to 200, as on Binance.
 */
export function rulesForBars(symbol: string, bars: readonly Bar[]): SymbolRules {
  const first = bars[0]?.open ?? asPrice(ONE)
  const stepSize = STEPS.find(([least]) => first >= least * ONE)?.[1] ?? '10'
  const limits = { minNotional: '5', maxConditionalOrders: 200, maxQuantity: '10000000', maxMarketQuantity: '1000000' }
  return rulesFrom({ symbol, tickSize: formatPrice(tickOf(bars)), stepSize, ...limits })
}

/** Bars of several markets in the order they begin; those that begin together in the order of the markets. */
export function* barsInOrder(markets: readonly RecordedMarket[]): Generator<Bar, void, undefined> {
  const places = markets.map(() => 0)
  for (;;) {
    let earliest: Bar | null = null
    let from = 0
    for (const [index, { bars }] of markets.entries()) {
      const bar = bars[places[index] ?? 0]
      if (bar === undefined || (earliest !== null && bar.openTime >= earliest.openTime)) continue
      earliest = bar
      from = index
    }
    if (earliest === null) return
    places[from] = (places[from] ?? 0) + 1
    yield earliest
  }
}
