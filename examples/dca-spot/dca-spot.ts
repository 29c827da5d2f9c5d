import {
  ALONE,
  type BookEvent,
  canOpenNewTranche,
  explainEvent,
  formatMoney,
  parseConfig,
  parseInput,
  parsePrice,
  parseQuantity,
  positionPhase,
  runBook,
  setupFor,
} from '@tranchebook/core'

// Spot: bought only, not borrowed. At most 100 in three entries of 10 to 50, a quarter of an hour apart.
const config = parseConfig({
  positionMode: 'ONE_WAY',
  limits: { maxActivePositions: 2, maxDailyTrades: 10 },
  defaults: {
    leverage: 1,
    maxPositionSize: 100,
    maxTranches: 3,
    minTrancheSize: 10,
    maxTrancheSize: 50,
    trancheCooldownMs: 900_000,
    minSignalStrength: '0.6',
    slPercent: null,
    tpPercent: null,
    closingStrategy: 'FIFO',
  },
})
const setup = setupFor(config, 'BTCUSDT')
const run = runBook({ account: 'spot', symbol: 'BTCUSDT', positionMode: 'ONE_WAY' }, setup)

const MINUTE = 60_000
const start = Date.UTC(2026, 0, 5, 12)
let sequence = 0

function tell(events: readonly BookEvent[]): void {
  for (const event of events) if (event.type.startsWith('Tranche')) console.log(explainEvent(event))
}

/** Something the exchange said. */
function hear(minute: number, line: Readonly<Record<string, unknown>>): void {
  sequence += 1
  const input = { ...line, time: start + minute * MINUTE, symbol: 'BTCUSDT' }
  tell(run.take(parseInput(input, { account: 'spot', positionMode: 'ONE_WAY', sequence })).events)
}

/** A signal: the stronger it is, the more is bought, where the rules of the position let it. */
function signal(minute: number, price: string, strength: number): void {
  hear(minute, { type: 'mark', price })
  const quantity = strength >= 0.8 ? '0.001' : strength >= 0.7 ? '0.0006' : '0.0004'
  const wish = { side: 'LONG', quantity: parseQuantity(quantity), price: parsePrice(price), tranche: null } as const
  const time = start + minute * MINUTE
  const context = { ...setup, market: run.market, account: ALONE, isLate: false }
  const answer = canOpenNewTranche(run.book, { ...wish, signalStrength: strength, time }, context)
  if (answer.allowed)
    hear(minute, { type: 'fill', side: 'BUY', positionSide: 'BOTH', quantity, price, tradeId: `${minute}` })
  else console.log(`no entry, ${answer.code}: ${answer.message}`)
}

signal(0, '50000', 0.6)
signal(5, '49500', 0.7)
signal(20, '49500', 0.5)
signal(30, '49500', 0.7)
signal(60, '51000', 0.9)
console.log(`phase: ${positionPhase(run.book, { side: 'LONG', now: start + 90 * MINUTE, config: run.config })}`)

// Ten percent up: the oldest entry is sold.
hear(120, { type: 'fill', side: 'SELL', positionSide: 'BOTH', quantity: '0.0004', price: '55000', tradeId: '120' })
console.log(`realized ${formatMoney(run.book.groups.LONG.realizedPnl)}`)
