import { type Account, keepConditional, keepOrder } from '../engine/account.js'
import { accountOf, type Exchange, forgetThresholds, openAccount } from '../engine/exchange.js'
import { isLive } from '../engine/order.js'
import { rest } from '../engine/place-order.js'
import type { AccountValue, MarketValue, Row } from './rows.js'

function restoreMarket(exchange: Exchange, symbol: string, value: MarketValue): void {
  const market = exchange.markets.get(symbol)
  if (market === undefined) return
  const { mark, last, fundingRate, nextFundingTime, fundings } = value
  Object.assign(market, { mark, last, fundingRate, nextFundingTime })
  market.fundings.push(...fundings)
}

/** Minutes come oldest first. The last one is under way. */
function restoreMinutes({ markets }: Exchange, rows: readonly Row[]): void {
  for (const [symbol, { minutes }] of markets) {
    const bars = rows.flatMap((row) => (row.type === 'minute' && row.value.symbol === symbol ? [row.value.bar] : []))
    const current = bars.pop()
    if (current === undefined) continue
    minutes.past.splice(0, minutes.past.length, ...bars)
    minutes.current = current
  }
}

function restoreAccount(exchange: Exchange, id: string, value: AccountValue): void {
  const account = exchange.accounts.get(id) ?? openAccount(exchange, id, new Map())
  account.fees = value.fees
  account.isHedge = value.isHedge
  account.wallets.clear()
  for (const [asset, amount] of value.wallets) account.wallets.set(asset, amount)
  for (const position of value.positions) account.positions.set(`${position.symbol}/${position.positionSide}`, position)
  for (const [symbol, leverage] of value.leverages) account.leverages.set(symbol, leverage)
  for (const [symbol, type] of value.marginTypes) account.marginTypes.set(symbol, type)
}

function restoreOrders(exchange: Exchange, account: Account): void {
  for (const order of account.orders.values()) {
    if (!isLive(order)) continue
    account.live.set(order.id, order)
    const market = exchange.markets.get(order.spec.symbol)
    if (market !== undefined) rest(market, order)
  }
  for (const order of account.conditionals.values()) if (order.status === 'NEW') account.waiting.set(order.id, order)
}

/** In the order they were placed, whoever placed them. */
function restoreWaiting({ accounts, markets }: Exchange): void {
  const waiting = [...accounts.values()].flatMap((account) => [...account.waiting.values()])
  for (const order of waiting.toSorted((left, right) => left.priority - right.priority))
    markets.get(order.spec.symbol)?.conditionals.add(order)
}

function restoreRow(exchange: Exchange, row: Row): void {
  switch (row.type) {
    case 'venue':
      Object.assign(exchange, { ...row.value, numbers: { ...row.value.numbers } })
      return
    case 'market':
      return restoreMarket(exchange, row.key, row.value)
    case 'account':
      return restoreAccount(exchange, row.key, row.value)
    case 'order':
      return keepOrder(accountOf(exchange, row.value.account), row.value)
    case 'conditional':
      return keepConditional(accountOf(exchange, row.value.account), row.value)
    case 'trade':
      accountOf(exchange, row.value.account).trades.push(row.value.trade)
      return
    case 'income':
      accountOf(exchange, row.value.account).income.push(row.value.income)
      return
    case 'note':
    case 'minute':
      return
    default:
      return row satisfies never
  }
}

/** Puts a venue that has just been made back to where the rows say it was. Each type and key comes once. */
export function restoreExchange(exchange: Exchange, rows: readonly Row[]): void {
  for (const row of rows.toSorted((left, right) => RANK[left.type] - RANK[right.type])) restoreRow(exchange, row)
  for (const account of exchange.accounts.values()) restoreOrders(exchange, account)
  restoreWaiting(exchange)
  restoreMinutes(exchange, rows)
  forgetThresholds(exchange)
}

/** Accounts come before what belongs to them. */
const RANK: Readonly<Record<Row['type'], number>> = {
  venue: 0,
  note: 0,
  market: 1,
  minute: 1,
  account: 2,
  order: 3,
  conditional: 3,
  trade: 3,
  income: 3,
}
