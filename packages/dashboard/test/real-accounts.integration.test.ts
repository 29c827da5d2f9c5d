import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { type Input, parseConfig, parseInput, runInputs } from '@tranchebook/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  connectDashboard,
  type Dashboard,
  type DashboardClient,
  openDashboard,
  recordedSource,
  storeBooks,
} from '../src/index.js'

const FOLDER = new URL('../../../../shared/data/fills/', import.meta.url)
const FILLS = 'copytrade-5accounts-complete.csv.gz'
const EXPECTED = 'copytrade-5accounts-expected.json'

const isThere = existsSync(FOLDER)
if (!isThere) console.warn(`SKIPPED: real fills are not at ${fileURLToPath(FOLDER)}, no real account was looked at`)

interface ExpectedAccount {
  readonly account: string
  readonly fills: number
  readonly symbols: number
  readonly sumRealizedPnl: string
  readonly orphanCloseSeq: readonly number[]
}

function read(name: string): Buffer {
  return readFileSync(new URL(name, FOLDER))
}

function expectedAccounts(): readonly ExpectedAccount[] {
  return (JSON.parse(read(EXPECTED).toString()) as { accounts: readonly ExpectedAccount[] }).accounts
}

function inputsOf(): readonly Input[] {
  const [header = '', ...lines] = gunzipSync(read(FILLS)).toString().trim().split('\n')
  const names = header.split(',')
  return lines.map((line, index) => {
    const row = Object.fromEntries(line.split(',').map((value, column) => [names[column] ?? '', value]))
    const {
      account,
      seq,
      time,
      symbol,
      side,
      positionSide,
      price,
      qty,
      commission,
      commissionAsset,
      realizedPnl,
      maker,
    } = row
    const fill = {
      type: 'fill',
      account,
      symbol,
      side,
      positionSide,
      price,
      realizedPnl,
      time: Number(time),
      quantity: qty,
      fee: commission,
      feeAsset: commissionAsset,
      maker: maker === 'true',
      tradeId: seq,
      orderId: seq,
    }
    return parseInput(fill, { account: 'main', positionMode: null, sequence: index })
  })
}

let dashboard: Dashboard | null = null

function client(): DashboardClient {
  if (dashboard === null) throw new RangeError('nothing is open')
  return connectDashboard({ url: dashboard.origin, token: dashboard.token })
}

describe.skipIf(!isThere)('five real accounts', () => {
  beforeAll(async () => {
    const { books } = runInputs(inputsOf(), {
      config: parseConfig({ defaults: { slPercent: '2' } }),
      positionMode: null,
      instruments: new Map(),
      closingRules: new Map(),
      sending: 'observe',
    })
    dashboard = await openDashboard({ source: recordedSource({ store: await storeBooks(books), title: FILLS }) })
  })
  afterAll(async () => dashboard?.close())

  it('are all there, to be looked at only, without false alarms', async () => {
    const state = await client().state()
    expect(state).toMatchObject({ title: FILLS, badge: 'RECORDED', isReadOnly: true, venue: null, sending: null })
    expect(state.accounts.toSorted()).toEqual(
      expectedAccounts()
        .map(({ account }) => account)
        .toSorted(),
    )
    expect(state).toMatchObject({ health: { status: 'recorded' }, shield: { protected: true, unprotected: [] } })
    const { books } = await client().books()
    for (const { account, symbols } of expectedAccounts())
      expect([account, books.filter((book) => book.account === account).length]).toEqual([account, symbols])
    expect(books.filter(({ attention }) => attention.includes('unprotected'))).toEqual([])
  })

  it("show the venue's own realized figure to the cent, beside ours and the bridge between both", async () => {
    const { books } = await client().books()
    for (const { account, sumRealizedPnl } of expectedAccounts()) {
      let reported = 0
      for (const place of books.filter((book) => book.account === account)) {
        const { groups, positionMode } = await client().book(place)
        for (const { bridge, side } of groups) {
          expect(Number(bridge.own) + Number(bridge.difference)).toBeCloseTo(Number(bridge.averageCost), 6)
          expect([account, place.symbol, side, bridge.reported]).not.toContain(null)
        }
        // One position of the venue stands for both sides in one-way mode.
        const positions = positionMode === 'HEDGE' ? groups : groups.slice(0, 1)
        for (const { bridge } of positions) reported += Number(bridge.reported)
      }
      expect(reported).toBeCloseTo(Number(sumRealizedPnl), 2)
    }
  })

  it('can be walked through, and add up in every cut', async () => {
    const [place] = (await client().books()).books.toSorted((left, right) => right.version - left.version)
    if (place === undefined) throw new RangeError('there is no book')
    const half = Math.floor(place.version / 2)
    const past = await client().book(place, half)
    expect([past.version, past.isPast, past.step?.event.type]).not.toContain(undefined)
    const { pnl, equityCurve } = await client().analytics(place)
    expect(pnl.byTranche.length).toBeGreaterThan(1)
    for (const cut of [pnl.byTranche, pnl.byEntry, pnl.byExitReason, pnl.byCycle]) {
      const sum = cut.reduce((total, { realizedPnl }) => total + Number(realizedPnl), 0)
      expect(sum).toBeCloseTo(Number(pnl.total.realizedPnl), 6)
    }
    expect(equityCurve.length).toBeLessThanOrEqual(2000)
    expect((await client().candles(place, 86_400_000)).candles.length).toBeGreaterThan(0)
  })

  it('take no action', async () => {
    const [place] = (await client().books()).books
    const { account = '', symbol = '' } = place ?? {}
    await expect(client().preview({ account, symbol, command: 'flatten' })).rejects.toMatchObject({
      code: 'dashboard.read-only',
    })
  })
})
