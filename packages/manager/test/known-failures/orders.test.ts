import { parseQuantity } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { Stage, SYMBOL } from '../stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }

describe('orders', () => {
  it('known failure 27: an order that is placed opens nothing; one that is cancelled leaves nothing', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    const answer = await stage.enter(running, '0.01', '45000')
    expect(answer).toMatchObject({ accepted: true })
    expect(stage.tranches(running)).toEqual([])

    stage.exchange.cancel(answer.accepted ? (answer.orders[0] ?? '') : '')
    await stage.clock.advance(1000)
    expect(stage.tranches(running)).toEqual([])
    expect(stage.resting()).toEqual([])
    expect(running.manager.readBook(SYMBOL).book.orders.size).toBe(0)
  })

  it('known failure 35, code −4005: a stop above the maximum becomes stops that sum exactly', async () => {
    const stage = new Stage(TARGETS)
    stage.limit({ maxMarketQuantity: parseQuantity('0.02'), maxQuantity: parseQuantity('0.05') })
    const running = await stage.start()
    stage.exchange.tradeByHand(SYMBOL, 'LONG', { quantity: '0.05', isOpening: true })
    await stage.clock.advance(20_000)
    expect(stage.resting()).toEqual([
      'LIMIT 52500 0.05',
      'STOP_MARKET 49000 0.01',
      'STOP_MARKET 49000 0.02',
      'STOP_MARKET 49000 0.02',
    ])
    expect(running.manager.accountState().unprotected).toEqual([])
  })

  it('known failure 40, 17: a market close of one tranche is booked to that tranche, once', async () => {
    const stage = new Stage({ ...TARGETS, closingStrategy: 'LIFO' })
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.enter(running, '0.02')
    await stage.whileTimePasses(running.manager.closeTranche({ symbol: SYMBOL, tranche: 'T1' }))
    await stage.clock.advance(40_000)
    expect(stage.tranches(running)).toEqual(['0.02'])
    expect(stage.held('LONG')).toBe('0.02')
    expect(stage.sent(running, 'exit')).toHaveLength(1)
  })

  it('known failure 48, incident 16: the fills of stops and targets close, and never open anything', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    running.venue.setMark(SYMBOL, '52500')
    await stage.clock.advance(1000)
    expect(stage.tranches(running)).toEqual([])
    expect(running.manager.getTranches(SYMBOL, 'SHORT')).toEqual([])
    expect((await stage.events()).filter(({ type }) => type === 'TrancheOpened')).toHaveLength(1)
  })

  it('known failure 52: while an average moves there is a stop at every moment, and «unknown order» is looked into', async () => {
    const stage = new Stage({ ...TARGETS, entryMode: 'AVERAGE_UNTIL_UNDERWATER' })
    const running = await stage.start()
    await stage.enter(running, '0.01')
    const covered: boolean[] = []
    const leave = stage.exchange.listen(() => {
      const stops = stage.resting().filter((order) => order.startsWith('STOP_MARKET'))
      covered.push(stops.length > 0)
    })
    running.venue.setMark(SYMBOL, '49500')
    await stage.enter(running, '0.01')
    await stage.clock.advance(2000)
    leave()
    expect(covered.length).toBeGreaterThan(2)
    expect(covered.every(Boolean)).toBe(true)
    expect(stage.tranches(running)).toEqual(['0.02'])
    // The average of 50 000 and 49 500 is 49 750: a stop at 48 755, a target at 52 237.5.
    expect(stage.resting()).toEqual(['LIMIT 52237.5 0.02', 'STOP_MARKET 48755 0.02'])
  })

  it('known failure 53: closing at once after a part of the target has filled closes what is left, and no more', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.01')
    await stage.enter(running, '0.03')
    const [target] = stage.sent(running, 'takeProfit')
    stage.exchange.fillPart(target ?? '', '0.004')
    await stage.clock.advance(500)
    await stage.whileTimePasses(running.manager.closeTranche({ symbol: SYMBOL, tranche: 'T1' }))
    await stage.clock.advance(1000)
    expect(stage.held('LONG')).toBe('0.03')
    expect(stage.tranches(running)).toEqual(['0.03'])
  })

  it('known failure 60: of orders that shared a request each is known by its own id', async () => {
    const scaledTpLevels = ['1', '2', '3'].map((profitPercent) => ({ profitPercent, closePercent: '30' }))
    const stage = new Stage({ slPercent: '2', enableScaledTakeProfit: true, scaledTpLevels })
    const running = await stage.start()
    await stage.enter(running, '0.03')
    const orders = [...running.manager.readBook(SYMBOL).book.orders.values()]
    const ids = orders.map(({ venueOrderId }) => venueOrderId)
    expect(ids).not.toContain(null)
    expect(new Set(ids).size).toBe(4)
  })

  it('incident 5: a stop is never larger than what is held, after any partial exit', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.enter(running, '0.03')
    await stage.whileTimePasses(running.manager.closeTranche({ symbol: SYMBOL, tranche: 'T1', quantity: '0.01' }))
    await stage.clock.advance(1000)
    expect(stage.resting()).toEqual(['LIMIT 52500 0.02', 'STOP_MARKET 49000 0.02'])
  })

  it('incident 21: an entry that hangs half filled keeps nothing from being protected', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    const answer = await stage.enter(running, '0.03', '49900')
    stage.exchange.fillPart(answer.accepted ? (answer.orders[0] ?? '') : '', '0.01')
    await stage.clock.advance(1000)
    expect(stage.resting()).toContain('STOP_MARKET 48902 0.01')
    expect(running.manager.accountState().unprotected).toEqual([])
  })
})
