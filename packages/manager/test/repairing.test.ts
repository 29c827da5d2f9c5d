import type { Side } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import {
  adopt,
  protect,
  reconcile,
  type RepairResult,
  type RepairSetup,
  rollBackAdoption,
  type TrancheManager,
  verifyProtection,
} from '../src/index.js'
import { PaperVenue } from './paper-venue.js'
import { type Process, Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2', driftPolicy: 'ALERT' }
const OTHER = 'ETHUSDT'

function setupOn(stage: Stage): RepairSetup {
  const { exchange, store, config, clock } = stage
  const venue = new PaperVenue(exchange, clock, [SYMBOL, OTHER])
  return { account: 'main', venue, store, config, clock }
}

async function within<Answer>(stage: Stage, work: Promise<Answer>, ms = 10_000): Promise<Answer> {
  work.catch(() => undefined)
  await stage.clock.advance(ms)
  return work
}

/** Something is traded by hand of which the venue will never tell. */
async function tradeUntold(stage: Stage, { venue }: Process, side: Side, quantity: string): Promise<void> {
  venue.cut()
  stage.exchange.tradeByHand(SYMBOL, side, { quantity, isOpening: true })
  await stage.clock.advance(100)
  stage.exchange.trades.length = 0
  venue.reconnect()
  await stage.clock.advance(20_000)
}

/** A manager beside a position that the venue holds and whose trades it will never tell. */
async function startMissingShort(stage: Stage): Promise<TrancheManager> {
  const running = await stage.start()
  await tradeUntold(stage, running, 'SHORT', '0.05')
  return running.manager
}

function textOf({ steps }: RepairResult): readonly string[] {
  return steps.map(({ type, event }) => `${type} ${event.type}`)
}

describe('verifying protection', () => {
  it('is content with a tranche behind its stop, while the owner runs', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    const report = await within(stage, verifyProtection(setupOn(stage)), 100)
    expect(report).toMatchObject({ isProtected: true, positions: [{ symbol: SYMBOL, side: 'LONG', uncovered: '0' }] })
    expect(report.positions[0]?.stops).toMatchObject([{ triggerPrice: '49000', quantity: '0.01', isOurs: true }])
    const { time } = await within(stage, running.manager.verifyProtection(), 100)
    expect(time).toBeGreaterThan(report.time)
  })

  it('names what a hand has laid bare, and what lies in a symbol nobody manages', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await within(stage, running.manager.stop(), 200)
    const [stop] = stage.exchange.open(SYMBOL).filter(({ request }) => request.terms.purpose === 'stop')
    stage.exchange.cancel(stop?.clientOrderId ?? '')
    stage.exchange.setMark(OTHER, '3000')
    stage.exchange.tradeByHand(OTHER, 'SHORT', { quantity: '2', isOpening: true })

    const report = await within(stage, verifyProtection(setupOn(stage)), 200)
    expect(report.isProtected).toBe(false)
    expect(report.positions).toMatchObject([
      {
        symbol: SYMBOL,
        side: 'LONG',
        quantity: '0.01',
        uncovered: '0.01',
        tranches: [{ tranche: 'T1', quantity: '0.01' }],
      },
      { symbol: OTHER, side: 'SHORT', quantity: '2', uncovered: '2', tranches: [] },
    ])
    expect(report.findings.map(({ level, code }) => `${level} ${code}`)).toEqual([
      'problem uncovered',
      'problem unmanagedPosition',
    ])
  })
})

