import { absolute, notional } from '@tranchebook/core'
import { type MarginType, marginTypeOf, openPositions } from './account.js'
import { accountOf, deliver, emit, type Exchange, forgetThresholds, marketOf } from './exchange.js'
import { bracketFor } from './margin.js'
import { refuse, type Refusal } from './refusal.js'

/** A setting is in force. */
export interface Changed {
  readonly type: 'changed'
}

const CHANGED: Changed = { type: 'changed' }

/** Sets a symbol's leverage, unless the position is too large for it. */
export function setLeverage(
  exchange: Exchange,
  accountId: string,
  { symbol, leverage }: { readonly symbol: string; readonly leverage: number },
): Changed | Refusal {
  const account = accountOf(exchange, accountId)
  const market = marketOf(exchange, symbol)
  const most = market.rules.brackets[0]?.initialLeverage ?? 1
  if (!Number.isInteger(leverage) || leverage < 1 || leverage > most) return refuse(-4028)
  for (const position of openPositions(account)) {
    if (position.symbol !== symbol) continue
    const bracket = bracketFor(market, absolute(notional(market.mark, position.amount)))
    if (leverage > bracket.initialLeverage) return refuse(-2027)
  }
  account.leverages.set(symbol, leverage)
  emit(exchange, { type: 'leverage', time: exchange.time, account: account.id, symbol, leverage })
  deliver(exchange)
  return CHANGED
}

/** Switches between one position per symbol and one per side, while nothing is open. */
export function setHedgeMode(exchange: Exchange, accountId: string, isHedge: boolean): Changed | Refusal {
  const account = accountOf(exchange, accountId)
  if (account.isHedge === isHedge) return refuse(-4059)
  if (account.live.size + account.waiting.size > 0) return refuse(-4067)
  if (openPositions(account).length > 0) return refuse(-4068)
  account.isHedge = isHedge
  emit(exchange, { type: 'mode', time: exchange.time, account: account.id, isHedge })
  deliver(exchange)
  return CHANGED
}

/** Switches a symbol's margin between shared and set aside, while nothing is open there. */
export function setMarginType(
  exchange: Exchange,
  accountId: string,
  { symbol, marginType }: { readonly symbol: string; readonly marginType: MarginType },
): Changed | Refusal {
  const account = accountOf(exchange, accountId)
  if (marginTypeOf(account, symbol) === marginType) return refuse(-4046)
  const isHere = (order: { readonly spec: { readonly symbol: string } }): boolean => order.spec.symbol === symbol
  if ([...account.live.values(), ...account.waiting.values()].some(isHere)) return refuse(-4047)
  if (openPositions(account).some((position) => position.symbol === symbol)) return refuse(-4048)
  account.marginTypes.set(symbol, marginType)
  forgetThresholds(exchange)
  return CHANGED
}
