import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BTC, Stage } from './stage.js'

let stage: Stage

beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(async () => stage.close())

describe('what the page shows', () => {
  it('first says whether everything is protected', async () => {
    await stage.enter('0.1')
    expect(await stage.client.state()).toMatchObject({
      title: 'main',
      badge: 'SIM',
      venue: 'simulated',
      sending: 'trade',
      isReadOnly: false,
      health: { status: 'live', reasons: [], advice: 'Nothing to do.' },
      shield: { protected: true, unprotected: [] },
      unknownOrders: [],
      leaseEpoch: 1,
      books: 2,
    })
  })

  it('gives a book its figures at the newest mark', async () => {
    await stage.enter('0.1')
    await stage.move('51000')
    const { groups, mark, orders } = await stage.client.book(BTC)
    // 0.1 * (51 000 - 50 000) = 100; market fee 0.05 % of 5 000 = 2.5
    expect(mark).toBe('51000')
    expect(groups).toMatchObject([
      { side: 'LONG', quantity: '0.1', weightedAverageEntry: '50000', unrealizedPnl: '100', protected: true },
    ])
    expect(groups[0]?.tranches).toMatchObject([{ id: 'T1', unrealizedPnl: '100', pnlPercent: '2', isProtected: true }])
    expect(orders.map(({ purpose }) => purpose).toSorted()).toEqual(['stop', 'takeProfit', 'takeProfit', 'takeProfit'])
  })

  it('shows targets that were hit, and the rung the stop stands on', async () => {
    await stage.enter('0.1')
    await stage.move('51500')
    const { groups } = await stage.client.book(BTC)
    const [row] = groups[0]?.tranches ?? []
    expect(row).toMatchObject({ quantity: '0.06', realizedPnl: '60', stopLossPrice: '50000', stopRung: 'ladder' })
    expect(row?.takeProfit.levels.map(({ isHit }) => isHit)).toEqual([true, false, false])
    expect(row?.reductions).toMatchObject([{ quantity: '0.04', price: '51500', realizedPnl: '60' }])
  })
})
