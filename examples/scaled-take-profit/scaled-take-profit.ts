import { movePrice } from '@tranchebook/simulator'
import {
  explainEvent,
  openBinance,
  openMemoryStore,
  parseConfig,
  parsePrice,
  Secret,
  startVenue,
  TrancheManager,
  upcast,
} from 'tranchebook'

const simulated = await startVenue({ dialect: 'binance', seed: 1 })
const { exchange, served, keys } = simulated
const hosts = { rest: served.rest, streams: served.ws, socketApi: '' }
const key = { apiKey: new Secret(keys.keys.apiKey), apiSecret: new Secret(keys.keys.apiSecret) }
const venue = openBinance({ account: 'main', key, hosts })
const store = openMemoryStore({ decode: upcast })
const config = parseConfig({
  positionMode: 'ONE_WAY',
  defaults: {
    slPercent: 2,
    enableScaledTakeProfit: true,
    scaledTpLevels: [
      { profitPercent: 3, closePercent: 40 },
      { profitPercent: 5, closePercent: 30 },
      { profitPercent: 8, closePercent: 30 },
    ],
    stopLadder: 'BREAKEVEN_THEN_PREVIOUS',
  },
  symbols: { BTCUSDT: {} },
})
const manager = TrancheManager.open({ account: 'main', venue, store, config })

// The price goes over the first two levels, each time once the stop stands where it belongs, and falls back to the stop.
const way = ['51600', '52700', '51000']
const goOn = (): void => {
  const to = way.shift()
  if (to !== undefined) movePrice(exchange, { symbol: 'BTCUSDT', to: parsePrice(to), axis: 'both', isGap: false })
}
const story = ['TrancheOpened', 'TakeProfitReached', 'TrancheReduced', 'StopMoved', 'TrancheClosed']
const closed = new Promise<void>((done) => {
  manager.on('trancheClosed', () => done())
})
manager.on('event', ({ event }) => {
  if (story.includes(event.type)) console.log(explainEvent(event))
  if (event.type === 'ProtectionRestored' || event.type === 'StopMoved') setTimeout(goOn, 500)
})

await manager.start()
await manager.openTranche({ symbol: 'BTCUSDT', side: 'LONG', quantity: '0.1' })

await closed
await manager.stop()
await venue.close()
await simulated.close()
