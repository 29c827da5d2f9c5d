import { DEFAULT_CONFIG, SNAPSHOT_SCHEMA } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { TrancheManager } from '../src/index.js'
import { PaperVenue } from './paper-venue.js'
import { Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }

describe('living and ending', () => {
  it('opens for the account of its venue only', () => {
    const stage = new Stage(TARGETS)
    const { exchange, clock, store, config } = stage
    const venue = new PaperVenue(exchange, clock, [SYMBOL])
    expect(() => TrancheManager.open({ account: 'other', venue, store, config })).toThrow(
      expect.objectContaining({ code: 'manager.wrong-account' }),
    )
  })

  it('in another position mode than configured it is halted: entries are refused until the mode is right and a command says so', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')

    running.venue.changeMode('ONE_WAY')
    await stage.clock.advance(100)
    expect(running.manager.health).toMatchObject({ status: 'halted', reasons: [{ code: 'positionMode' }] })
    expect(await stage.enter(running, '0.01')).toMatchObject({ accepted: false, code: 'notLive' })
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
    await stage.whileTimePasses(running.manager.resume())
    expect(running.manager.health.status).toBe('halted')

    running.venue.positionMode = 'HEDGE'
    await stage.clock.advance(20_000)
    await stage.clock.advance(60_000)
    stage.touch(running)
    await stage.clock.advance(1000)
    expect(running.manager.health.status).toBe('halted')
    await stage.whileTimePasses(running.manager.resume())
    expect(running.manager.health.status).toBe('live')
    stage.touch(running)
    expect(await stage.enter(running, '0.01')).toMatchObject({ accepted: true })
  })

  it('asks the venue for its position mode whoever resumes: a program, a page, a command', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.changeMode('ONE_WAY')
    await stage.clock.advance(100)
    await stage.whileTimePasses(running.manager.command(SYMBOL, { command: 'resume' }))
    expect(running.manager.health).toMatchObject({ status: 'halted', reasons: [{ code: 'positionMode' }] })
    running.venue.positionMode = 'HEDGE'
    await stage.clock.advance(1000)
    await stage.whileTimePasses(running.manager.command(SYMBOL, { command: 'resume' }))
    expect(running.manager.health.status).toBe('live')
  })

  it('notices another position mode that nobody told it of', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.positionMode = 'ONE_WAY'
    await stage.clock.advance(61_000)
    expect(running.manager.health).toMatchObject({ status: 'halted', reasons: [{ code: 'positionMode' }] })
  })

  it('starts in another position mode than configured, halted, and protects what it keeps', async () => {
    const stage = new Stage(TARGETS)
    const config = { ...stage.config, positionMode: 'ONE_WAY' } as const
    const running = await stage.start({ config })
    expect(running.manager.health).toMatchObject({ status: 'halted', reasons: [{ code: 'positionMode' }] })
    expect(await stage.enter(running, '0.01')).toMatchObject({ accepted: false, code: 'notLive' })
    expect(running.venue.submitted).toEqual([])
  })

  it('gives its lease back when it stops, so that the next can start at once', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    await stage.whileTimePasses(first.manager.stop())
    const second = await stage.start()
    expect([first.manager.epoch, second.manager.epoch]).toEqual([1, 2])
    await expect(stage.enter(first, '0.01')).rejects.toMatchObject({ code: 'manager.stopped' })
    await expect(first.manager.start()).rejects.toMatchObject({ code: 'manager.stopped' })
  })

  it('ends at once when its signal says so, also while it waits to start', async () => {
    const stage = new Stage(TARGETS)
    const ending = new AbortController()
    const { manager, venue } = stage.open({ signal: ending.signal })
    venue.isUnreachable = false
    const started = manager.start()
    ending.abort()
    await expect(stage.whileTimePasses(started)).rejects.toMatchObject({ code: 'manager.stopped' })
  })

  it.each([0, 1, 5, 10, 15, 30])(
    'an entry that was begun %i ms before the end is filled and protected before it ends',
    async (ms) => {
      const stage = new Stage(TARGETS)
      const running = await stage.start()
      const entering = running.manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.01' })
      await stage.clock.advance(ms)
      const stopping = running.manager.stop()
      await stage.clock.advance(500)
      await stopping

      expect(running.manager.health.reasons.map(({ code }) => code)).toContain('stopped')
      const { accepted } = await entering
      expect(stage.held('LONG')).toBe(accepted ? '0.01' : '0')
      expect(stage.resting()).toEqual(accepted ? ['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'] : [])
    },
  )

  it('stops within a bounded time although an order is never answered', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.fault = () => 'hang'
    await stage.enter(running, '0.01')
    const stopping = running.manager.stop()
    await stage.clock.advance(11_000)
    await stopping
    expect(running.manager.health.status).toBe('halted')
  })

  it('halts when it can no longer renew its lease', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    const said: string[] = []
    running.manager.on('healthChanged', ({ status, reasons }) => said.push(`${status} ${reasons[0]?.code}`))
    stage.store.isRenewable = false
    await stage.clock.advance(31_000)

    expect(said).toEqual(['halted leaseLost'])
    await expect(stage.enter(running, '0.01')).rejects.toMatchObject({ code: 'manager.stopped' })
    expect(running.venue.submitted).toEqual([])
  })

  it('keeps what commands have configured, with a snapshot and without one', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    const configure = { command: 'configure', options: { maxTranches: 1 } }
    await stage.whileTimePasses(first.manager.command(SYMBOL, configure))
    await stage.enter(first, '0.01')
    await stage.whileTimePasses(first.manager.stop())
    expect(first.manager.metrics.snapshotsSaved).toBe(1)

    const second = await stage.start()
    expect(await stage.enter(second, '0.01')).toMatchObject({ accepted: false, code: 'maxTranchesReached' })
    await stage.whileTimePasses(second.manager.stop())

    const { length: version } = await stage.events()
    const schema = `tranchebook/manager/1+${SNAPSHOT_SCHEMA}`
    await stage.store.saveSnapshot({ stream: `main/${SYMBOL}`, version, schema, state: '{"book":{},"changes":[]}' })
    const third = await stage.start()
    expect(stage.tranches(third)).toEqual(['0.01'])
    expect(await stage.enter(third, '0.01')).toMatchObject({ accepted: false, code: 'maxTranchesReached' })
    expect(DEFAULT_CONFIG.maxTranches).toBe(3)
  })

  it('asks once it owns the account, also as a standby after its wait; a no ends the start and gives the account back', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    const asked: (number | null)[] = []
    const standby = stage.open({
      standby: true,
      whenOwned: async () => {
        asked.push(standby.manager.epoch)
        await Promise.reject(new Error('the log was restored'))
      },
    })
    const starting = standby.manager.start()
    starting.catch(() => undefined)
    await stage.clock.advance(60_000)
    expect(asked).toEqual([])
    await stage.whileTimePasses(first.manager.stop())
    const { length } = await stage.events()
    await stage.clock.advance(60_000)
    await expect(starting).rejects.toThrow('the log was restored')
    expect(asked).toEqual([2])
    expect(await stage.events()).toHaveLength(length)
    expect((await stage.start()).manager.epoch).toBe(3)
  })

  it('does not start on a log that was damaged', async () => {
    const stage = new Stage(TARGETS)
    stage.store.isDamaged = true
    const { manager } = stage.open()
    await expect(stage.whileTimePasses(manager.start())).rejects.toMatchObject({ code: 'manager.log-damaged' })
  })
})
