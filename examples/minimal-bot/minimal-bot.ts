import {
  explainEvent,
  openBinance,
  openMemoryStore,
  parseConfig,
  Secret,
  startVenue,
  TrancheManager,
  upcast,
} from 'tranchebook'

// A venue to try it on. With keys of your own: leave this out, and `hosts` below.
const simulated = await startVenue({ dialect: 'binance', seed: 1 })
const { served, keys } = simulated
const hosts = { rest: served.rest, streams: served.ws, socketApi: '' }

const key = { apiKey: new Secret(keys.keys.apiKey), apiSecret: new Secret(keys.keys.apiSecret) }
const venue = openBinance({ account: 'main', key, hosts })
const store = openMemoryStore({ decode: upcast })
const config = parseConfig({ positionMode: 'ONE_WAY', symbols: { BTCUSDT: { tpPercent: 3, slPercent: 2 } } })
const manager = TrancheManager.open({ account: 'main', venue, store, config })

manager.on('trancheCreated', ({ event }) => console.log(explainEvent(event)))
manager.on('protectionRestored', ({ symbol }) => void manager.closeTranche({ symbol, tranche: 'T1' }))
const closed = new Promise<void>((done) => {
  manager.on('trancheClosed', ({ event }) => done(console.log(explainEvent(event))))
})
await manager.start()
await manager.openTranche({ symbol: 'BTCUSDT', side: 'LONG', quantity: '0.01' })

await closed
await manager.stop()
await venue.close()
await simulated.close()
