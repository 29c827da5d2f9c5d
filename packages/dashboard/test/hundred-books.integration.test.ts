import { asPrice, parseConfig, parseInput, runInputs } from '@tranchebook/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createReadContext, lookAtAll, type ReadContext } from '../src/read/read-context.js'
import { PriceWatch } from '../src/stream/price-messages.js'
import { connectDashboard, type Dashboard, openDashboard, recordedSource, storeBooks } from '../src/index.js'
import { BOOKS, linesOf, symbols, TRANCHES } from './hundred-books.js'

let dashboard: Dashboard
let context: ReadContext

/** The least of some rounds, in ms of this process's own work: other programs of the machine do not count. */
async function leastWork(work: () => Promise<unknown>): Promise<number> {
  let least = Infinity
  for (let round = 0; round < 5; round += 1) {
    const began = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(began)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}

beforeAll(async () => {
  const inputs = symbols
    .flatMap(linesOf)
    .map((line, index) => parseInput(line, { account: 'main', positionMode: 'HEDGE', sequence: index }))
  const { books } = runInputs(inputs, {
    config: parseConfig({ defaults: { maxTranches: 20, markSampleMs: 1000 } }),
    positionMode: 'HEDGE',
    instruments: new Map(),
    closingRules: new Map(),
    sending: 'observe',
  })
  const source = recordedSource({ store: await storeBooks(books), title: 'hundred' })
  context = createReadContext(source)
  dashboard = await openDashboard({ source })
})
afterAll(async () => dashboard.close())

describe('a hundred books of ten tranches', () => {
  it('take less than 100 ms of work to tell: the account, the list, and one book', async () => {
    const client = connectDashboard({ url: dashboard.origin, token: dashboard.token })
    const list = await client.books()
    expect(list.books).toHaveLength(BOOKS)
    expect(list.books.every(({ sides }) => sides[0]?.activeTranches === TRANCHES)).toBe(true)

    const ms = {
      state: await leastWork(async () => client.state()),
      books: await leastWork(async () => client.books()),
      book: await leastWork(async () => client.book({ account: 'main', symbol: 'C001USDT' })),
      everyBook: await leastWork(async () => {
        for (const symbol of symbols) await client.book({ account: 'main', symbol })
      }),
    }
    console.info(
      Object.entries(ms)
        .map(([name, least]) => `${name} ${least.toFixed(1)} ms`)
        .join(', '),
    )
    expect(ms.state).toBeLessThan(100)
    expect(ms.books).toBeLessThan(100)
    expect(ms.book).toBeLessThan(100)
  })

  it('take less than 20 ms of work to tell when every mark moves', async () => {
    const watch = new PriceWatch()
    const lookings = await lookAtAll(context)
    expect(watch.changes(lookings)).toHaveLength(BOOKS)
    let moves = 0n
    const ms = await leastWork(async () => {
      moves += 1n
      const moved = lookings.map((looking) => ({ ...looking, mark: asPrice((looking.mark ?? 0n) + moves) }))
      const told = JSON.stringify(await Promise.resolve(watch.changes(moved)))
      expect(told.match(/"id":"T\d+"/g)).toHaveLength(BOOKS * TRANCHES)
    })
    console.info(`a tick ${ms.toFixed(1)} ms`)
    expect(ms).toBeLessThan(20)
  })
})
