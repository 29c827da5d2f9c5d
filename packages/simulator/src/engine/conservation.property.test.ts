import { absolute, asMoney, notional, parseMoney, parseQuantity } from '@tranchebook/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openExchange, START } from '../../test/open-exchange.js'
import { HALF_WALLET_UNIT, happen, happening, type Happening } from '../../test/random-market.js'
import { type Account, walletOf } from './account.js'
import type { EngineEvent, OrderChanged } from './events.js'
import { accountOf, type Exchange, openAccount } from './exchange.js'
import { unrealizedAt } from './margin.js'
import { isReducing } from './end-order.js'

interface Setting {
  readonly isHedge: boolean
  readonly isThin: boolean
  /** Poor accounts are liquidated now and then. */
  readonly isPoor: boolean
  readonly seed: number
}

const setting = fc.record({ isHedge: fc.boolean(), isThin: fc.boolean(), isPoor: fc.boolean(), seed: fc.nat() })
const course = fc.array(happening, { minLength: 5, maxLength: 80, size: 'max' })

function play({ isHedge, isThin, isPoor, seed }: Setting, happenings: readonly Happening[]) {
  const liquidity = isThin ? { quantityPerLevel: parseQuantity('0.01'), touchQuantity: parseQuantity('0.004') } : {}
  const wallet = isPoor ? '150' : '100000'
  const { exchange, events } = openExchange({ seed, liquidity, wallet })
  openAccount(exchange, 'other', new Map([['USDT', parseMoney(wallet)]]))
  accountOf(exchange, 'main').isHedge = isHedge
  for (const event of happenings) happen(exchange, event)
  return { exchange, events, deposit: parseMoney(wallet) }
}

function hold(law: (run: ReturnType<typeof play>) => void): void {
  fc.assert(
    fc.property(setting, course, (terms, happenings) => {
      law(play(terms, happenings))
    }),
  )
}

const accountsOf = (exchange: Exchange): readonly Account[] => [...exchange.accounts.values()]

function ordersIn(events: readonly EngineEvent[]): readonly OrderChanged[] {
  return events.filter((event): event is OrderChanged => event.type === 'order')
}

describe('whatever happens', () => {
  it('wallet = deposit + income, and wallet + unrealized = deposit + cash flow of the trades + holdings at the mark', () => {
    hold(({ exchange, deposit }) => {
      const market = exchange.markets.get('BTCUSDT')!
      for (const account of accountsOf(exchange)) {
        const income = account.income.reduce((sum, { amount }) => sum + amount, 0n)
        expect(walletOf(account, 'USDT')).toBe(deposit + income)
        let cash = 0n
        let amount = 0n
        for (const trade of account.trades) {
          const sign = trade.side === 'BUY' ? 1n : -1n
          cash -= sign * notional(trade.price, trade.quantity) + trade.fee
          amount += sign * trade.quantity
        }
        const beside = account.income.filter(({ type }) => type !== 'REALIZED_PNL' && type !== 'COMMISSION')
        for (const { amount: other } of beside) cash += other
        const held = [...account.positions.values()]
        expect(held.reduce((sum, position) => sum + position.amount, 0n)).toBe(amount)
        const unrealized = held.reduce((sum, position) => sum + unrealizedAt(position, market.mark), 0n)
        const equity = walletOf(account, 'USDT') + unrealized - deposit
        const difference = absolute(asMoney(equity - (cash + amount * market.mark)))
        expect(difference <= HALF_WALLET_UNIT * BigInt(account.trades.length)).toBe(true)
      }
    })
  })

  it('no order fills beyond its quantity, and its trades sum to what it says', () => {
    hold(({ exchange }) => {
      for (const account of accountsOf(exchange)) {
        expect(new Set(account.trades.map(({ id }) => id)).size).toBe(account.trades.length)
        for (const order of account.orders.values()) {
          const filled = account.trades.filter(({ orderId }) => orderId === order.id)
          expect(filled.reduce((sum, { quantity }) => sum + quantity, 0n)).toBe(order.executed)
          expect(order.executed <= order.quantity).toBe(true)
          expect(account.live.has(order.id)).toBe(order.status === 'NEW' || order.status === 'PARTIALLY_FILLED')
        }
      }
    })
  })

  it('nothing fills outside its limit, and every quantity and price obeys step and tick', () => {
    hold(({ exchange, events }) => {
      for (const { order, trade } of ordersIn(events)) {
        if (trade === null) continue
        const { tickSize } = exchange.markets.get('BTCUSDT')!.rules.instrument
        expect(trade.quantity > 0n && trade.quantity % 10n ** 9n === 0n).toBe(true)
        expect(trade.price % tickSize).toBe(0n)
        if (order.price === null) continue
        expect(order.spec.side === 'BUY' ? trade.price <= order.price : trade.price >= order.price).toBe(true)
      }
    })
  })

  it('what may only reduce never opens or flips', () => {
    hold(({ exchange, events }) => {
      const amounts = new Map<string, bigint>()
      for (const { account, order, trade } of ordersIn(events)) {
        if (trade === null) continue
        const key = `${account}/${trade.positionSide}`
        const before = amounts.get(key) ?? 0n
        const after = before + (trade.side === 'BUY' ? trade.quantity : -trade.quantity)
        amounts.set(key, after)
        if (!isReducing({ ...order.spec, reduceOnly: order.reduceOnly })) continue
        expect(before).not.toBe(0n)
        expect(after === 0n || after > 0n === before > 0n).toBe(true)
        expect(absolute(asMoney(after)) < absolute(asMoney(before))).toBe(true)
      }
      for (const position of accountOf(exchange, 'main').positions.values()) {
        if (position.positionSide === 'LONG') expect(position.amount >= 0n).toBe(true)
        if (position.positionSide === 'SHORT') expect(position.amount <= 0n).toBe(true)
      }
    })
  })

  it('the same seed and the same happenings give the same events', () => {
    fc.assert(
      fc.property(setting, course, (terms, happenings) => {
        expect(play(terms, happenings).events).toEqual(play(terms, happenings).events)
      }),
    )
  })

  it('orders leave the book once, and time never goes back', () => {
    hold(({ exchange, events }) => {
      const ended = new Set<string>()
      let last = START
      for (const event of events) {
        expect(event.time >= last).toBe(true)
        last = event.time
        if (event.type !== 'order') continue
        const isEnd = !['NEW', 'PARTIALLY_FILLED'].includes(event.order.status)
        expect(ended.has(event.order.id)).toBe(false)
        if (isEnd) ended.add(event.order.id)
      }
      const market = exchange.markets.get('BTCUSDT')!
      const resting = [...market.buys, ...market.sells].map(({ id }) => id)
      const live = accountsOf(exchange).flatMap((account) => [...account.live.keys()])
      expect(resting.toSorted()).toEqual(live.toSorted())
    })
  })
})
