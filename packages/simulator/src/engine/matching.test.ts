import { formatMoney, formatPrice, formatQuantity, parseMoney, parsePrice, parseQuantity } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { openExchange, spec, START } from '../../test/open-exchange.js'
import { openPositions, walletOf } from './account.js'
import { amendOrder } from './amend-order.js'
import { cancelAllConditionals, cancelAllOrders, cancelOrder, findOrder } from './cancel-order.js'
import { accountOf, type Exchange, marketOf, openAccount } from './exchange.js'
import { advanceTo } from './funding.js'
import { entryPriceOf } from './margin.js'
import { movePrice, playTrade } from './move-price.js'
import type { OrderSpec, SimulatedOrder } from './order.js'
import { type Placement, placeOrder } from './place-order.js'
import { setHedgeMode } from './settings.js'

function order(placement: Placement): SimulatedOrder {
  if (placement.type === 'refused') throw new Error(`${placement.code} ${placement.message}`)
  return placement.order
}

function place(exchange: Exchange, terms: OrderSpec, account = 'main'): SimulatedOrder {
  return order(placeOrder(exchange, account, terms))
}

function codeOf(exchange: Exchange, terms: OrderSpec): number | null {
  const placement = placeOrder(exchange, 'main', terms)
  return placement.type === 'refused' ? placement.code : null
}

function move(exchange: Exchange, to: string, isGap = false): void {
  movePrice(exchange, { symbol: 'BTCUSDT', to: parsePrice(to), axis: 'both', isGap })
}

function held(exchange: Exchange, account = 'main'): string {
  return openPositions(accountOf(exchange, account))
    .map((one) => `${one.positionSide} ${formatQuantity(one.amount)} @ ${formatPrice(entryPriceOf(one))}`)
    .join(', ')
}

const buy = (quantity: string): OrderSpec => spec({ side: 'BUY', type: 'MARKET', quantity })
const sell = (quantity: string): OrderSpec => spec({ side: 'SELL', type: 'MARKET', quantity })

describe('market and limit orders', () => {
  it('fill, average, realize by average cost and pay fees', () => {
    const { exchange } = openExchange()
    place(exchange, buy('0.01'))
    move(exchange, '51000')
    place(exchange, buy('0.01'))
    expect(held(exchange)).toBe('BOTH 0.02 @ 50500')
    move(exchange, '52000')
    place(exchange, sell('0.005'))
    const account = accountOf(exchange, 'main')
    // (52000 − 50500) × 0.005
    expect(formatMoney(account.trades.at(-1)!.realizedPnl)).toBe('7.5')
    // 10000 + 7.5 − 0.0005 × (500 + 510 + 260)
    expect(formatMoney(walletOf(account, 'USDT'))).toBe('10006.865')
  })

  it('turn a one-way position round', () => {
    const { exchange } = openExchange()
    place(exchange, buy('0.01'))
    move(exchange, '49000')
    place(exchange, sell('0.03'))
    expect(held(exchange)).toBe('BOTH -0.02 @ 49000')
    expect(formatMoney(accountOf(exchange, 'main').trades.at(-1)!.realizedPnl)).toBe('-10')
  })

  it('rest until the price comes, then fill as maker at their own price', () => {
    const { exchange, events } = openExchange()
    const resting = place(exchange, spec({ side: 'BUY', type: 'LIMIT', quantity: '0.01', price: '49000' }))
    expect(resting.status).toBe('NEW')
    move(exchange, '48000')
    expect(resting.status).toBe('FILLED')
    const [trade] = accountOf(exchange, 'main').trades
    expect(trade).toMatchObject({ price: parsePrice('49000'), maker: true })
    expect(formatMoney(trade!.fee)).toBe('0.098')
    expect(events.map((event) => event.type)).toEqual(['order', 'account', 'order'])
  })

  it('fill best price first, then oldest, as far as a trade of others reaches', () => {
    const { exchange } = openExchange()
    const low = place(exchange, spec({ side: 'BUY', type: 'LIMIT', quantity: '0.01', price: '48900' }))
    const first = place(exchange, spec({ side: 'BUY', type: 'LIMIT', quantity: '0.01', price: '49000' }))
    const second = place(exchange, spec({ side: 'BUY', type: 'LIMIT', quantity: '0.01', price: '49000' }))
    playTrade(exchange, {
      symbol: 'BTCUSDT',
      price: parsePrice('49000'),
      quantity: parseQuantity('0.015'),
      takerSide: 'SELL',
    })
    expect([first, second, low].map((one) => formatQuantity(one.executed))).toEqual(['0.01', '0.005', '0'])
    expect(second.status).toBe('PARTIALLY_FILLED')
  })

  it('of two accounts meet each other before the market', () => {
    const { exchange } = openExchange({ liquidity: { spreadTicks: 100 } })
    openAccount(exchange, 'other', accountOf(exchange, 'main').wallets)
    place(exchange, spec({ side: 'SELL', type: 'LIMIT', quantity: '0.01', price: '50005' }), 'other')
    place(exchange, buy('0.03'))
    const prices = accountOf(exchange, 'main').trades.map((trade) => formatPrice(trade.price))
    // 100 ticks of 0.1 above 50000
    expect(prices).toEqual(['50005', '50010'])
    expect(held(exchange, 'other')).toBe('BOTH -0.01 @ 50005')
  })

  it('walk the levels of a finite book and expire what they cannot fill', () => {
    const { exchange } = openExchange()
    marketOf(exchange, 'BTCUSDT').book = {
      bids: [],
      asks: [
        { price: parsePrice('50000'), quantity: parseQuantity('0.01') },
        { price: parsePrice('50001'), quantity: parseQuantity('0.01') },
      ],
    }
    const taker = place(exchange, buy('0.05'))
    expect(taker.status).toBe('EXPIRED')
    expect(held(exchange)).toBe('BOTH 0.02 @ 50000.5')
  })
})

