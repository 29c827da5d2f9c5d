import { startVenue } from '@tranchebook/simulator'

/** The simulated venue's server in a process of its own; the parent is told where it listens and with which keys. */
const venue = await startVenue({ dialect: 'binance', seed: 7 })
const { rest, ws } = venue.served
const { apiKey, apiSecret } = venue.keys.keys
process.send?.({ rest, ws, apiKey, apiSecret })
process.on('disconnect', () => {
  void venue.close().then(() => process.exit(0))
})
