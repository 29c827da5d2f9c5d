import { openManyBooks } from './many-books.js'
import { rounded } from './percentiles.js'

const SYMBOLS = 3
const TRANCHES = 3
const HOUR_MS = 3_600_000
/** The seeds' monitor asks for the status of each resting order this often. */
const POLLING_MS = 5000

const ACCOUNT_READS = ['fetchPositionMode', 'fetchBalances', 'syncClock'] as const
const BOOK_READS = ['fetchPositions', 'fetchOpenOrders', 'findOrder', 'fetchTrades', 'fetchFunding'] as const
const WRITES = ['submit', 'cancel'] as const

/** Calls that a quiet hour takes with nine protected tranches, against asking for each of their orders every five seconds. */
export async function hourlyCalls(): Promise<Readonly<Record<string, number>>> {
  const books = await openManyBooks(SYMBOLS)
  const { venue, manager, symbols, pass } = books
  for (let round = 0; round < TRANCHES; round += 1) {
    const opened = symbols.map((symbol) => manager.openTranche({ symbol, side: 'LONG', quantity: '1' }))
    await Promise.all([Promise.all(opened), pass(1000)])
  }
  const calls = { count: 0 }
  for (const name of [...ACCOUNT_READS, ...BOOK_READS, ...WRITES]) {
    const call: (...args: never[]) => unknown = venue[name]
    Object.assign(venue, {
      [name]: (...args: never[]) => {
        calls.count += 1
        return call(...args)
      },
    })
  }
  await pass(HOUR_MS)
  const resting = (await venue.fetchOpenOrders(null)).length
  await manager.stop()
  const polling = (resting * HOUR_MS) / POLLING_MS
  return {
    apiCallsPerHour: calls.count,
    apiCallsPerHourPolling: polling,
    apiCallsRatio: rounded(calls.count / polling),
  }
}