describe('time in force', () => {
  const limit = (timeInForce: OrderSpec['timeInForce'], price: string): OrderSpec =>
    spec({ side: 'BUY', type: 'LIMIT', quantity: '0.02', price, timeInForce })
  const thin = { quantityPerLevel: parseQuantity('0.01'), ticksBetweenLevels: 1 }

  it('IOC takes what is there and expires', () => {
    const { exchange } = openExchange({ liquidity: thin })
    const taken = place(exchange, limit('IOC', '50000'))
    expect([taken.status, formatQuantity(taken.executed)]).toEqual(['EXPIRED', '0.01'])
  })

  it('FOK takes all or nothing', () => {
    const { exchange } = openExchange({ liquidity: thin })
    expect(codeOf(exchange, limit('FOK', '50000'))).toBe(-5021)
    expect(place(exchange, limit('FOK', '50000.1')).status).toBe('FILLED')
  })

  it('GTX never takes', () => {
    const { exchange } = openExchange()
    expect(codeOf(exchange, limit('GTX', '50000'))).toBe(-5022)
    expect(place(exchange, limit('GTX', '49999.9')).status).toBe('NEW')
  })
})

describe('good till date', () => {
  it('ends at its time, and asks for ten minutes', () => {
    const { exchange } = openExchange()
    const dated = { side: 'BUY' as const, quantity: '0.01', timeInForce: 'GTD' as const }
    const until = (goodTillTime: number): OrderSpec => spec({ ...dated, type: 'LIMIT', price: '49000', goodTillTime })
    expect(codeOf(exchange, until(START + 600_000))).toBe(-5040)
    const first = place(exchange, until(START + 700_000))
    const second = place(exchange, until(START + 800_000))
    advanceTo(exchange, START + 750_000)
    expect([first.status, second.status]).toEqual(['EXPIRED', 'NEW'])
    advanceTo(exchange, START + 800_000)
    expect(second.status).toBe('EXPIRED')
  })
})

