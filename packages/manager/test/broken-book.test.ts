import { BUILT_IN_CLOSING_RULES, parseConfig } from '@tranchebook/core'
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
    expect(behind.findings.find(({ code }) => code === 'bookHalted')?.message).toContain('its book has stopped')

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

/** Two books; the first meets a closing fill, and its rule is not there any more. */
async function withHaltedBook(): Promise<{ readonly stage: Stage; readonly running: Process }> {
  const stage = new Stage(TARGETS, [SYMBOL, OTHER])
  const symbols = { [SYMBOL]: { closingStrategy: 'MINE' }, [OTHER]: {} }
  const written = { positionMode: 'HEDGE', account: 'main', defaults: TARGETS, symbols }
  const config = parseConfig(written, { closingRules: ['MINE'] })
  const closingRules = new Map([['MINE', BUILT_IN_CLOSING_RULES.LIFO]])
  const running = await stage.start({ config, closingRules })
  await stage.enter(running, '0.03')
  await stage.whileTimePasses(running.manager.openTranche({ symbol: OTHER, side: 'LONG', quantity: '0.02' }))
  closingRules.clear()
  stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.01', isOpening: false })
  await stage.clock.advance(1000)
  expect(codesOf(running)).toEqual([`bookHalted ${SYMBOL}`])
  return { stage, running }
}

describe('a book that has stopped while it ran', () => {
  it('says so itself when all are asked, and keeps the others from nothing', async () => {
    const { stage, running } = await withHaltedBook()
    const { manager } = running
    for (const ask of [
      async () => manager.pause(),
      async () => manager.resume(),
      async () => manager.gracefulStop(),
      async () => manager.killSwitch(),
    ])
      expect(await stage.whileTimePasses(ask())).toMatchObject([
        {
          accepted: false,
          code: 'closing.rule-unknown',
          message: expect.stringContaining(`${SYMBOL} has not taken it: `) as string,
        },
        { accepted: true },
      ])
    expect(stage.held('LONG', OTHER)).toBe('0')
    expect(stage.held('LONG')).toBe('0.02')
  })

  it('is looked at by what rests at the venue, when protection is verified and a repair is rehearsed', async () => {
    const { stage, running } = await withHaltedBook()
    const behind = await stage.whileTimePasses(running.manager.verifyProtection())
    expect(behind.positions).toMatchObject([
      { symbol: OTHER, uncovered: '0' },
      { symbol: SYMBOL, quantity: '0.02', uncovered: '0' },
    ])
    expect(behind.isProtected).toBe(true)
    for (const { clientOrderId } of stage.exchange.open(SYMBOL)) stage.exchange.cancel(clientOrderId)
    const bare = await stage.whileTimePasses(running.manager.verifyProtection())
    expect(bare).toMatchObject({ isProtected: false })
    const rehearsed = await stage.whileTimePasses(running.manager.repair('protect', { dryRun: true }))
    expect(rehearsed.findings).toMatchObject([{ level: 'problem', code: 'bookHalted', symbol: SYMBOL }])
    expect(rehearsed.protection.findings).toContainEqual(
      expect.objectContaining({ level: 'problem', code: 'bookHalted', symbol: SYMBOL }),
    )
  })
})
