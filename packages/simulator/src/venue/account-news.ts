import type { AccountEvent } from '@tranchebook/adapters'
import { absolute, type FillInput, type FillKind, formatMoney, type PositionInput } from '@tranchebook/core'
import type { Account, Trade } from '../engine/account.js'
import type { AccountChanged, EngineEvent, PositionLine } from '../engine/events.js'
import { parentOf, reportOrder, reportWaiting } from './order-report.js'

const KINDS: readonly (readonly [prefix: string, kind: FillKind])[] = [
  ['autoclose-', 'liquidation'],
  ['adl_autoclose', 'adl'],
  ['settlement_autoclose-', 'settlement'],
]

function kindOf(clientOrderId: string): FillKind {
  return KINDS.find(([prefix]) => clientOrderId.startsWith(prefix))?.[1] ?? 'trade'
}

/** A trade as the core takes it. */
export function fillInput(account: Account, trade: Trade): FillInput {
  const order = account.orders.get(trade.orderId)
  const parent = order === undefined ? null : parentOf(account, order)
  return {
    type: 'fill',
    id: `fill:${trade.id}`,
    time: trade.time,
    account: account.id,
    symbol: trade.symbol,
    side: trade.side,
    positionSide: trade.positionSide,
    quantity: trade.quantity,
    price: trade.price,
    fee: trade.fee,
    feeAsset: trade.feeAsset,
    tradeId: trade.id,
    orderId: trade.orderId,
    clientOrderId: parent?.clientOrderId ?? trade.clientOrderId,
    tranche: null,
    realizedPnl: trade.realizedPnl,
    maker: trade.maker,
    kind: kindOf(trade.clientOrderId),
  }
}

/** A position as the core takes it. */
export function positionInput(account: Account, line: PositionLine, time: number): PositionInput {
  const { symbol, positionSide, amount, entryPrice } = line
  return {
    type: 'position',
    id: `position:${positionSide}:${time}`,
    account: account.id,
    time,
    symbol,
    positionSide,
    quantity: positionSide === 'BOTH' ? amount : absolute(amount),
    entryPrice: amount === 0n ? null : entryPrice,
    markPrice: null,
  }
}

function accountNews(account: Account, event: AccountChanged): readonly AccountEvent[] {
  const { time, reason, symbol } = event
  const balances = event.balances.map(({ asset, wallet, change }) => ({
    type: 'balanceChanged' as const,
    time,
    asset,
    walletBalance: formatMoney(wallet),
    change: formatMoney(change),
    reason,
  }))
  const positions = event.positions.map((line) => positionInput(account, line, time))
  const funding = reason === 'FUNDING_FEE' ? [{ type: 'fundingNoticed' as const, time, symbol }] : []
  return [...positions, ...balances, ...funding]
}

/** What the account is told when something happens at the venue. Empty = nothing. */
export function accountEvents(account: Account, event: EngineEvent): readonly AccountEvent[] {
  if (!('account' in event) || event.account !== account.id) return []
  switch (event.type) {
    case 'order': {
      const fill = event.trade === null ? [] : [fillInput(account, event.trade)]
      const isForced = kindOf(event.order.clientOrderId) !== 'trade'
      return isForced ? fill : [...fill, reportOrder(account, event.order)]
    }
    case 'conditional':
      return event.order.status === 'FINISHED' || event.order.status === 'TRIGGERING'
        ? []
        : [reportWaiting(account, event.order)]
    case 'account':
      return accountNews(account, event)
    case 'leverage':
      return [{ type: 'leverageChanged', time: event.time, symbol: event.symbol, leverage: event.leverage }]
    case 'mode':
      return [{ type: 'positionModeChanged', time: event.time, isHedge: event.isHedge }]
    case 'marginCall':
      return [{ type: 'marginCalled', time: event.time, symbols: event.symbols }]
    default:
      return event satisfies never
  }
}
