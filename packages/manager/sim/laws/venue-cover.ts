import { isOwnOrderId, type OrderSide, type PositionSide } from '@tranchebook/core'
import { type Account, positionOf } from '@tranchebook/simulator'
import type { BookWatch } from './book-watch.js'

/** What rests at the venue against one of its positions. Base; negative = short. */
export interface VenueCover {
  readonly positionSide: PositionSide
  readonly amount: bigint
  /** Σ of our stops that have a quantity. */
  readonly stops: bigint
  /** Whether a stop of ours closes whatever the position is. */
  readonly hasCloseAll: boolean
  /** Σ of our take profits. */
  readonly targets: bigint
}

/** Against a flat one-way position every direction closes, and there is nothing to close. */
function isClosing({ positionSide, amount }: Pick<VenueCover, 'positionSide' | 'amount'>, side: OrderSide): boolean {
  if (positionSide !== 'BOTH') return side === (positionSide === 'LONG' ? 'SELL' : 'BUY')
  return amount === 0n || side === (amount > 0n ? 'SELL' : 'BUY')
}

/** Our stops and take profits against every position of a symbol, as the venue has them. */
export function venueCovers(account: Account, { symbol, stream, orders }: BookWatch): readonly VenueCover[] {
  const sides: readonly PositionSide[] = account.isHedge ? ['LONG', 'SHORT'] : ['BOTH']
  return sides.map((positionSide) => {
    const { amount } = positionOf(account, symbol, positionSide)
    const closes = (side: OrderSide): boolean => isClosing({ positionSide, amount }, side)
    let stops = 0n
    let hasCloseAll = false
    let targets = 0n
    for (const { clientOrderId, spec } of account.waiting.values()) {
      const isOurs = spec.symbol === symbol && spec.positionSide === positionSide && closes(spec.side)
      if (!isOurs || !isOwnOrderId(clientOrderId, stream)) continue
      stops += spec.quantity ?? 0n
      hasCloseAll ||= spec.closePosition
    }
    for (const order of account.live.values()) {
      const isAgainst = order.spec.positionSide === positionSide && closes(order.spec.side)
      if (isAgainst && orders.intended.get(order.clientOrderId)?.purpose === 'takeProfit')
        targets += order.quantity - order.executed
    }
    return { positionSide, amount, stops, hasCloseAll, targets }
  })
}
