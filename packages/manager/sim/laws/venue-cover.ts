import { isOwnOrderId, type PositionSide } from '@tranchebook/core'
import { type Account, positionOf } from '@tranchebook/simulator'
import type { BookWatch } from './book-watch.js'

/** What rests at the venue against one of its positions. Base; negative = short. */
export interface VenueCover {
  readonly positionSide: PositionSide
  readonly amount: bigint
  /** Σ of our stops; `null` = one that closes all. */
  readonly stops: bigint | null
  /** Σ of our take profits. */
  readonly targets: bigint
}

/** Our stops and take profits against every position of a symbol, as the venue has them. */
export function venueCovers(account: Account, { symbol, stream, orders }: BookWatch): readonly VenueCover[] {
  const sides: readonly PositionSide[] = account.isHedge ? ['LONG', 'SHORT'] : ['BOTH']
  return sides.map((positionSide) => {
    const { amount } = positionOf(account, symbol, positionSide)
    const closing = amount > 0n ? 'SELL' : 'BUY'
    let stops: bigint | null = 0n
    let targets = 0n
    for (const { clientOrderId, spec } of account.waiting.values()) {
      const isOurs = spec.symbol === symbol && spec.positionSide === positionSide && spec.side === closing
      if (!isOurs || !isOwnOrderId(clientOrderId, stream)) continue
      stops = spec.closePosition || stops === null ? null : stops + (spec.quantity ?? 0n)
    }
    for (const order of account.live.values()) {
      const isClosing = order.spec.positionSide === positionSide && order.spec.side === closing
      if (isClosing && orders.intended.get(order.clientOrderId)?.purpose === 'takeProfit')
        targets += order.quantity - order.executed
    }
    return { positionSide, amount, stops, targets }
  })
}
