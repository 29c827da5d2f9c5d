import { asMoney, type Money, notional, parseMoney } from '@tranchebook/core'
import { credit, openPositions } from './account.js'
import { emitAccount } from './account-news.js'
import { bookIncome } from './book-fill.js'
import { expireByTime } from './expire-by-time.js'
import { accountOf, deliver, type Exchange, forgetThresholds, marketOf } from './exchange.js'
import { type Rate, rateOf, toWallet } from './parse-rate.js'

const FUNDING_INTERVAL_MS = 28_800_000

/** Pays funding on every position of a symbol at the present mark: longs pay a positive rate, shorts get it. */
export function payFunding(exchange: Exchange, symbol: string, rate: Rate): void {
  const market = marketOf(exchange, symbol)
  const asset = market.rules.instrument.quoteAsset
  market.fundings.push({ time: exchange.time, rate, mark: market.mark })
  for (const account of exchange.accounts.values()) {
    for (const position of openPositions(account)) {
      if (position.symbol !== symbol) continue
      const amount = toWallet(asMoney(-rateOf(notional(market.mark, position.amount), rate)))
      if (amount === 0n) continue
      bookIncome(exchange, account, { type: 'FUNDING_FEE', symbol, amount, asset, tradeId: '' })
      emitAccount(exchange, account, { reason: 'FUNDING_FEE', assets: [asset], positions: [], change: amount, symbol })
    }
  }
  forgetThresholds(exchange)
  deliver(exchange)
}

/** Lets the venue's clock run to that time; funding that falls due on the way is paid. Going back is ignored. */
export function advanceTo(exchange: Exchange, time: number): void {
  if (time <= exchange.time) return
  for (const market of exchange.markets.values()) {
    while (market.nextFundingTime <= time) {
      exchange.time = Math.max(exchange.time, market.nextFundingTime)
      market.nextFundingTime += FUNDING_INTERVAL_MS
      payFunding(exchange, market.rules.instrument.symbol, market.fundingRate)
    }
  }
  exchange.time = time
  expireByTime(exchange, time)
  deliver(exchange)
}

/** Moves money into a wallet or, negative, out of it. */
export function transfer(
  exchange: Exchange,
  accountId: string,
  { asset, amount }: { asset: string; amount: Money },
): void {
  const account = accountOf(exchange, accountId)
  if (amount === parseMoney('0')) return
  credit(account, asset, amount)
  const id = (exchange.numbers.income++).toString()
  account.income.push({ id, type: 'TRANSFER', symbol: '', amount, asset, time: exchange.time, tradeId: '' })
  const reason = amount > 0n ? 'DEPOSIT' : 'WITHDRAW'
  emitAccount(exchange, account, { reason, assets: [asset], positions: [], change: amount })
  forgetThresholds(exchange)
  deliver(exchange)
}