describe('repairing', () => {
  it('protect: says what is missing, does it under the lease, and then finds nothing left to do', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await within(stage, running.manager.stop(), 200)
    for (const { clientOrderId } of stage.exchange.open(SYMBOL)) stage.exchange.cancel(clientOrderId)
    const setup = setupOn(stage)

    const planned = await within(stage, protect(setup, { dryRun: true }))
    expect(planned).toMatchObject({ isDryRun: true, protection: { isProtected: false } })
    expect(textOf(planned)).toEqual([
      'book OrderClosed',
      'book OrderClosed',
      'place OrderIntended',
      'place OrderIntended',
      'book ProtectionLost',
    ])
    expect(stage.resting()).toEqual([])

    const done = await within(stage, protect(setup))
    expect(done).toMatchObject({ isDryRun: false, protection: { isProtected: true }, findings: [] })
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
    expect(done.steps.filter(({ type }) => type === 'place')).toHaveLength(2)
    expect(textOf(await within(stage, protect(setup, { dryRun: true })))).toEqual([])
  })

  it('protect and adopt refuse while a process runs the account; their dry runs do not', async () => {
    const stage = new Stage(TARGETS)
    await stage.start()
    const setup = setupOn(stage)
    await expect(within(stage, protect(setup))).rejects.toMatchObject({ code: 'manager.lease-held' })
    await expect(within(stage, adopt(setup))).rejects.toMatchObject({ code: 'manager.lease-held' })
    expect(await within(stage, adopt(setup, { dryRun: true }))).toMatchObject({ isDryRun: true, steps: [] })
  })

  it('adopt: takes over positions that were there before, and protects them', async () => {
    const stage = new Stage(TARGETS)
    stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.05', isOpening: true })
    await stage.clock.advance(1000)
    const setup = setupOn(stage)

    const planned = await within(stage, adopt(setup, { dryRun: true }))
    expect(textOf(planned)).toContain('book TrancheOpened')
    expect(textOf(planned).filter((text) => text.startsWith('place'))).toHaveLength(2)
    expect(await stage.events()).toEqual([])

    const done = await within(stage, adopt(setup), 20_000)
    expect(done).toMatchObject({ protection: { isProtected: true }, findings: [] })
    expect(done.steps.map(({ event }) => event.type)).toContain('TrancheOpened')
    expect(stage.resting()).toEqual(['LIMIT 52500 0.05', 'STOP_MARKET 49000 0.05'])
  })

  it('adopt by a running manager leaves its drift policy as it was', async () => {
    const stage = new Stage(TARGETS)
    const manager = await startMissingShort(stage)
    expect(manager.getTranches(SYMBOL, 'SHORT')).toEqual([])

    const done = await within(stage, manager.repair('adopt'), 20_000)
    expect(done).toMatchObject({ isDryRun: false, protection: { isProtected: true } })
    expect(manager.getTranches(SYMBOL, 'SHORT')).toHaveLength(1)
    expect(manager.readBook(SYMBOL).config.driftPolicy).toBe('ALERT')
  })

  it('adopt takes over also what is within the drift tolerance, and no stop would close', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    const { manager } = running
    await stage.enter(running, '0.2')
    await tradeUntold(stage, running, 'LONG', '0.001')
    expect(manager.readBook(SYMBOL).book.checks.LONG).toMatchObject({ status: 'synced' })
    const before = await within(stage, manager.verifyProtection(), 100)
    expect(before.positions).toMatchObject([{ quantity: '0.201', uncovered: '0.001' }])
    expect(textOf(await within(stage, adopt(setupOn(stage), { dryRun: true })))).toContain('book TrancheOpened')

    const done = await within(stage, manager.repair('adopt'), 20_000)
    expect(done).toMatchObject({ protection: { isProtected: true }, findings: [] })
    expect(manager.getTranches(SYMBOL, 'LONG').map(({ quantity }) => String(quantity))).toEqual(['0.2', '0.001'])
  })

  it('repairs of a running manager come one after the other, and the second finds nothing left', async () => {
    const stage = new Stage(TARGETS)
    const manager = await startMissingShort(stage)

    const both = Promise.all([
      manager.repair('adopt', { actor: 'desk' }),
      manager.repair('adopt', { symbols: [SYMBOL], actor: 'page' }),
    ])
    const [first, second] = await within(stage, both, 40_000)
    expect(textOf(first)).toContain('book TrancheOpened')
    expect([second.steps, second.protection.isProtected]).toEqual([[], true])
    const asked = (await stage.events()).filter(({ type }) => type === 'RepairRequested')
    expect(asked).toMatchObject([{ actor: 'desk' }, { actor: 'page' }])
    expect(manager.getTranches(SYMBOL, 'SHORT')).toHaveLength(1)
    expect(manager.readBook(SYMBOL).config.driftPolicy).toBe('ALERT')
  })

  it('reconcile: says which fills were missed, books them, and sends nothing', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await within(stage, running.manager.stop(), 200)
    stage.exchange.setMark(SYMBOL, '53000')
    const setup = setupOn(stage)

    const planned = await within(stage, reconcile(setup, { dryRun: true }))
    expect(textOf(planned)).toContain('book TrancheClosed')
    expect(planned.steps.some(({ type }) => type === 'place')).toBe(false)

    const done = await within(stage, reconcile(setup))
    expect(textOf(done)).toContain('book TrancheClosed')
    expect(done.steps.some(({ type }) => type !== 'book')).toBe(false)
    expect(textOf(await within(stage, reconcile(setup, { dryRun: true })))).toEqual([])
  })

  it('rolling an adoption back leaves the position to whoever owned it, and is not undone by the next comparison', async () => {
    const stage = new Stage({ ...TARGETS, driftPolicy: 'ADOPT' })
    stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.05', isOpening: true })
    await stage.clock.advance(1000)
    const setup = setupOn(stage)
    await within(stage, adopt(setup), 20_000)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await within(stage, running.manager.stop(), 200)

    const planned = await within(stage, rollBackAdoption(setup, { dryRun: true }))
    expect(textOf(planned)).toEqual([
      'book ConfigurationChanged',
      'book TrancheReduced',
      'book TrancheClosed',
      'cancel CancelIntended',
      'cancel CancelIntended',
    ])
    expect(stage.resting()).toHaveLength(4)

    const done = await within(stage, rollBackAdoption(setup), 40_000)
    expect(done.steps.filter(({ type }) => type === 'place')).toEqual([])
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
    expect(stage.held('LONG')).toBe('0.06')
    expect(done.protection).toMatchObject({ isProtected: false, positions: [{ uncovered: '0.05', tranches: [] }] })
    expect(done.protection.findings[0]?.message).toContain('no tranche holds it: run adopt')
    const compared = await within(stage, reconcile(setup, { dryRun: true }))
    expect(compared.findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "drift: BTCUSDT LONG: the venue holds 0.06, the book 0.01 (driftPolicy ALERT); run adopt to take the venue's figure over",
    ])

    const again = await stage.start()
    await stage.clock.advance(30_000)
    expect(stage.tranches(again)).toEqual(['0.01'])
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
  })
})

