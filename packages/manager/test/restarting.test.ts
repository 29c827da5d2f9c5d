import { replay, stateHash } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { type Process, Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }

/** The process dies: its connection and its time stand still. */
async function crash(stage: Stage, { venue, clock }: Process): Promise<void> {
  venue.kill()
  clock.stop()
  await stage.clock.advance(16_000)
}

describe('how an account came back', () => {
  it('tells what was read of each book, and what only the comparison with the venue brought', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    expect(first.manager.accountState().recovery).toMatchObject({
      books: [{ symbol: SYMBOL, snapshotVersion: null, eventsRead: 0, version: 0 }],
    })
    await stage.enter(first, '0.01')
    await first.manager.stop()
    const kept = (await stage.events()).length
    stage.exchange.setMark(SYMBOL, '53000')

    const second = await stage.start()
    const { recovery } = second.manager.accountState()
    expect(recovery).toMatchObject({
      books: [{ symbol: SYMBOL, snapshotVersion: kept, eventsRead: 0, version: kept }],
      comparison: { cause: 'resync' },
    })
    expect(recovery?.books[0]?.eventsMissed).toBeGreaterThan(0)
    const types = (await stage.events()).slice(kept).map(({ type }) => type)
    expect(types).toContain('TrancheClosed')
  })
})

describe('restarting', () => {
  it('known failure 29: a crash between the intent of a stop and its sending leaves no stop out and none twice', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    first.venue.fault = (write) => ('terms' in write && write.terms.purpose === 'stop' ? 'hang' : null)
    await stage.enter(first, '0.01')
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01'])
    await crash(stage, first)

    const second = await stage.start()
    await stage.clock.advance(15_000)

    expect(second.manager.epoch).toBe(2)
    expect(second.manager.metrics).toMatchObject({
      unprotectedMs: 0,
      unknownOrders: 0,
      driftingBooks: 0,
      haltedBooks: 0,
    })
    expect(stage.tranches(second)).toEqual(['0.01'])
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
  })

  it('known failure 29: a crash after the entry was accepted and before anybody knew', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    first.venue.copies = 0
    first.venue.fault = () => 'lose-reply'
    await stage.enter(first, '0.01')
    await crash(stage, first)
    expect(stage.held('LONG')).toBe('0.01')

    const second = await stage.start()
    await stage.clock.advance(5000)

    expect(stage.tranches(second)).toEqual(['0.01'])
    expect(second.manager.getTranches(SYMBOL, 'LONG')[0]?.origin).toBe('intent')
    expect(stage.sent(second, 'entry')).toEqual([])
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
  })

  it('known failure 29, 52: a crash between the intent of a cancel and its sending leaves no order behind', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    await stage.enter(first, '0.01', '49000')
    first.venue.fault = (write) => ('terms' in write ? null : 'hang')
    await stage.whileTimePasses(first.manager.killSwitch())
    expect(stage.resting()).toEqual(['LIMIT 49000 0.01'])
    await crash(stage, first)

    await stage.start()
    await stage.clock.advance(15_000)

    expect(stage.resting()).toEqual([])
  })

  it('incident 2: a target that filled while nobody listened closes the tranche it belongs to', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    await stage.enter(first, '0.01')
    await stage.enter(first, '0.02')
    await crash(stage, first)
    stage.exchange.setMark(SYMBOL, '48990')
    stage.exchange.setMark(SYMBOL, '50000')
    expect(stage.held('LONG')).toBe('0')

    const second = await stage.start()
    await stage.clock.advance(1000)

    expect(stage.tranches(second)).toEqual([])
    expect(stage.resting()).toEqual([])
    const closed = (await stage.events()).filter((event) => event.type === 'TrancheClosed')
    expect(closed).toMatchObject([
      { tranche: 'T1', reason: 'stop', exitPrice: '48990' },
      { tranche: 'T2', reason: 'stop', exitPrice: '48990' },
    ])
  })

  it('what it holds after a stop and a start is what the log says', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    await stage.enter(first, '0.01')
    const stopping = first.manager.stop()
    await stage.clock.advance(100)
    await stopping
    expect(first.manager.health.status).toBe('halted')

    const second = await stage.start()
    await stage.enter(second, '0.02')
    const stopped = second.manager.stop()
    await stage.clock.advance(100)
    await stopped

    const third = await stage.start()
    expect(stage.tranches(third)).toEqual(['0.01', '0.02'])
    expect(third.manager.getTrancheGroup(SYMBOL, 'LONG').protected).toBe(true)
    const book = replay(await stage.events())
    expect(stateHash(book)).toMatch(/^[0-9a-f]{64}$/)
    expect(book.groups.LONG.tranches.map(({ id }) => id)).toEqual(['T1', 'T2'])
  })

  it('an account has one owner: a second process is told who it is, and a standby waits for it', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start({ holder: 'first' })
    const refused = stage.open().manager.start()
    await expect(refused).rejects.toMatchObject({ code: 'manager.lease-held', details: { holder: 'first' } })

    const standby = stage.open({ standby: true })
    const waiting = standby.manager.start()
    const stopping = first.manager.stop()
    await stage.clock.advance(20_000)
    await stopping
    await waiting
    expect(standby.manager.health.status).toBe('live')
  })

  it('an owner that slept while another took over is fenced: it records nothing and sends nothing', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    await stage.enter(first, '0.01')
    first.clock.stop()
    await stage.clock.advance(16_000)
    const second = await stage.start()
    const { length: sent } = first.venue.submitted
    const { length: recorded } = await stage.events()

    const answer = first.manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.05' })
    await expect(answer).rejects.toMatchObject({ code: 'store.fenced' })

    expect(first.manager.health).toMatchObject({ status: 'halted', reasons: [{ code: 'leaseLost' }] })
    expect(first.venue.submitted).toHaveLength(sent)
    expect(await stage.events()).toHaveLength(recorded)
    expect(second.manager.health.status).toBe('live')
    expect(stage.tranches(second)).toEqual(['0.01'])
  })
})
