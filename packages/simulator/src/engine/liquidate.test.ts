import {
  formatMoney,
  formatPrice,
  formatQuantity,
  parseMoney,
  parsePrice,
  parseQuantity,
  roundPrice,
} from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { openExchange, spec, START } from '../../test/open-exchange.js'
import { BTCUSDT } from '../market/usual-rules.js'
import { openPositions, positionOf, walletOf } from './account.js'
import { accountOf, type Exchange } from './exchange.js'
import { advanceTo, payFunding, transfer } from './funding.js'
import { closeByVenue } from './liquidate.js'
import { liquidationPrice } from './margin.js'
import { movePrice, setMark } from './move-price.js'
import { parseRate } from './parse-rate.js'
import { placeConditional } from './place-conditional.js'
import { placeOrder } from './place-order.js'
import { setHedgeMode, setLeverage, setMarginType } from './settings.js'

function move(exchange: Exchange, to: string): void {
  movePrice(exchange, { symbol: 'BTCUSDT', to: parsePrice(to), axis: 'both', isGap: false })
}

function buy(exchange: Exchange, quantity: string): void {
  const placement = placeOrder(exchange, 'main', spec({ side: 'BUY', type: 'MARKET', quantity }))
  if (placement.type === 'refused') throw new Error(placement.message)
}

describe('liquidation', () => {
  it('comes at its price: orders go, the position closes under an id of the venue', () => {
    const { exchange, events } = openExchange({ wallet: '1000' })
    buy(exchange, '0.3')
    const account = accountOf(exchange, 'main')
    placeOrder(exchange, 'main', spec({ side: 'BUY', type: 'LIMIT', quantity: '0.002', price: '45000' }))
    placeConditional(
      exchange,
      'main',
      spec({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '40000', closePosition: true }),
    )
    // 0.3 × 50000 = 15000 in tier 1 at 0.4 %; wallet 1000 − 7.5: (992.5 − 15000) / (0.3 × (0.004 − 1)) = 46879.18…
    expect(formatPrice(liquidationPrice(exchange, account, positionOf(account, 'BTCUSDT', 'BOTH'))!)).toMatch(
      /^46879\.18/,
    )
    move(exchange, '46880')
    expect(openPositions(account)).toHaveLength(1)
    move(exchange, '46000')
    expect(openPositions(account)).toEqual([])
    expect(account.live.size + account.waiting.size).toBe(0)
    const forced = [...account.orders.values()].at(-1)!
    expect(forced.clientOrderId).toMatch(/^autoclose-/)
    expect(events.some((event) => event.type === 'order' && event.execution === 'CALCULATED')).toBe(true)
    expect(events.some((event) => event.type === 'liquidation')).toBe(true)
    expect(walletOf(account, 'USDT') >= 0n).toBe(true)
  })

  it('takes half of a position where that is enough, and the rest later', () => {
    const { exchange, events } = openExchange({ wallet: '5000000', behaviour: { liquidation: 'halves' } })
    const account = accountOf(exchange, 'main')
    setLeverage(exchange, 'main', { symbol: 'BTCUSDT', leverage: 10 })
    for (const quantity of ['100', '100', '100', '100']) buy(exchange, quantity)
    const position = positionOf(account, 'BTCUSDT', 'BOTH')
    const first = liquidationPrice(exchange, account, position)
    if (first === null) throw new Error('a position of 20 million on 5 million has a liquidation price')
    move(exchange, formatPrice(roundPrice(BTCUSDT.instrument, first, 'down')))

    expect(formatQuantity(position.amount)).toBe('200')
    expect(events.filter(({ type }) => type === 'liquidation')).toHaveLength(1)
    move(exchange, '25000')
    expect(formatQuantity(position.amount)).toBe('0')
    expect(walletOf(account, 'USDT') >= 0n).toBe(true)
  })

  it('leaves no debt behind a gap', () => {
    const { exchange } = openExchange({ wallet: '1000' })
    buy(exchange, '0.3')
    movePrice(exchange, { symbol: 'BTCUSDT', to: parsePrice('40000'), axis: 'both', isGap: true })
    expect(formatMoney(walletOf(accountOf(exchange, 'main'), 'USDT'))).toBe('0')
    expect(exchange.insurance < 0n).toBe(true)
  })

  it('of an isolated position leaves the rest of the wallet alone', () => {
    const { exchange } = openExchange()
    setMarginType(exchange, 'main', { symbol: 'BTCUSDT', marginType: 'ISOLATED' })
    setLeverage(exchange, 'main', { symbol: 'BTCUSDT', leverage: 50 })
    buy(exchange, '0.1')
    const account = accountOf(exchange, 'main')
    expect(formatMoney(positionOf(account, 'BTCUSDT', 'BOTH').isolatedWallet)).toBe('100')
    move(exchange, '49000')
    expect(openPositions(account)).toEqual([])
    expect(walletOf(account, 'USDT') > parseMoney('9800')).toBe(true)
  })

  it('of one symbol comes from the mark of another', () => {
    const { exchange } = openExchange({ wallet: '2000' })
    buy(exchange, '0.3')
    placeOrder(exchange, 'main', spec({ symbol: 'ETHUSDT', side: 'BUY', type: 'MARKET', quantity: '5' }))
    setMark(exchange, 'ETHUSDT', parsePrice('2620'))
    expect(openPositions(accountOf(exchange, 'main'))).toEqual([])
  })
})

