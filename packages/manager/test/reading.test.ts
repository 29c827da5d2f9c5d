import { formatQuantity } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import type { RefusedInput } from '../src/index.js'
import { Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }

describe('reading', () => {
  it('gives a book that never changes, and a newer one when asked again', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    const before = running.manager.readBook(SYMBOL)
    await stage.enter(running, '0.01')
    const after = running.manager.readBook(SYMBOL)

    expect(before.book.groups.LONG.tranches).toEqual([])
    expect(formatQuantity(after.book.groups.LONG.quantity)).toBe('0.01')
    expect(after.version).toBeGreaterThan(before.version)
    expect(after).toMatchObject({ account: 'main', stream: `main/${SYMBOL}`, isHalted: false, waiting: 0 })
    expect(after.mark).toMatchObject({ price: 50_000_000_000_000_000n })
    expect(running.manager.readBook(SYMBOL).book).toBe(after.book)
    expect(() => {
      after.book.version = 0
    }).toThrow(TypeError)
  })

  it('gives what a book is looked at with, without the book', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    const { config, instrument, mark, isHalted } = running.manager.readBook(SYMBOL)
    expect(running.manager.readMarket(SYMBOL)).toEqual({ symbol: SYMBOL, config, instrument, mark, isHalted })
    expect(running.manager.time).toBe(running.manager.accountState().time)
  })

  it('tells how the account stands: health, ages, margin, who is unprotected since when', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    running.venue.fault = (write) =>
      'terms' in write && write.terms.orderType === 'STOP_MARKET' ? 'lose-request' : null
    const entered = stage.clock.now()
    await stage.enter(running, '0.01')
    await stage.clock.advance(3000)

    const state = running.manager.accountState()
    expect(state).toMatchObject({ account: 'main', venue: 'paper', mode: 'trade', positionMode: 'HEDGE', epoch: 1 })
    expect(state.health.status).toBe('live')
    expect(state.unknownOrders.map(({ symbol, order }) => [symbol, order.purpose])).toEqual([
      [SYMBOL, 'stop'],
      [SYMBOL, 'failSafe'],
    ])
    expect(state.unprotected).toHaveLength(1)
    expect(state.unprotected[0]).toMatchObject({ symbol: SYMBOL, side: 'LONG', uncovered: [{ tranche: 'T1' }] })
    expect(state.unprotected[0]?.since).toBeGreaterThanOrEqual(entered)
    expect(state.lastPriceTime).toBeLessThanOrEqual(state.time)
    expect(state.lastAccountTime).toBeGreaterThan(entered)
    // 0.01 at 50 000 by leverage 10.
    expect(state.marginUsed).toBe(50n * 10n ** 24n)
    expect(state.equity).toBeNull()
    expect(state.lastReconcile).toEqual(running.manager.lastReconcile())
    expect(running.manager.lastReconcile()?.symbols).toEqual([SYMBOL])
  })

  it('says which input was turned away, and why', async () => {
    const stage = new Stage(TARGETS)
    const { manager } = await stage.start()
    const refused: RefusedInput[] = []
    manager.on('inputRefused', (said) => refused.push(said))
    await stage.whileTimePasses(manager.updateUnrealizedPnl(SYMBOL, '0'))
    expect(refused).toMatchObject([{ symbol: SYMBOL, input: { type: 'mark' }, refusal: { code: 'mark.price' } }])
  })
})
