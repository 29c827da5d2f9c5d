import { describe, expect, it } from 'vitest'
import { protect, verifyProtection } from '../src/index.js'
import { PaperVenue } from './paper-venue.js'
import { type Process, Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }
const OTHER = 'ETHUSDT'
const HEADER = { version: 1, causationId: 'x', correlationId: 'x' } as const

/** Two books, each with a tranche; then the log of the first gets an event that does not fit. */
async function withBrokenLog(): Promise<Stage> {
  const stage = new Stage(TARGETS, [SYMBOL, OTHER])
  const first = await stage.start()
  await stage.enter(first, '0.01')
  const other = first.manager.openTranche({ symbol: OTHER, side: 'LONG', quantity: '0.02' })
  await stage.whileTimePasses(other)
  await stage.whileTimePasses(first.manager.stop())
  const lease = await stage.store.acquireLease({ scope: 'main', holder: 'x', ttlMs: 1 })
  const closed = {
    type: 'TrancheClosed',
    tranche: 'T9',
    side: 'LONG',
    exitPrice: '1',
    realizedPnl: '0',
    reason: 'x',
  } as const
  const event = { ...HEADER, time: stage.clock.now(), ...closed }
  await stage.store.append(`main/${SYMBOL}`, [{ id: 'x', event }], { expected: 'any', epoch: lease.lease.epoch })
  await stage.clock.advance(10)
  return stage
}

function codesOf({ manager }: Process): readonly string[] {
  return manager.health.reasons.map(({ code, symbol }) => `${code} ${symbol}`)
}

describe('a book whose log does not fold', () => {
  it('stops alone, from the start on: the others are protected and trade', async () => {
    const stage = await withBrokenLog()
    const before = stage.resting()
    const running = await stage.start()
    expect(codesOf(running)).toEqual([`bookHalted ${SYMBOL}`])
    expect(running.manager.health.status).toBe('degraded')
    const entry = { side: 'LONG', quantity: '0.01' } as const
    expect(running.manager.canOpenNewTranche({ symbol: OTHER, ...entry })).toMatchObject({ allowed: true })
    expect(running.manager.canOpenNewTranche({ symbol: SYMBOL, ...entry })).toMatchObject({ allowed: false })
    await expect(stage.enter(running, '0.01')).rejects.toMatchObject({ code: 'book.invariant' })

    stage.exchange.cancel(stage.exchange.open(OTHER)[0]!.clientOrderId)
    await stage.clock.advance(30_000)
    expect(stage.resting(OTHER)).toHaveLength(2)
    expect(stage.resting()).toEqual(before)
    expect(codesOf(running)).toEqual([`bookHalted ${SYMBOL}`])
  })

  it('keeps nobody from seeing what rests at the venue, nor from protecting the others', async () => {
    const stage = await withBrokenLog()
    const { exchange, store, config, clock } = stage
    const setup = { account: 'main', venue: new PaperVenue(exchange, clock, [SYMBOL, OTHER]), store, config, clock }
    const behind = await stage.whileTimePasses(verifyProtection(setup))
    expect(behind).toMatchObject({
      isProtected: true,
      positions: [{ symbol: OTHER }, { symbol: SYMBOL, uncovered: '0' }],
    })
    expect(behind.positions[1]?.stops).toMatchObject([{ isOurs: true }])
    expect(behind.findings.find(({ code }) => code === 'bookHalted')?.message).toContain('its book cannot be read')

    for (const symbol of [SYMBOL, OTHER])
      for (const { clientOrderId } of exchange.open(symbol)) exchange.cancel(clientOrderId)
    const working = protect(setup)
    working.catch(() => undefined)
    await clock.advance(40_000)
    const done = await working
    expect(stage.resting(OTHER)).toHaveLength(2)
    expect(done.protection).toMatchObject({
      isProtected: false,
      positions: [{ uncovered: '0' }, { uncovered: '0.01' }],
    })
    expect(done.findings).toMatchObject([{ level: 'problem', code: 'bookHalted', symbol: SYMBOL }])
  })
})
