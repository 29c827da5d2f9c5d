import {
  type AccountEvent,
  type MarketEvent,
  type MarketSource,
  openAsterMarket,
  openBinanceMarket,
} from '@tranchebook/adapters'
import { formatPrice, formatQuantity, parseMoney, parsePrice, parseQuantity } from '@tranchebook/core'
import { afterEach, describe, expect, it } from 'vitest'
import { refOf, request, serve, until } from '../../test/serve.js'
import { playTrade } from '../engine/move-price.js'
import type { Dialect } from '../server/context.js'
import type { ServedVenue } from '../server/serve-venue.js'
import { openPaper } from './open-paper.js'

const ends: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

function marketOf(dialect: Dialect, { rest, ws, wsApi }: ServedVenue): MarketSource {
  return dialect === 'binance'
    ? openBinanceMarket({ hosts: { rest, streams: ws, socketApi: wsApi ?? '' } })
    : openAsterMarket({ hosts: { rest, streams: ws, chainId: 1666 } })
}

/** The server stands for the real venue: its own account must stay untouched. */
async function open(dialect: Dialect) {
  const { exchange: real, served, move } = await serve(dialect)
  ends.push(() => served.close())
  const market = marketOf(dialect, served)
  const venue = await openPaper({ market, account: 'paper', symbols: ['BTCUSDT'] })
  ends.push(() => venue.close())
  const marks: MarketEvent[] = []
  const stream = venue.streamMarks(['BTCUSDT'], (event) => marks.push(event))
  await stream.opened
  const trade = (price: string, quantity: string): void => {
    playTrade(real, {
      symbol: 'BTCUSDT',
      price: parsePrice(price),
      quantity: parseQuantity(quantity),
      takerSide: 'SELL',
    })
  }
  return { real, served, move, venue, marks, trade }
}

const markAt = (price: string) => (event: MarketEvent) => event.type === 'mark' && formatPrice(event.price) === price

describe.each(['binance', 'aster'] as const)('paper on %s', (dialect) => {
  it('fills at the prices of the market, and asks nothing of any account there', async () => {
    const { venue, real, move, marks } = await open(dialect)
    move('51000')
    await until('the mark', () => marks.some(markAt('51000')))

    expect(await venue.submit(request({ clientOrderId: 'E1' }))).toMatchObject({ outcome: 'acknowledged' })
    const { fills } = await venue.fetchTrades({ symbol: 'BTCUSDT', afterId: null, since: null })
    expect(fills.map((fill) => `${fill.account} ${formatPrice(fill.price)}`)).toEqual(['paper 51000.1'])
    expect(real.accounts.get('main')?.trades).toEqual([])
    // A price that came some time ago must not pass for the present one.
    expect((await venue.fetchPositions(['BTCUSDT'])).map(({ markPrice }) => markPrice)).toEqual([null])
    expect(marks.filter(({ type }) => type === 'connected')).toHaveLength(1)
    expect(await venue.fetchCandles('BTCUSDT', '1m', 1)).toMatchObject([{ high: parsePrice('51000') }])
  })

  it('fires a stop when the mark of the market gets there', async () => {
    const { venue, move } = await open(dialect)
    const lines: string[] = []
    const stream = venue.streamAccount((event: AccountEvent) => {
      if (event.type === 'resyncNeeded') stream.resume(event.resync)
      if (event.type === 'fill') lines.push(`${event.clientOrderId} ${formatQuantity(event.quantity)}`)
    })
    await stream.opened
    await venue.submit(request({ clientOrderId: 'E1' }))
    const terms = { orderType: 'STOP_MARKET', orderSide: 'SELL', triggerPrice: '49000', reduceOnly: true } as const
    const stop = request({ clientOrderId: 'S1', ...terms })
    await venue.submit(stop)

    move('48900')
    await until('the stop', () => lines.includes('S1 0.02'))
    expect(await venue.findOrder(refOf(stop))).toMatchObject({ type: 'found', report: { status: 'filled' } })
    expect(lines).toEqual(['E1 0.02', 'S1 0.02'])
  })

  it('fills a resting order by the trades that meet it, as far as they go', async () => {
    const { venue, trade } = await open(dialect)
    const limit = request({ clientOrderId: 'L1', orderType: 'LIMIT', price: '49990', quantity: '0.03' })
    await venue.submit(limit)
    trade('49990', '0.01')
    const filled = async (): Promise<string> => {
      const [resting] = await venue.fetchOpenOrders('BTCUSDT')
      return resting === undefined ? 'none' : formatQuantity(resting.filledQuantity)
    }
    await expect.poll(filled, { timeout: 5_000 }).toBe('0.01')
    trade('49980', '5')
    await expect.poll(filled, { timeout: 5_000 }).toBe('none')
  })

  it('passes a gap of the market on, and comes back', async () => {
    const { marks, served, move } = await open(dialect)
    await until('a mark', () => marks.some(markAt('50000')))
    served.cutStreams()
    await until('the gap', () => marks.some(({ type }) => type === 'gap'))
    move('50500')
    await until('the mark after it', () => marks.some(markAt('50500')))
    expect(marks.filter(({ type }) => type === 'connected')).toHaveLength(2)
  })
})

it('says which symbol is not there, and what a wallet begins with', async () => {
  const { served } = await serve('binance')
  ends.push(() => served.close())
  const market = marketOf('binance', served)
  ends.push(() => market.close())
  const wanted = { market, account: 'paper', symbols: ['NOSUCHUSDT'] }
  await expect(openPaper(wanted)).rejects.toMatchObject({ code: 'simulator.unknown-symbol' })

  const wallets = new Map([['USDT', parseMoney('250')]])
  const venue = await openPaper({ ...wanted, symbols: ['ETHUSDT'], wallets, mode: 'HEDGE' })
  ends.push(() => venue.close())
  expect(await venue.fetchPositionMode()).toBe('HEDGE')
  expect(await venue.fetchBalances()).toMatchObject([{ asset: 'USDT', walletBalance: '250' }])
  expect((await venue.fetchInstruments()).map(({ symbol }) => symbol)).toEqual(['ETHUSDT'])
})
