import type { WriteResult } from '@tranchebook/adapters'
import type { BookEvent } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { PaperVenue } from './paper-venue.js'
import { type Process, Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }

const BANNED: WriteResult = {
  outcome: 'refused',
  reason: 'other',
  code: '-1099',
  message: 'No cancels for now.',
  isPermanent: false,
  retryAfterMs: null,
}

/** The venue refuses all cancels, until told otherwise. */
function refuseCancels({ venue }: Process): { end: () => void } {
  let isOver = false
  venue.cancel = async (order) => {
    if (isOver) return PaperVenue.prototype.cancel.call(venue, order)
    venue.cancelled.push(order)
    return Promise.resolve(BANNED)
  }
  return {
    end: () => {
      isOver = true
    },
  }
}

/** Pauses that were decided on after refusals, in seconds; none was cut short. */
function pauses(events: readonly BookEvent[]): readonly number[] {
  const decided: number[] = []
  let retryTime = 0
  for (const event of events)
    if (event.type === 'CancelIntended') expect(event.time).toBeGreaterThanOrEqual(retryTime)
    else if (event.type === 'CancelRefused') {
      retryTime = event.retryTime ?? 0
      decided.push((retryTime - event.time) / 1000)
    }
  return decided
}

describe('a cancel that the venue refuses', () => {
  it('of an entry is tried again with growing pauses, and what fills meanwhile is protected', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    const answer = await stage.enter(running, '0.01', '49900')
    const [entry = ''] = answer.accepted ? answer.orders : []
    const { end } = refuseCancels(running)
    await stage.whileTimePasses(running.manager.pause())
    await stage.clock.advance(119_000)

    expect(pauses(await stage.events())).toEqual([1, 2, 4, 8, 16, 30, 30, 30])
    const [reason] = running.manager.health.reasons
    expect(reason).toMatchObject({ code: 'cancelRefused', level: 'degraded', symbol: SYMBOL })
    expect(reason?.message).toContain(`8 times since 2026-01-05T12:00:00`)
    expect(reason?.message).toContain(`to cancel entry ${entry} of ${SYMBOL}: -1099 No cancels for now.`)

    stage.exchange.fillPart(entry, '0.004')
    await stage.clock.advance(100)
    expect(stage.resting()).toEqual(['LIMIT 49900 0.01', 'LIMIT 52395 0.004', 'STOP_MARKET 48902 0.004'])
    expect(running.manager.metrics.unprotectedMs).toBe(0)

    end()
    stage.touch(running)
    await stage.clock.advance(31_000)
    expect(stage.resting()).toEqual(['LIMIT 52395 0.004', 'STOP_MARKET 48902 0.004'])
    expect(running.manager.health.reasons).toEqual([])
  })

  it('goes on with its pauses after a restart', async () => {
    const stage = new Stage(TARGETS)
    const first = await stage.start()
    await stage.enter(first, '0.01', '49900')
    refuseCancels(first)
    await stage.whileTimePasses(first.manager.pause())
    await stage.clock.advance(29_500)
    await stage.whileTimePasses(first.manager.stop())

    const second = stage.open()
    refuseCancels(second)
    void second.manager.start()
    await stage.clock.advance(60_000)
    expect(pauses(await stage.events())).toEqual([1, 2, 4, 8, 16, 30, 30])
    expect(second.manager.health.reasons).toMatchObject([{ code: 'cancelRefused' }])
  })

  it('of stops and take profits likewise: what stands for them rests beside them, or waits', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    const { end } = refuseCancels(running)
    const move = { command: 'moveStop', tranche: 'T1', price: '49500' }
    await stage.whileTimePasses(running.manager.command(SYMBOL, move))
    const aim = { command: 'moveTakeProfit', tranche: 'T1', price: '53000' }
    await stage.whileTimePasses(running.manager.command(SYMBOL, aim))
    await stage.clock.advance(118_000)

    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01', 'STOP_MARKET 49500 0.01'])
    expect(running.venue.cancelled).toHaveLength(16)
    expect(running.manager.metrics.unprotectedMs).toBe(0)
    expect(running.manager.health.reasons).toMatchObject([{ code: 'cancelRefused' }])

    end()
    stage.touch(running)
    await stage.clock.advance(31_000)
    expect(stage.resting()).toEqual(['LIMIT 53000 0.01', 'STOP_MARKET 49500 0.01'])
    expect(running.manager.health.reasons).toEqual([])
  })

  it('of what is wanted again is forgotten', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    refuseCancels(running)
    const aim = (price: string): Promise<unknown> =>
      stage.whileTimePasses(running.manager.command(SYMBOL, { command: 'moveTakeProfit', tranche: 'T1', price }))
    await aim('53000')
    await stage.clock.advance(10_000)
    expect(running.manager.health.reasons).toMatchObject([{ code: 'cancelRefused' }])

    await aim('52500')
    await stage.clock.advance(20_000)
    expect(stage.resting()).toEqual(['LIMIT 52500 0.01', 'STOP_MARKET 49000 0.01'])
    expect(running.manager.health.reasons).toEqual([])
  })
})
