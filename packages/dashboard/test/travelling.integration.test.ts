import { type BookEvent, bookAt, explainEvent, formatQuantity } from '@tranchebook/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BTC, Stage } from './stage.js'

let stage: Stage
let events: BookEvent[]

beforeAll(async () => {
  stage = await Stage.open()
  await stage.enter('0.1')
  await stage.move('51500')
  await stage.enter('0.05')
  await stage.move('47400')
  await stage.move('52600')
  events = []
  for await (const { event } of stage.store.read('main/BTCUSDT')) events.push(event)
})
afterAll(async () => stage.close())

describe('a book as it was', () => {
  it('is what its log says, at every version and in any order', async () => {
    const versions = events
      .map((_, index) => index + 1)
      .toSorted((left, right) => ((left * 7919) % 101) - ((right * 7919) % 101))
    for (const version of versions) {
      const view = await stage.client.book(BTC, version)
      const book = bookAt(events, version)
      expect([view.version, view.isPast, view.time]).toEqual([version, version < events.length, book.time])
      expect(view.groups.flatMap(({ tranches }) => tranches.map(({ id, quantity }) => [id, quantity]))).toEqual(
        [...book.groups.LONG.tranches, ...book.groups.SHORT.tranches].map(({ id, quantity }) => [
          id,
          formatQuantity(quantity),
        ]),
      )
      expect(view.orders.map(({ clientOrderId, state }) => [clientOrderId, state])).toEqual(
        [...book.orders.values()].map(({ clientOrderId, state }) => [clientOrderId, state]),
      )
    }
  })

  it('says what made that version, why, and what became different', async () => {
    const version = events.findIndex(({ type }) => type === 'StopMoved') + 1
    const { step } = await stage.client.book(BTC, version)
    expect(step).toMatchObject({
      event: { type: 'StopMoved' },
      sentence: 'stop of T1 40 000.0 → 50 000.0 (ladder BREAKEVEN_THEN_PREVIOUS after TP1)',
      why: 'ladder BREAKEVEN_THEN_PREVIOUS, after TP1',
    })
    expect(step?.changes.map(({ field, before, after }) => [field, before, after])).toContainEqual([
      'stopPrice',
      '40000',
      '50000',
    ])
  })

  it('shows the orders as they stood then', async () => {
    const version = events.findIndex(({ type }) => type === 'OrderIntended') + 1
    const { orders } = await stage.client.orders(BTC, version)
    expect(orders.map(({ outcome, steps }) => [outcome, steps.length])).toEqual([['open', 1]])
  })

  it('shows results as they were then, not later ones', async () => {
    const version = events.findIndex(({ type }) => type === 'TrancheReduced')
    expect((await stage.client.analytics(BTC, version)).pnl.total.realizedPnl).toBe('0')
    expect((await stage.client.analytics(BTC, version + 1)).pnl.total.realizedPnl).toBe('60')
  })

  it('shows the comparison with the venue as it knew it then, and says that the wallet is not recorded', async () => {
    const version = events.findIndex(({ type }) => type === 'TrancheReduced')
    const then = await stage.client.reconciliation(BTC, version)
    const known = bookAt(events, version)
    expect(then).toMatchObject({ version, equity: null, lastComparison: null })
    expect(then.positions[0]?.ours.quantity).toBe(formatQuantity(known.averageCost.LONG.quantity))
    expect(then.checks.every((check) => check.version <= version)).toBe(true)
    const resting = then.orders.reduce((sum, { ours }) => sum + ours, 0)
    expect(resting).toBe(known.orders.size)
  })

  it('is refused for versions that are not there', async () => {
    for (const version of [0, events.length + 1])
      await expect(stage.client.book(BTC, version)).rejects.toMatchObject({ code: 'dashboard.unknown-version' })
  })
})

