import { tellLiquidation } from '@tranchebook/simulator'
import {
  explainEvent,
  type Liquidation,
  openBinance,
  openMemoryStore,
  parseConfig,
  parsePrice,
  parseQuantity,
  Secret,
  startVenue,
  streamLiquidations,
  TrancheManager,
  upcast,
} from 'tranchebook'
import { cascadesBy } from './liquidation-volume.js'

const simulated = await startVenue({ dialect: 'binance', seed: 1 })
const { exchange, served, keys } = simulated
const hosts = { rest: served.rest, streams: served.ws, socketApi: '' }
const key = { apiKey: new Secret(keys.keys.apiKey), apiSecret: new Secret(keys.keys.apiSecret) }
const venue = openBinance({ account: 'main', key, hosts })
const store = openMemoryStore({ decode: upcast })
const config = parseConfig({
  positionMode: 'ONE_WAY',
  defaults: { maxTranches: 1, tpPercent: '1.5', slPercent: 4, trancheIsolationThreshold: 2 },
  symbols: { BTCUSDT: {} },
})
const manager = TrancheManager.open({ account: 'main', venue, store, config })
manager.on('trancheCreated', ({ event }) => console.log(explainEvent(event)))

// Longs worth 100 000 liquidated within ten seconds are bought, shorts sold; the books say whether there is room.
const isCascade = cascadesBy({ windowMs: 10_000, threshold: '100000' })
let passed: () => void = () => undefined
const firstPassed = new Promise<void>((done) => {
  passed = done
})

async function hunt(liquidation: Liquidation): Promise<void> {
  if (!isCascade(liquidation)) return
  const side = liquidation.side === 'SELL' ? 'LONG' : 'SHORT'
  const entry = { symbol: liquidation.symbol, side, quantity: '0.01', actor: 'hunter' } as const
  const answer = manager.canOpenNewTranche(entry)
  if (answer.allowed) await manager.openTranche(entry)
  else if (answer.code === 'maxTranchesReached') passed()
}

await manager.start()
const stream = streamLiquidations(`${served.ws}/market/ws/!forceOrder@arr`, (liquidation) => void hunt(liquidation))

// The simulated venue has nobody else on it: this plays those who are ruined.
const ruined = { symbol: 'BTCUSDT', side: 'SELL', quantity: parseQuantity('1.5'), price: parsePrice('49900') } as const
const ruin = setInterval(() => tellLiquidation(exchange, ruined), 200)

await firstPassed
console.log('the next cascade was passed: maxTranches is 1')
clearInterval(ruin)
stream.close()
await manager.stop()
await venue.close()
await simulated.close()
