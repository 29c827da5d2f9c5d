import { openBinanceMarket } from '@tranchebook/adapters'
import { parseConfig, parseEvent, parsePrice } from '@tranchebook/core'
import { TrancheManager } from '@tranchebook/manager'
import { accountOf, createPaperExchange, movePrice, openPaper, startVenue } from '@tranchebook/simulator'
import { openMemoryStore } from '@tranchebook/store'
import { afterEach, expect, it } from 'vitest'

const SYMBOL = 'BTCUSDT'
const ACCOUNT = 'paper'
const ends: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const config = parseConfig({
  positionMode: 'ONE_WAY',
  account: ACCOUNT,
  defaults: { stopLossPercent: 2, takeProfitPercent: 5 },
  symbols: { [SYMBOL]: {} },
})

it('the manager trades on paper: enters, rests its stop in this process, and is stopped out by the market', async () => {
  const real = await startVenue({ dialect: 'binance', seed: 5 })
  ends.push(() => real.close())
  const { rest, ws: streams, wsApi } = real.served
  const market = openBinanceMarket({ hosts: { rest, streams, socketApi: wsApi ?? '' } })
  const exchange = await createPaperExchange({ market, account: ACCOUNT, symbols: [SYMBOL] })
  const venue = await openPaper({
    market,
    account: ACCOUNT,
    symbols: [SYMBOL],
    exchange,
  })
  ends.push(() => venue.close())
  const store = openMemoryStore({ decode: parseEvent })
  const manager = TrancheManager.open({ account: ACCOUNT, venue, store, config })
  await manager.start()
  ends.push(() => manager.stop())

  const entry = { symbol: SYMBOL, side: 'LONG', quantity: '0.01' } as const
  const hasEntered = async () => (await manager.openTranche(entry)).accepted
  // The market tells its first mark within a second.
  await expect.poll(hasEntered, { timeout: 10_000 }).toBe(true)
  const waiting = () => [...accountOf(exchange, ACCOUNT).waiting.values()].map(({ spec }) => spec.type)
  await expect.poll(waiting, { timeout: 10_000 }).toContain('STOP_MARKET')
  const [tranche] = manager.getTranches(SYMBOL, 'LONG')
  expect(tranche?.quantity.toString()).toBe('0.01')

  movePrice(real.exchange, { symbol: SYMBOL, to: parsePrice('47000'), axis: 'both', isGap: false })
  await expect.poll(() => manager.getTranches(SYMBOL, 'LONG').length, { timeout: 10_000 }).toBe(0)
  const [position] = await venue.fetchPositions([SYMBOL])
  expect(position?.quantity).toBe(0n)
  expect(accountOf(exchange, ACCOUNT).trades.map(({ side }) => side)).toEqual(['BUY', 'SELL'])
  expect(accountOf(real.exchange, 'main').trades).toEqual([])
})
