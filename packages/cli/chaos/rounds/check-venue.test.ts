import { parseMoney, parsePrice, parseQuantity } from '@tranchebook/core'
import {
  accountOf,
  BINANCE_BEHAVIOUR,
  BTCUSDT,
  createExchange,
  type Exchange,
  openAccount,
  type OrderSpec,
  placeConditional,
  placeOrder,
  PLAIN_SPEC,
  setHedgeMode,
} from '@tranchebook/simulator'
import { beforeEach, describe, expect, it } from 'vitest'
import type { KeeperReport } from '../keeper/keeper-words.js'
import { checkVenue } from './check-venue.js'

let exchange: Exchange

function order(spec: Partial<OrderSpec>): OrderSpec {
  return {
    ...PLAIN_SPEC,
    symbol: 'BTCUSDT',
    side: 'BUY',
    type: 'MARKET',
    positionSide: 'LONG',
    quantity: parseQuantity('0.01'),
    clientOrderId: 'tb-1',
    ...spec,
  }
}

const stop = (quantity: string): OrderSpec =>
  order({
    side: 'SELL',
    type: 'STOP_MARKET',
    quantity: parseQuantity(quantity),
    triggerPrice: parsePrice('45000'),
    clientOrderId: 'tb-2',
  })

function truth(): KeeperReport {
  const fills = accountOf(exchange, 'main').trades.map(({ id }) => id)
  return { fills, intents: ['tb-1', 'tb-2'], quantity: '0.01', isReplayed: true, damage: null, unprotectedMs: 0 }
}

beforeEach(() => {
  const markets = [{ rules: BTCUSDT, price: parsePrice('50000') }]
  exchange = createExchange({ markets, behaviour: BINANCE_BEHAVIOUR, seed: 1, startTime: 1_714_000_000_000 })
  openAccount(exchange, 'main', new Map([['USDT', parseMoney('10000')]]))
  setHedgeMode(exchange, 'main', true)
  placeOrder(exchange, 'main', order({}))
})

describe('checkVenue', () => {
  it('finds nothing where all is well', () => {
    placeConditional(exchange, 'main', stop('0.01'))
    expect(checkVenue(exchange, truth())).toEqual([])
  })

  it('finds what is not behind a stop, and stops for more than there is', () => {
    expect(checkVenue(exchange, { ...truth(), intents: ['tb-1'] })).toEqual(['stops for 0 of 0.01 open'])
    placeConditional(exchange, 'main', stop('0.02'))
    expect(checkVenue(exchange, truth())).toEqual(['stops for 0.02 of 0.01 open'])
  })

  it('finds fills that were lost or booked twice', () => {
    placeConditional(exchange, 'main', stop('0.01'))
    const { fills } = truth()
    expect(checkVenue(exchange, { ...truth(), fills: [] })).toEqual([`fill ${fills[0]} was lost`])
    expect(checkVenue(exchange, { ...truth(), fills: [...fills, ...fills] })).toEqual([
      `fill ${fills[0]} was booked twice`,
    ])
  })

  it('finds orders without an intent, and an intent that was sent twice', () => {
    placeConditional(exchange, 'main', stop('0.01'))
    expect(checkVenue(exchange, { ...truth(), intents: ['tb-2'] })).toEqual(['order tb-1 was placed without an intent'])
    placeOrder(exchange, 'main', order({}))
    const found = checkVenue(exchange, { ...truth(), quantity: '0.02' })
    expect(found).toEqual(['stops for 0.01 of 0.02 open', 'order tb-1 was placed twice'])
  })

  it('finds another position, a damaged log, and a log that tells another story', () => {
    placeConditional(exchange, 'main', stop('0.01'))
    const wrong = { ...truth(), quantity: '0', isReplayed: false, damage: 'event 3' }
    expect(checkVenue(exchange, wrong)).toEqual([
      'the log replays to another state than the live one',
      'the log is damaged: event 3',
      'the venue holds 0.01, the book 0',
    ])
  })
})