describe('a repair by a running process', () => {
  const codesOf = ({ findings }: RepairResult): readonly string[] => findings.map(({ code }) => code)

  it('protects without taking over what the venue holds beyond the book, and says that it is not complete', async () => {
    const stage = new Stage(TARGETS)
    const manager = await startMissingShort(stage)
    const done = await within(stage, manager.repair('protect', { timeoutMs: 2000 }), 5000)

    expect(manager.getTranches(SYMBOL, 'SHORT')).toEqual([])
    expect(done.protection.isProtected).toBe(false)
    expect(codesOf(done)).toEqual(['unfinished', 'drift'])
    expect(done.findings[0]).toMatchObject({ level: 'problem', message: expect.stringContaining('2000 ms') as string })
  })

  it('that only observes places nothing: the repair waits for it in vain, and says so', async () => {
    const stage = new Stage(TARGETS, [SYMBOL, OTHER])
    const first = await stage.start()
    await stage.enter(first, '0.01')
    await within(stage, first.manager.stop(), 200)
    for (const { clientOrderId } of stage.exchange.open(SYMBOL)) stage.exchange.cancel(clientOrderId)
    const { manager, venue } = await stage.start({ mode: 'observe' })
    const done = await within(stage, manager.repair('protect', { timeoutMs: 2000 }), 5000)
    expect([codesOf(done), done.protection.isProtected]).toEqual([['unfinished'], false])
    const compared = await within(stage, manager.repair('reconcile', { timeoutMs: 2000 }), 5000)
    expect([codesOf(compared), compared.protection.isProtected]).toEqual([[], false])
    expect(venue.submitted).toEqual([])
  })

  it('answers once the stop rests, not once it was sent', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    const [stop = ''] = stage.sent(running, 'stop')
    running.venue.cut()
    stage.exchange.cancel(stop)
    running.venue.replyMs = 700
    const repaired = running.manager
      .repair('protect')
      .then(({ protection }) => [protection.isProtected, stage.resting()])

    expect(await within(stage, repaired)).toEqual([true, ['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01']])
  })

  it('answers a rolling back once the orders are gone, and waits for no agreement with the venue', async () => {
    const stage = new Stage({ ...TARGETS, driftPolicy: 'ADOPT' })
    stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.05', isOpening: true })
    await stage.clock.advance(1000)
    await within(stage, adopt(setupOn(stage)), 20_000)
    const { manager, venue, clock } = await stage.start()
    expect(stage.resting()).toHaveLength(2)
    venue.cancel = async (order) => {
      await new Promise<void>((resolve) => {
        clock.schedule(3000, resolve)
      })
      return PaperVenue.prototype.cancel.call(venue, order)
    }
    const asked = manager.repair('rollBack').then((result) => [codesOf(result), stage.resting()])

    expect(await within(stage, asked, 20_000)).toEqual([['drift'], []])
  })

  it('rolls nothing back where one of the names is mistyped; other repairs have no names', async () => {
    const stage = new Stage(TARGETS)
    const { manager } = await stage.start()
    stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.05', isOpening: true })
    await stage.clock.advance(1000)
    const before = stage.resting()
    const mistyped = within(stage, manager.repair('rollBack', { tranches: ['T1', 'T9'] }))
    await expect(mistyped).rejects.toMatchObject({ code: 'manager.unknown-tranche' })
    expect(stage.resting()).toEqual(before)
    expect((await stage.events()).map(({ type }) => type)).not.toContain('RepairRequested')
    const protectedAgain = await within(stage, manager.repair('protect', { tranches: ['T9'] }))
    expect(protectedAgain).toMatchObject({ findings: [], protection: { isProtected: true } })
  })

  it('of one symbol leaves the others alone, and tells nothing of them', async () => {
    const stage = new Stage(TARGETS, [SYMBOL, OTHER])
    const { manager } = await stage.start()
    stage.exchange.tradeByHand(OTHER, 'LONG', { quantity: '2', isOpening: true })
    const done = within(stage, manager.repair('protect', { symbols: [SYMBOL] }), 5000)
    stage.exchange.tradeByHand(OTHER, 'LONG', { quantity: '1', isOpening: true })

    expect((await done).steps).toEqual([])
    expect((await stage.events()).map(({ type }) => type)).toContain('RepairRequested')
    expect((await stage.events(OTHER)).map(({ type }) => type)).not.toContain('RepairRequested')
  })

  it('is complete only where every symbol agrees with the venue and is protected', async () => {
    const stage = new Stage(TARGETS, [SYMBOL, OTHER])
    const running = await stage.start()
    await stage.enter(running, '0.01')
    running.venue.cut()
    stage.exchange.tradeByHand(OTHER, 'SHORT', { quantity: '2', isOpening: true })
    await stage.clock.advance(100)
    stage.exchange.trades.pop()
    running.venue.reconnect()
    await stage.clock.advance(20_000)
    const done = await within(stage, running.manager.repair('protect', { timeoutMs: 2000 }), 5000)

    expect(codesOf(done)).toEqual(['unfinished', 'drift'])
  })

  it('says that the venue could not be asked, with what it said', async () => {
    const stage = new Stage(TARGETS)
    const { manager, venue } = await stage.start()
    venue.isUnreachable = true
    await expect(within(stage, manager.repair('protect', { timeoutMs: 2000 }), 20_000)).rejects.toMatchObject({
      code: 'venue.unreachable',
    })
  })

  it('ends with its process', async () => {
    const stage = new Stage(TARGETS)
    const manager = await startMissingShort(stage)
    const repair = manager.repair('protect', { timeoutMs: 3_600_000 })
    await stage.clock.advance(3000)
    await within(stage, manager.stop(), 2000)
    let isOver = false
    const over = repair.finally(() => {
      isOver = true
    })
    over.catch(() => undefined)
    await stage.clock.advance(5000)
    expect(isOver).toBe(true)
  })
})
