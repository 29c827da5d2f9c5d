import { absolute, formatMoney, minus, parseMoney, plus } from '@tranchebook/core'
import { afterEach, describe, expect, it } from 'vitest'
import { BTC, Stage } from './stage.js'

const BASELINE = '1000000'
const VENUE_ROUNDING = parseMoney('0.00000001')

let stage: Stage

afterEach(async () => stage.close())

describe('the equity', () => {
  it("is the venue's own while lots and average cost have realized differently", async () => {
    stage = await Stage.open({ slPercent: '20', trancheIsolationThreshold: '9' })
    await stage.enter('0.05')
    await stage.move('47500')
    await stage.enter('0.1')
    await stage.move('49000')
    await stage.pass(30_000)

    const { bridge } = (await stage.client.book(BTC)).groups[0]!
    expect(bridge.difference).not.toBe('0')

    const { wallet, unrealized } = stage.atTheVenue()
    const { equity } = await stage.client.reconciliation(BTC)
    expect(equity).toMatchObject({
      wallet: formatMoney(wallet),
      unrealized: formatMoney(unrealized),
      equity: formatMoney(plus(wallet, unrealized)),
    })
    const difference = minus(parseMoney(equity?.booked ?? ''), minus(wallet, parseMoney(BASELINE)))
    expect(absolute(difference)).toBeLessThan(VENUE_ROUNDING)
    expect((await stage.client.state()).equity).toBe(equity?.equity)
  })
})
