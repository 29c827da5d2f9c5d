import { explainEvent, formatMoney, parseConfig, parseInput, runBook, setupFor, stateHash } from '@tranchebook/core'

const config = parseConfig({ defaults: { tpPercent: 5, slPercent: 2, closingStrategy: 'FIFO' } })
const identity = { account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' } as const
const run = runBook(identity, setupFor(config, 'BTCUSDT'))

const trades = [
  { side: 'BUY', quantity: '0.001', price: '50000', tradeId: '1', fee: '0.025' },
  { side: 'BUY', quantity: '0.001', price: '50200', tradeId: '2', fee: '0.0251' },
  { side: 'SELL', quantity: '0.001', price: '52000', tradeId: '3', fee: '0.026' },
]
for (const [sequence, trade] of trades.entries()) {
  const line = { type: 'fill', time: 1_714_000_000_000 + sequence, symbol: 'BTCUSDT', positionSide: 'LONG', ...trade }
  const { events } = run.take(parseInput(line, { account: 'main', positionMode: 'HEDGE', sequence }))
  for (const event of events) console.log(explainEvent(event))
}

const { LONG } = run.book.groups
console.log(
  `realized ${formatMoney(LONG.realizedPnl)} USDT; open: ${LONG.tranches.map((tranche) => tranche.id).join(', ')}`,
)
console.log(`the same inputs give the same state anywhere: ${stateHash(run.book).slice(0, 12)}`)