describe('the timeline', () => {
  it('has every event once, in pages that cut no decision in two', async () => {
    const causes: string[] = []
    const versions: number[] = []
    let before: number | undefined
    for (;;) {
      const page = await stage.client.timeline(BTC, { limit: 7, ...(before === undefined ? {} : { before }) })
      for (const group of page.groups) {
        causes.push(group.causationId)
        versions.push(...group.entries.map((entry) => entry.version).toReversed())
      }
      if (page.nextBefore === null) break
      before = page.nextBefore
    }
    expect(versions).toEqual(events.map((_, index) => events.length - index))
    const expected = events.map(({ causationId }) => causationId).filter((id, index, all) => id !== all[index - 1])
    expect(causes).toEqual(expected.toReversed())
  })

  it('says every event in the words of the core', async () => {
    const { groups } = await stage.client.timeline(BTC, { limit: 1000 })
    const sentences = groups.flatMap(({ entries }) => entries).toSorted((left, right) => left.version - right.version)
    const precision = { priceDecimals: 1, quantityDecimals: 3, moneyDecimals: 2 }
    expect(sentences.map(({ sentence }) => sentence)).toEqual(events.map((event) => explainEvent(event, precision)))
  })

  it('tells a whole decision in one line', async () => {
    const { groups } = await stage.client.timeline(BTC, { limit: 1000 })
    const headline = groups.find((group) => group.headline.includes('TP1 of T1'))?.headline
    expect(headline).toMatch(
      /^Fill \d+ sold 0\.040 at 51 500\.0 → closed 0\.040 of T1 at 51 500\.0 for \+60\.00: its take profit filled → TP1 of T1 reached at 51 500\.0 by its fill → stop of T1 40 000\.0 → 50 000\.0/,
    )
  })
})

describe('one tranche', () => {
  it('is told from its opening to its end, with its orders', async () => {
    const detail = await stage.client.tranche(BTC, 'T1')
    expect(detail.title).toMatch(/^T1 LONG BTCUSDT 0\.100 @ 50 000\.0, opened/)
    expect(detail.lines.map(({ what }) => what)).toContain('closed 0.040 @ 51 500.0')
    expect(detail.tranche).toMatchObject({ id: 'T1', status: 'closed', isProtected: null })
    expect(detail.orders.map(({ outcome }) => outcome)).toContain('filled')
    const filled = detail.orders.find(({ purpose, outcome }) => purpose === 'takeProfit' && outcome === 'filled')
    expect(filled?.fills).toMatchObject([{ quantity: '0.04', price: '51500', fee: '0.412', feeAsset: 'USDT' }])
  })

  it('that never opened is named, with those that did', async () => {
    await expect(stage.client.tranche(BTC, 'T77')).rejects.toMatchObject({
      code: 'dashboard.unknown-tranche',
      message: expect.stringMatching(/named T1 to T\d/) as string,
    })
  })
})

describe('the rest of a book', () => {
  it('stands beside what the venue says', async () => {
    const view = await stage.client.reconciliation(BTC)
    expect(view.positions).toMatchObject([
      { positionSide: 'LONG', status: 'synced', difference: '0' },
      { positionSide: 'SHORT' },
    ])
    for (const { ours, venue } of view.positions) expect(venue?.quantity).toBe(ours.quantity)
    expect(view.checks.length).toBeGreaterThan(0)
    expect(view.synthetic).toEqual([])
    expect(view.lastComparison).toMatchObject({ symbols: 2, differing: [] })
    expect(view.equity).toMatchObject({ asset: 'USDT' })
  })

  it('adds up in every cut', async () => {
    const { pnl, equityCurve, takeProfit } = await stage.client.analytics(BTC)
    for (const cut of [pnl.byTranche, pnl.byEntry, pnl.byExitReason, pnl.byCycle]) {
      const sum = cut.reduce((total, { realizedPnl }) => total + Number(realizedPnl), 0)
      expect(sum).toBeCloseTo(Number(pnl.total.realizedPnl), 9)
    }
    expect(equityCurve.length).toBeGreaterThan(2)
    expect(takeProfit.levels[0]).toMatchObject({ level: 1, hits: 1 })
  })

  it('has candles of what the log saw', async () => {
    const { candles, origin } = await stage.client.candles(BTC, 60_000)
    expect(origin).toBe('log')
    expect(candles[0]).toMatchObject({ low: '47400', high: '51500' })
  })

  it('has a health page', async () => {
    const health = await stage.client.health()
    expect(health).toMatchObject({ health: { status: 'live' }, versions: { tranchebook: '0.1.0' }, viewers: 0 })
    expect(health.metrics['ordersSent']).toBeGreaterThan(0)
    expect(health.budget).toBeNull()
    expect(health.recovery).toMatchObject({
      books: [
        { symbol: 'BTCUSDT', snapshotVersion: null, eventsRead: 0, version: 0 },
        { symbol: 'ETHUSDT', eventsRead: 0 },
      ],
      comparison: { cause: 'resync', symbols: 2, differing: [] },
    })
  })
})

describe('settings', () => {
  it('are shown as they were before they were changed', async () => {
    const before = (await stage.client.book(BTC)).version
    await stage.whileTimePasses(stage.manager.changeConfiguration(BTC.symbol, { slPercent: '7' }))
    expect((await stage.client.settings(BTC)).options).toMatchObject({ slPercent: '7' })
    expect((await stage.client.settings(BTC, before)).options).toMatchObject({ slPercent: '20' })
  })
})
