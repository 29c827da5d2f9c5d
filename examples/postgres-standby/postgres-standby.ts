import {
  openBinance,
  openPostgresStore,
  parseConfig,
  projectEvent,
  Secret,
  startVenue,
  TrancheManager,
  upcast,
} from 'tranchebook'

const connectionString = process.env['DATABASE_URL']
if (connectionString === undefined)
  throw new Error('expected DATABASE_URL, such as postgres://user:password@host/books')

const simulated = await startVenue({ dialect: 'binance', seed: 1 })
const { served, keys } = simulated
const hosts = { rest: served.rest, streams: served.ws, socketApi: '' }
const config = parseConfig({ positionMode: 'ONE_WAY', symbols: { BTCUSDT: {} } })

/** One of two machines: a connection to the venue, one to the log, and a manager that waits while the other one owns the account. */
async function machine(holder: string) {
  const key = { apiKey: new Secret(keys.keys.apiKey), apiSecret: new Secret(keys.keys.apiSecret) }
  const venue = openBinance({ account: 'main', key, hosts })
  const store = await openPostgresStore({
    connectionString: connectionString ?? '',
    decode: upcast,
    project: projectEvent,
  })
  const manager = TrancheManager.open({ account: 'main', venue, store, config, holder, standby: true, leaseMs: 3_000 })
  const end = async (): Promise<void> => {
    await manager.stop()
    await venue.close()
    await store.close()
  }
  return { manager, end }
}

const first = await machine('first')
await first.manager.start()
console.log(`first is ${first.manager.health.status}, epoch ${first.manager.epoch}`)

const second = await machine('second')
const takingOver = second.manager.start()
console.log(`second is ${second.manager.health.status}`)

const opened = new Promise<void>((done) => {
  first.manager.on('protectionRestored', () => done())
})
await first.manager.openTranche({ symbol: 'BTCUSDT', side: 'LONG', quantity: '0.01' })
await opened

await first.end()
await takingOver
const [tranche] = second.manager.getTranches('BTCUSDT', 'LONG')
console.log(
  `second is ${second.manager.health.status}, epoch ${second.manager.epoch}, and has ${tranche?.id} ${tranche?.quantity.toString()}`,
)

await second.end()
await simulated.close()
