import { type BookEvent, parseConfig, parseInput, runInputs } from '@tranchebook/core'

const START = Date.UTC(2026, 0, 5)

/** A fill or a mark of a book that trades back and forth. */
function lineOf(index: number): Readonly<Record<string, unknown>> {
  const time = START + index * 1000
  const price = String(50_000 + ((index * 37) % 400) - 200)
  if (index % 3 === 2) return { type: 'mark', time, symbol: 'BTCUSDT', price }
  const side = index % 3 === 0 ? 'BUY' : 'SELL'
  const quantity = side === 'BUY' ? '0.1' : '0.09'
  const id = `${index + 1}`
  return {
    type: 'fill',
    time,
    symbol: 'BTCUSDT',
    side,
    positionSide: 'LONG',
    quantity,
    price,
    fee: '1',
    tradeId: id,
    orderId: id,
  }
}

/** The log of one book after so many inputs, as replaying fills makes it. */
export function longLog(inputs: number): readonly BookEvent[] {
  const lines = Array.from({ length: inputs }, (_, index) =>
    parseInput(lineOf(index), { account: 'main', positionMode: 'HEDGE', sequence: index }),
  )
  const { books } = runInputs(lines, {
    config: parseConfig({ defaults: { maxTranches: 50, markSampleMs: 3000, slPercent: '2' } }),
    positionMode: 'HEDGE',
    instruments: new Map(),
    closingRules: new Map(),
    sending: 'observe',
  })
  return books[0]?.events ?? []
}
