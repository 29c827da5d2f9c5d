import {
  explainBecause,
  explainEvent,
  openBinance,
  openMemoryStore,
  parseConfig,
  Secret,
  startVenue,
  TrancheManager,
  upcast,
} from 'tranchebook'
import { nearestEntry } from '../property-testing/nearest-entry.js'
import { foreignBot } from '../sidecar/foreign-bot.js'

const SYMBOL = 'BTCUSDT'
const simulated = await startVenue({ dialect: 'binance', seed: 1 })
const { served, keys } = simulated
const { apiKey, apiSecret } = keys.keys
const hosts = { rest: served.rest, streams: served.ws, socketApi: '' }

// The rule's name is told twice: so that the configuration may choose it, and so that the manager finds it.
const closingRules = new Map([['NEAREST_ENTRY', nearestEntry]])
const options = { closingStrategy: 'NEAREST_ENTRY', tpPercent: 10, slPercent: 10, trancheCooldownMs: 0 }
const config = parseConfig(
  { positionMode: 'ONE_WAY', symbols: { [SYMBOL]: options } },
  { closingRules: [...closingRules.keys()] },
)

const key = { apiKey: new Secret(apiKey), apiSecret: new Secret(apiSecret) }
const venue = openBinance({ account: 'main', key, hosts })
const store = openMemoryStore({ decode: upcast })
const manager = TrancheManager.open({ account: 'main', venue, store, config, closingRules })
await manager.start()

const movePrice = async (price: string): Promise<unknown> =>
  fetch(`${served.rest}/simulator/price?symbol=${SYMBOL}&price=${price}`, { method: 'POST' })

for (const price of ['50000', '51000', '49000']) {
  await movePrice(price)
  const opened = new Promise<void>((done) => {
    manager.once('trancheCreated', ({ event }) => done(console.log(explainEvent(event))))
  })
  const answer = await manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01' })
  if (!answer.accepted) throw new Error(answer.message)
  await opened
}

// Somebody sells by hand, below the second entry and above the others. No order of ours says whose entry that closes: the rule does.
await movePrice('50800')
const closed = new Promise<void>((done) => {
  manager.on('event', ({ event }) => {
    if (event.type === 'TrancheReduced' && event.because !== undefined) console.log(explainBecause(event.because))
    if (event.type === 'TrancheClosed') done(console.log(explainEvent(event)))
  })
})
await foreignBot({ rest: served.rest, apiKey, apiSecret }).sell(SYMBOL, '0.01')
await closed

await manager.stop()
await venue.close()
await simulated.close()
