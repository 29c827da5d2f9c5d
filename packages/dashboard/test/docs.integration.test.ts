import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { API_PATHS } from '../src/api/index.js'
import { VERSION } from '../src/version.js'
import { closeIsolated } from './close-isolated.js'
import { Stage } from './stage.js'

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
}

const page = read('../../../docs/dashboard-api.md')
const BOOK = { account: ':account', symbol: ':symbol' }

describe('the page about the API', () => {
  it('names every path', () => {
    const { state, books, health, stream, preview, act, link } = API_PATHS
    const ofBook = [
      API_PATHS.book(BOOK),
      API_PATHS.tranche(BOOK, ':tranche'),
      API_PATHS.timeline(BOOK),
      API_PATHS.orders(BOOK),
      API_PATHS.reconciliation(BOOK),
      API_PATHS.analytics(BOOK),
      API_PATHS.candles(BOOK),
      API_PATHS.settings(BOOK),
      API_PATHS.incident(BOOK),
    ].map(decodeURIComponent)
    for (const path of [state, books, health, stream, preview, act, link, ...ofBook])
      expect(page).toContain(`\`${path}\``)
    expect(Object.keys(API_PATHS)).toHaveLength(7 + ofBook.length + 1)
  })

  it('shows the example that is run below', () => {
    const [, example] = /```ts\n([\s\S]*?)```/.exec(page) ?? []
    expect(example).toBe(read('./close-isolated.ts'))
  })
})

describe('the example', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await Stage.open()
  })
  afterEach(async () => stage.close())

  it('closes what is isolated and nothing else', async () => {
    await stage.enter('0.1')
    await stage.move('47400')
    await stage.enter('0.05')
    const { origin, token } = stage.dashboard
    const sent = await stage.whileTimePasses(closeIsolated(origin, token))
    expect(sent).toEqual([
      'Closes all at market of T1 in BTCUSDT',
      'send exit: SELL 0.100 at market for T1',
      'cancel take profit at 51 500.0 for T1',
      'cancel take profit at 52 500.0 for T1',
      'cancel take profit at 54 000.0 for T1',
    ])
    await stage.pass(2000)
    const { groups } = await stage.client.book({ account: 'main', symbol: 'BTCUSDT' })
    expect(groups[0]?.tranches.map(({ id }) => id)).toEqual(['T2'])
  })
})

describe('the version', () => {
  it('is the one that the package states', () => {
    const { version } = JSON.parse(read('../package.json')) as { version: string }
    expect(VERSION).toBe(version)
  })
})