describe('refusals', () => {
  it.each<[string, Partial<Parameters<typeof spec>[0]>, number]>([
    ['price off tick', { price: '49000.05' }, -4014],
    ['price not above 0', { price: '0' }, -4001],
    ['price above the band', { price: '52500.1' }, -4016],
    ['quantity off step', { quantity: '0.0015' }, -4023],
    ['quantity 0', { quantity: '0' }, -4003],
    ['quantity above the maximum', { quantity: '1001' }, -4005],
    ['market quantity above its maximum', { type: 'MARKET', quantity: '121' }, -4005],
    ['notional below the minimum', { quantity: '0.001', price: '49000' }, -4164],
    ['position side in one-way mode', { positionSide: 'LONG' }, -4061],
    ['reduce-only without a position', { reduceOnly: true }, -2022],
    ['more margin than there is', { quantity: '10' }, -2019],
    ['client id too long', { clientOrderId: 'x'.repeat(37) }, -4015],
  ])('%s', (_, terms, code) => {
    const { exchange } = openExchange()
    expect(codeOf(exchange, spec({ side: 'BUY', type: 'LIMIT', quantity: '0.01', price: '49000', ...terms }))).toBe(
      code,
    )
    expect(accountOf(exchange, 'main').orders.size).toBe(0)
  })

  it('a client id twice among open orders, not after', () => {
    const { exchange } = openExchange()
    const twin = spec({ side: 'BUY', type: 'LIMIT', quantity: '0.01', price: '49000', clientOrderId: 'A' })
    place(exchange, twin)
    expect(codeOf(exchange, twin)).toBe(-4116)
    move(exchange, '49000')
    expect(codeOf(exchange, { ...twin, price: parsePrice('48000') })).toBeNull()
  })

  it('hedge mode asks for a side, forbids reduce-only, and never flips', () => {
    const { exchange } = openExchange()
    setHedgeMode(exchange, 'main', true)
    expect(codeOf(exchange, buy('0.01'))).toBe(-4061)
    expect(codeOf(exchange, { ...buy('0.01'), positionSide: 'LONG', reduceOnly: true })).toBe(-1106)
    place(exchange, { ...buy('0.01'), positionSide: 'LONG' })
    place(exchange, { ...sell('0.02'), positionSide: 'SHORT' })
    expect(held(exchange)).toBe('LONG 0.01 @ 50000, SHORT -0.02 @ 50000')
    place(exchange, { ...sell('0.05'), positionSide: 'LONG' })
    expect(held(exchange)).toBe('SHORT -0.02 @ 50000')
  })
})

describe('reduce-only', () => {
  it('is cut to the position, counts those that rest, and goes when the position is flat', () => {
    const { exchange } = openExchange()
    place(exchange, buy('0.02'))
    const first = place(
      exchange,
      spec({ side: 'SELL', type: 'LIMIT', quantity: '0.05', price: '51000', reduceOnly: true }),
    )
    expect(formatQuantity(first.quantity)).toBe('0.02')
    const more = spec({ side: 'SELL', type: 'LIMIT', quantity: '0.01', price: '51500', reduceOnly: true })
    expect(codeOf(exchange, more)).toBe(-4118)
    place(exchange, sell('0.02'))
    expect(first.status).toBe('EXPIRED')
  })

  it('fills no more than is left to reduce', () => {
    const { exchange } = openExchange()
    place(exchange, buy('0.02'))
    const target = place(
      exchange,
      spec({ side: 'SELL', type: 'LIMIT', quantity: '0.02', price: '51000', reduceOnly: true }),
    )
    place(exchange, sell('0.015'))
    move(exchange, '51500')
    expect(held(exchange)).toBe('')
    expect([formatQuantity(target.executed), target.status]).toEqual(['0.005', 'EXPIRED'])
  })
})

