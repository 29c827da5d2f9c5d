import fc from 'fast-check'

/** A symbol's filters as text, and a price around which it trades. */
export interface MarketTexts {
  readonly symbol: string
  readonly quoteAsset: string
  readonly tickSize: string
  readonly stepSize: string
  readonly minQuantity: string
  readonly minNotional: string
  readonly startPrice: string
}

const usdt = { quoteAsset: 'USDT', minNotional: '0' }

/** From dear and coarse to nearly worthless, and one where the twelfth decimal is the tick. */
const MARKETS: readonly MarketTexts[] = [
  { ...usdt, symbol: 'BTCUSDT', tickSize: '0.1', stepSize: '0.001', minQuantity: '0.001', startPrice: '50000' },
  { ...usdt, symbol: 'BTCUSDT', tickSize: '0', stepSize: '0', minQuantity: '0', startPrice: '50000' },
  { ...usdt, symbol: 'SOLUSDT', tickSize: '0.01', stepSize: '1', minQuantity: '1', startPrice: '151.37' },
  { ...usdt, symbol: 'DOGEUSDT', tickSize: '0.00001', stepSize: '1', minQuantity: '1', startPrice: '0.15823' },
  { ...usdt, symbol: '1000PEPEUSDT', tickSize: '0.0000001', stepSize: '1', minQuantity: '1', startPrice: '0.0059821' },
  {
    ...usdt,
    symbol: 'DUSTUSDT',
    tickSize: '0.000000000001',
    stepSize: '1000',
    minQuantity: '1000',
    startPrice: '0.000000012345',
  },
  {
    ...usdt,
    symbol: 'GRAINUSDT',
    tickSize: '0.5',
    stepSize: '0.000000000001',
    minQuantity: '0.000000000001',
    startPrice: '987654321.5',
  },
]

/** Markets of every magnitude that twelve decimals can carry, with and without known filters. */
export function instruments(): fc.Arbitrary<MarketTexts> {
  return fc.constantFrom(...MARKETS)
}
