import { describe, expect, it } from 'vitest'
import { type Process, Stage, SYMBOL } from './stage.js'

const OPTIONS = { slPercent: 20, tpPercent: 30, trancheIsolationThreshold: 5, reconcileIntervalMs: 600_000 }

/** Counts how often positions are asked for. */
function countAsking({ venue }: Process): () => number {
  let asked = 0
  const fetchPositions = venue.fetchPositions.bind(venue)
  venue.fetchPositions = async (symbols) => {
    asked += 1
    return fetchPositions(symbols)
  }
  return () => asked
}

async function isIsolated(stage: Stage): Promise<boolean> {
  return (await stage.events()).some(({ type }) => type === 'TrancheIsolated')
}

describe('a stream of prices that is silent', () => {
  it('leaves no open tranche unwatched: prices are asked for, at a modest rate', async () => {
    const stage = new Stage(OPTIONS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    const asked = countAsking(running)
    stage.exchange.setMark(SYMBOL, '47000')
    await stage.clock.advance(12_000)
    expect(await isIsolated(stage)).toBe(true)
    await stage.clock.advance(60_000)
    expect(asked()).toBeLessThanOrEqual(15)
  })

  it('of two symbols tells each its own price, also where the venue has none for the other', async () => {
    const OTHER = 'ETHUSDT'
    const stage = new Stage(OPTIONS, [SYMBOL, OTHER])
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.whileTimePasses(running.manager.openTranche({ symbol: OTHER, side: 'LONG', quantity: '0.01' }))
    const fetchPositions = running.venue.fetchPositions.bind(running.venue)
    running.venue.fetchPositions = async () =>
      (await fetchPositions([SYMBOL, OTHER, 'SOLUSDT'])).map((position) =>
        position.symbol === SYMBOL && position.positionSide === 'LONG' ? { ...position, markPrice: null } : position,
      )
    stage.exchange.setMark('SOLUSDT', '100')
    stage.exchange.setMark(OTHER, '47000')
    await stage.clock.advance(20_000)

    expect(running.manager.getTranches(OTHER, 'LONG')).toMatchObject([{ isolated: true }])
    expect(running.manager.getTranches(SYMBOL, 'LONG')).toMatchObject([{ isolated: false }])
    expect(running.complaints).toEqual([])
  })

  it('is asked for once at a time, and again where the venue did not answer', async () => {
    const stage = new Stage(OPTIONS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    running.venue.isUnreachable = true
    stage.exchange.setMark(SYMBOL, '47000')
    await stage.clock.advance(20_000)
    expect(await isIsolated(stage)).toBe(false)
    running.venue.isUnreachable = false
    await stage.clock.advance(6000)
    expect(await isIsolated(stage)).toBe(true)
  })

  it('asks for nothing while prices are told, nor while nothing is open', async () => {
    const stage = new Stage(OPTIONS)
    const running = await stage.start()
    const asked = countAsking(running)
    await stage.clock.advance(60_000)
    expect(asked()).toBe(0)
    stage.touch(running)
    await stage.clock.advance(50)
    expect(await stage.enter(running, '0.01')).toMatchObject({ accepted: true })
    for (let second = 0; second < 30; second += 1) {
      stage.touch(running)
      await stage.clock.advance(1000)
    }
    expect(asked()).toBe(0)
  })

  it('is said at a start, and what is open is watched meanwhile', async () => {
    const stage = new Stage(OPTIONS)
    const first = await stage.start()
    await stage.enter(first, '0.01')
    await stage.whileTimePasses(first.manager.stop())

    stage.exchange.setMark(SYMBOL, '47000')
    const second = stage.open()
    second.venue.isMarkSilent = () => true
    const started = second.manager.start()
    await stage.clock.advance(11_000)
    await started
    expect(await isIsolated(stage)).toBe(true)
    expect(second.manager.health.reasons).toMatchObject([{ code: 'priceSilent', symbol: SYMBOL }])
    stage.touch(second, SYMBOL, '47000')
    await stage.clock.advance(1000)
    expect(second.manager.health.status).toBe('live')
  })

  it('is said after two minutes although prices are asked for: no entries', async () => {
    const stage = new Stage(OPTIONS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.clock.advance(130_000)
    const { reasons } = running.manager.health
    expect(reasons).toMatchObject([{ code: 'priceSilent', symbol: SYMBOL }])
    expect(reasons[0]?.message).toContain('asked for')
    const request = { symbol: SYMBOL, side: 'LONG', quantity: '0.01' } as const
    expect(running.manager.canOpenNewTranche(request)).toMatchObject({ allowed: false })
    stage.touch(running)
    await stage.clock.advance(1000)
    expect(running.manager.health.status).toBe('live')
  })
})
