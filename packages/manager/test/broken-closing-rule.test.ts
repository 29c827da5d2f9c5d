import { type ClosingLot, type ClosingRule, explainBecause, parseConfig } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { type Process, Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }
const OTHER = 'ETHUSDT'
const ENTRY = { side: 'LONG', quantity: '0.01' } as const

const untyped = (answer: (lots: ClosingLot[]) => unknown): ClosingRule => answer as unknown as ClosingRule

const BROKEN: readonly (readonly [name: string, rule: ClosingRule, did: string])[] = [
  [
    'throws',
    () => {
      throw new Error('boom')
    },
    'threw Error: boom',
  ],
  [
    'throws what has no text',
    () => {
      throw Object.create(null) as Error
    },
    'threw something that has no text',
  ],
  ['closes nothing', () => [], 'took 0 in all where 0.005 was asked for'],
  ['answers with nothing', untyped(() => undefined), 'answered with undefined'],
  ['answers with a promise', untyped(async () => Promise.reject(new Error('later'))), 'answered with a promise'],
  [
    'counts in numbers',
    untyped(([lot]) => [{ tranche: lot?.tranche, quantity: Number.NaN }]),
    'gave a part without a tranche as text and a quantity as bigint',
  ],
  ['takes from the list it is given', untyped((lots) => [lots.pop()]), 'threw TypeError: '],
]

/** Two entries of 0.02 and 0.01 at rest, the second without a fill; a book that closes by another rule beside it. */
async function withRule(rule: ClosingRule): Promise<{ readonly stage: Stage; readonly running: Process }> {
  const stage = new Stage(TARGETS, [SYMBOL, OTHER])
  const symbols = { [SYMBOL]: { closingStrategy: 'MINE' }, [OTHER]: {} }
  const written = { positionMode: 'HEDGE', account: 'main', defaults: TARGETS, symbols }
  const config = parseConfig(written, { closingRules: ['MINE'] })
  const running = await stage.start({ config, closingRules: new Map([['MINE', rule]]) })
  await stage.enter(running, '0.02')
  await stage.enter(running, '0.01', '49500')
  return { stage, running }
}

function heldBy({ manager }: Process): readonly string[] {
  return manager.getTranches(SYMBOL, 'LONG').map(({ id, quantity }) => `${id} ${quantity.toString()}`)
}

async function closeByHand(stage: Stage): Promise<void> {
  stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.005', isOpening: false })
  await stage.clock.advance(1000)
}

describe('a closing rule that breaks while it is used', () => {
  it.each(BROKEN)('that %s gives way to LIFO: the fill is booked, and says why', async (_name, rule, did) => {
    const { stage, running } = await withRule(rule)
    await closeByHand(stage)
    expect(heldBy(running)).toEqual(['T1 0.015'])
    const [reduced] = (await stage.events()).filter(({ type }) => type === 'TrancheReduced')
    const why = explainBecause(reduced!.because!)
    expect(why).toContain(`closing rule MINE ${did}`)
    expect(why).toContain(', so LIFO was used; closing rule LIFO: T1 0.005')
  })

  it('lets nothing in until a restart, and says so by name; other books enter', async () => {
    const { stage, running } = await withRule(() => [])
    const { manager } = running
    expect(manager.canOpenNewTranche({ symbol: SYMBOL, ...ENTRY })).toMatchObject({ allowed: true })
    await closeByHand(stage)
    stage.touch(running)
    stage.touch(running, OTHER)
    const reason = { code: 'closingRuleBroken', symbol: SYMBOL, level: 'degraded' }
    expect(manager.health).toMatchObject({ status: 'degraded', reasons: [reason] })
    expect(manager.canOpenNewTranche({ symbol: SYMBOL, ...ENTRY })).toMatchObject({
      allowed: false,
      code: 'notLive',
      message: expect.stringContaining('closing rule MINE took 0 in all where 0.005 was asked for') as string,
    })
    expect(manager.canOpenNewTranche({ symbol: OTHER, ...ENTRY })).toMatchObject({ allowed: true })
    await stage.whileTimePasses(manager.syncWithExchange())
    expect(manager.health.reasons).toMatchObject([reason])
  })

  it('leaves nothing unprotected: an entry that rested gets its stop, and the kill switch acts', async () => {
    const { stage, running } = await withRule(() => [])
    await closeByHand(stage)
    running.venue.setMark(SYMBOL, '49500')
    await stage.clock.advance(2000)
    expect(stage.held('LONG')).toBe('0.025')
    expect(await stage.whileTimePasses(running.manager.verifyProtection())).toMatchObject({ isProtected: true })
    expect(await stage.whileTimePasses(running.manager.killSwitch())).toMatchObject([
      { accepted: true },
      { accepted: true },
    ])
    expect(stage.held('LONG')).toBe('0')
  })

  it('is not asked when its log is replayed', async () => {
    const { stage, running } = await withRule(() => [])
    await closeByHand(stage)
    await stage.whileTimePasses(running.manager.stop())
    const again = await stage.start({
      config: parseConfig({ positionMode: 'HEDGE', account: 'main', defaults: TARGETS, symbols: { [SYMBOL]: {} } }),
    })
    expect(heldBy(again)).toEqual(['T1 0.015'])
    expect(again.manager.health.status).toBe('live')
  })

  it('breaks when somebody asks what it would close, too', async () => {
    const { running } = await withRule(() => [])
    const asked = { symbol: SYMBOL, side: 'LONG', quantity: '0.005' } as const
    expect(running.manager.selectTranchesToClose(asked)).toMatchObject([{ tranche: 'T1' }])
    expect(running.manager.health.reasons).toMatchObject([{ code: 'closingRuleBroken' }])
  })
})