describe('changing orders', () => {
  it('an amended order loses its place', () => {
    const { exchange } = openExchange()
    const terms = spec({ side: 'BUY', type: 'LIMIT', quantity: '0.01', price: '49000' })
    const first = place(exchange, terms)
    const second = place(exchange, terms)
    const change = { symbol: 'BTCUSDT', name: { id: first.id }, price: parsePrice('49000') }
    expect(amendOrder(exchange, 'main', { ...change, quantity: parseQuantity('0.02') }).type).toBe('amended')
    expect(marketOf(exchange, 'BTCUSDT').buys).toEqual([second, first])
    expect(amendOrder(exchange, 'main', { ...change, quantity: parseQuantity('0.02') })).toMatchObject({ code: -5027 })
  })

  it('cancels once', () => {
    const { exchange } = openExchange()
    const { id } = place(exchange, spec({ side: 'BUY', type: 'LIMIT', quantity: '0.01', price: '49000' }))
    const target = { symbol: 'BTCUSDT', name: { id } }
    expect(cancelOrder(exchange, 'main', target).type).toBe('cancelled')
    expect(cancelOrder(exchange, 'main', target)).toMatchObject({ code: -2011 })
    expect(cancelAllOrders(exchange, 'main', 'BTCUSDT') + cancelAllConditionals(exchange, 'main', 'BTCUSDT')).toBe(0)
  })

  it('finds an order by its client id on its own symbol', () => {
    const { exchange } = openExchange()
    const here = place(
      exchange,
      spec({ side: 'BUY', type: 'LIMIT', quantity: '0.01', price: '49000', clientOrderId: 'A' }),
    )
    move(exchange, '49000')
    const elsewhere = { symbol: 'ETHUSDT', quantity: '0.01', price: '2900', clientOrderId: 'A' }
    const there = place(exchange, spec({ side: 'BUY', type: 'LIMIT', ...elsewhere }))
    const account = accountOf(exchange, 'main')
    const name = { clientOrderId: 'A' }
    expect(findOrder(account, 'BTCUSDT', name)).toBe(here)
    expect(findOrder(account, 'ETHUSDT', name)).toBe(there)
    expect(findOrder(account, 'BTCUSDT', { id: there.id })).toBeNull()
  })

  it('prevents self trades as asked', () => {
    const { exchange } = openExchange({ liquidity: { spreadTicks: 1000 } })
    const maker = place(exchange, spec({ side: 'SELL', type: 'LIMIT', quantity: '0.01', price: '50050' }))
    place(
      exchange,
      spec({ side: 'BUY', type: 'LIMIT', quantity: '0.01', price: '50060', selfTradeMode: 'EXPIRE_MAKER' }),
    )
    expect(maker.status).toBe('EXPIRED_IN_MATCH')
    expect(accountOf(exchange, 'main').trades).toEqual([])
  })
})

it('fees can be paid in another asset while it lasts', () => {
  const { exchange } = openExchange()
  const account = accountOf(exchange, 'main')
  account.fees = { ...account.fees, other: { asset: 'BNB', price: parsePrice('500') } }
  account.wallets.set('BNB', parseMoney('0.0006'))
  place(exchange, buy('0.01'))
  place(exchange, buy('0.01'))
  // 0.0005 × 500 = 0.25 USDT = 0.0005 BNB; the second time 0.0001 BNB are left
  expect(account.trades.map((trade) => `${formatMoney(trade.fee)} ${trade.feeAsset}`)).toEqual([
    '0.0005 BNB',
    '0.25 USDT',
  ])
  expect(formatMoney(walletOf(account, 'BNB'))).toBe('0.0001')
})

it('in hedge mode, orders that close bind no margin', () => {
  const { exchange } = openExchange({ wallet: '1000' })
  setHedgeMode(exchange, 'main', true)
  const long = { positionSide: 'LONG' as const, quantity: '0.2' }
  place(exchange, spec({ ...long, side: 'BUY', type: 'MARKET' }))
  place(exchange, spec({ ...long, side: 'SELL', type: 'LIMIT', price: '51000' }))
  expect(codeOf(exchange, spec({ ...long, side: 'BUY', type: 'LIMIT', price: '49000', quantity: '0.1' }))).toBeNull()
})
