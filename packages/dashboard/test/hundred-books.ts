export const BOOKS = 100
export const TRANCHES = 10
export const START = Date.UTC(2026, 0, 5)

/** C001USDT and so on. */
export const symbols: readonly string[] = Array.from(
  { length: BOOKS },
  (_, index) => `C${String(index + 1).padStart(3, '0')}USDT`,
)

/** Input lines that open the tranches of one book, a second apart, and a mark a minute after the start. */
export function linesOf(symbol: string): readonly Readonly<Record<string, unknown>>[] {
  const fills = Array.from({ length: TRANCHES }, (_, index) => ({
    type: 'fill',
    time: START + index * 1000,
    symbol,
    side: 'BUY',
    positionSide: 'LONG',
    quantity: '0.1',
    price: `${50_000 - index * 10}`,
    fee: '2.5',
    tradeId: `${index + 1}`,
    orderId: `${index + 1}`,
  }))
  return [...fills, { type: 'mark', time: START + 60_000, symbol, price: '50100' }]
}