it('deleveraging and settlement close under ids of their own', () => {
  const { exchange } = openExchange()
  buy(exchange, '0.02')
  const side = { symbol: 'BTCUSDT', positionSide: 'BOTH' as const }
  closeByVenue(exchange, 'main', { ...side, quantity: parseQuantity('0.005'), by: 'adl' })
  closeByVenue(exchange, 'main', { ...side, quantity: null, by: 'settlement' })
  const ids = [...accountOf(exchange, 'main').orders.values()].slice(1).map((order) => order.clientOrderId)
  expect(ids[0]).toBe('adl_autoclose')
  expect(ids[1]).toMatch(/^settlement_autoclose-/)
  expect(openPositions(accountOf(exchange, 'main'))).toEqual([])
})

it('funding goes from longs to shorts, by hand and by the clock', () => {
  const { exchange, events } = openExchange()
  setHedgeMode(exchange, 'main', true)
  const market = { type: 'MARKET' as const, quantity: '0.02' }
  placeOrder(exchange, 'main', spec({ ...market, side: 'BUY', positionSide: 'LONG' }))
  placeOrder(exchange, 'main', spec({ ...market, side: 'SELL', positionSide: 'SHORT', quantity: '0.01' }))
  payFunding(exchange, 'BTCUSDT', parseRate('0.001'))
  const paid = (): readonly string[] =>
    accountOf(exchange, 'main')
      .income.filter(({ type }) => type === 'FUNDING_FEE')
      .map(({ amount }) => formatMoney(amount))
  expect(paid()).toEqual(['-1', '0.5'])
  advanceTo(exchange, START + 28_800_000)
  expect(paid()).toEqual(['-1', '0.5', '-0.1', '0.05'])
  expect(events.filter((event) => event.type === 'account' && event.reason === 'FUNDING_FEE')).toHaveLength(4)
})

it('settings refuse what the venue refuses', () => {
  const { exchange } = openExchange()
  transfer(exchange, 'main', { asset: 'USDT', amount: parseMoney('-1') })
  expect(setHedgeMode(exchange, 'main', false)).toMatchObject({ code: -4059 })
  expect(setLeverage(exchange, 'main', { symbol: 'BTCUSDT', leverage: 126 })).toMatchObject({ code: -4028 })
  expect(setMarginType(exchange, 'main', { symbol: 'BTCUSDT', marginType: 'CROSSED' })).toMatchObject({ code: -4046 })
  buy(exchange, '0.01')
  expect(setHedgeMode(exchange, 'main', true)).toMatchObject({ code: -4068 })
  expect(setMarginType(exchange, 'main', { symbol: 'BTCUSDT', marginType: 'ISOLATED' })).toMatchObject({ code: -4048 })
})
