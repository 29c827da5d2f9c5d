import type { Money, Price } from '@tranchebook/core'
import type { Account, FeeTerms, Income, MarginType, Position, Trade } from '../engine/account.js'
import type { Exchange, Market } from '../engine/exchange.js'
import type { MinuteBar } from '../engine/minute-bars.js'
import type { ConditionalOrder, SimulatedOrder } from '../engine/order.js'
import type { Rate } from '../engine/parse-rate.js'

/** What a venue keeps besides markets and accounts. */
export interface VenueValue {
  readonly time: number
  readonly numbers: Readonly<Exchange['numbers']>
  readonly nextGoodTill: number | null
  readonly insurance: Money
}

/** What a market keeps: its rules and its depth come from whoever opens it. */
export interface MarketValue {
  readonly mark: Price
  readonly last: Price
  readonly fundingRate: Rate
  readonly nextFundingTime: number
  readonly fundings: Market['fundings']
}

/** What an account keeps besides its orders, trades and income. */
export interface AccountValue {
  readonly fees: FeeTerms
  readonly isHedge: boolean
  readonly wallets: readonly (readonly [string, Money])[]
  readonly positions: readonly Position[]
  readonly leverages: readonly (readonly [string, number])[]
  readonly marginTypes: readonly (readonly [string, MarginType])[]
}

/** One piece of a venue. A later row of the same type and key takes the place of an earlier one. */
export type Row =
  | { readonly type: 'venue'; readonly key: ''; readonly value: VenueValue }
  | { readonly type: 'note'; readonly key: string; readonly value: string }
  | { readonly type: 'market'; readonly key: string; readonly value: MarketValue }
  | {
      readonly type: 'minute'
      readonly key: string
      readonly value: { readonly symbol: string; readonly bar: MinuteBar }
    }
  | { readonly type: 'account'; readonly key: string; readonly value: AccountValue }
  | { readonly type: 'order'; readonly key: string; readonly value: SimulatedOrder }
  | { readonly type: 'conditional'; readonly key: string; readonly value: ConditionalOrder }
  | {
      readonly type: 'trade'
      readonly key: string
      readonly value: { readonly account: string; readonly trade: Trade }
    }
  | {
      readonly type: 'income'
      readonly key: string
      readonly value: { readonly account: string; readonly income: Income }
    }

/** How much of the histories, which only grow, is kept already: entries by account, and the newest minute by symbol. */
export interface KeptHistory {
  readonly minutes: Map<string, number>
  readonly trades: Map<string, number>
  readonly income: Map<string, number>
}

/** A history that begins. */
export function noHistory(): KeptHistory {
  return { minutes: new Map(), trades: new Map(), income: new Map() }
}

/** The row of an order. */
export function orderRow(order: SimulatedOrder): Row {
  return { type: 'order', key: `${order.account}/${order.id}`, value: order }
}

/** The row of a conditional order. */
export function conditionalRow(order: ConditionalOrder): Row {
  return { type: 'conditional', key: `${order.account}/${order.id}`, value: order }
}

function accountRow(account: Account): Row {
  const { id, fees, isHedge } = account
  const value: AccountValue = {
    fees,
    isHedge,
    wallets: [...account.wallets],
    positions: [...account.positions.values()],
    leverages: [...account.leverages],
    marginTypes: [...account.marginTypes],
  }
  return { type: 'account', key: id, value }
}

function historyRows({ id, trades, income }: Account, kept: KeptHistory): readonly Row[] {
  const known = { trades: kept.trades.get(id) ?? 0, income: kept.income.get(id) ?? 0 }
  kept.trades.set(id, trades.length)
  kept.income.set(id, income.length)
  const entries = income.slice(known.income)
  return [
    ...trades.slice(known.trades).map((trade, index): Row => ({
      type: 'trade',
      key: `${id}/${known.trades + index}`,
      value: { account: id, trade },
    })),
    ...entries.map((entry, index): Row => ({
      type: 'income',
      key: `${id}/${known.income + index}`,
      value: { account: id, income: entry },
    })),
  ]
}

/** Minutes from the newest that is kept on: that one may have gone on. */
function minuteRows(symbol: string, { minutes }: Market, kept: KeptHistory): readonly Row[] {
  const newest = kept.minutes.get(symbol) ?? 0
  kept.minutes.set(symbol, minutes.current.openTime)
  const bars = [...minutes.past.filter(({ openTime }) => openTime >= newest), minutes.current]
  return bars.map((bar): Row => ({ type: 'minute', key: `${symbol}/${bar.openTime}`, value: { symbol, bar } }))
}

/** The rows of everything that can still change, and of the history beyond what is kept. */
export function presentRows(exchange: Exchange, kept: KeptHistory): readonly Row[] {
  const { time, numbers, nextGoodTill, insurance } = exchange
  const rows: Row[] = [{ type: 'venue', key: '', value: { time, numbers, nextGoodTill, insurance } }]
  for (const [key, market] of exchange.markets) {
    const { mark, last, fundingRate, nextFundingTime, fundings } = market
    rows.push({ type: 'market', key, value: { mark, last, fundingRate, nextFundingTime, fundings } })
    rows.push(...minuteRows(key, market, kept))
  }
  for (const account of exchange.accounts.values()) {
    rows.push(accountRow(account), ...historyRows(account, kept))
    for (const order of account.live.values()) rows.push(orderRow(order))
    for (const order of account.waiting.values()) rows.push(conditionalRow(order))
  }
  return rows
}
