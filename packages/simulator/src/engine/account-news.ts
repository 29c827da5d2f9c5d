import { asMoney, type Money, NO_MONEY } from '@tranchebook/core'
import { type Account, marginTypeOf, type Position, walletOf } from './account.js'
import type { AccountReason, BalanceLine, PositionLine } from './events.js'
import { emit, type Exchange, marketOf } from './exchange.js'
import { entryPriceOf, unrealizedAt } from './margin.js'

function isolatedIn(exchange: Exchange, account: Account, asset: string): bigint {
  let total = 0n
  for (const position of account.positions.values()) {
    const isHere = marketOf(exchange, position.symbol).rules.instrument.quoteAsset === asset
    if (isHere) total += position.isolatedWallet
  }
  return total
}

/** A wallet as the venue reports it, before any change is named. */
function balanceLine(exchange: Exchange, account: Account, asset: string): BalanceLine {
  const wallet = walletOf(account, asset)
  return { asset, wallet, crossWallet: asMoney(wallet - isolatedIn(exchange, account, asset)), change: NO_MONEY }
}

/** A position as the venue reports it. */
export function positionLine(exchange: Exchange, account: Account, position: Position): PositionLine {
  const market = marketOf(exchange, position.symbol)
  return {
    symbol: position.symbol,
    positionSide: position.positionSide,
    amount: position.amount,
    cost: position.cost,
    entryPrice: entryPriceOf(position),
    realized: position.realized,
    unrealized: unrealizedAt(position, market.mark),
    marginType: marginTypeOf(account, position.symbol),
    isolatedWallet: position.isolatedWallet,
    marginAsset: market.rules.instrument.quoteAsset,
  }
}

/** What to report. */
export interface AccountNews {
  readonly reason: AccountReason
  readonly assets: readonly string[]
  readonly positions: readonly Position[]
  /** Beside profit and fees. */
  readonly change?: Money
  readonly symbol?: string
}

/** Tells an account how its wallets and positions stand after a change. */
export function emitAccount(exchange: Exchange, account: Account, news: AccountNews): void {
  if (exchange.listeners.size === 0) return
  emit(exchange, {
    type: 'account',
    time: exchange.time,
    account: account.id,
    reason: news.reason,
    balances: news.assets.map((asset) => ({
      ...balanceLine(exchange, account, asset),
      change: news.change ?? NO_MONEY,
    })),
    positions: news.positions.map((position) => positionLine(exchange, account, position)),
    symbol: news.symbol ?? null,
  })
}
