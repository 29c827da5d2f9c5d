import type { OrderPurpose } from '../../book/order.js'

const CLOSE_REASONS: Readonly<Record<string, string>> = {
  stop: 'its stop filled',
  takeProfit: 'its take profit filled',
  failSafe: 'the fail-safe stop filled',
  external: 'a trade from outside',
  liquidation: 'liquidated by the venue',
  adl: 'auto-deleveraged by the venue',
  settlement: 'settled by the venue',
  drift: 'the venue holds less than we did',
  command: 'closed by command',
  killSwitch: 'the kill switch was pulled',
  recovery: 'recovered from isolation',
  isolation: 'partly closed because it was isolated',
  maxPositionLoss: 'the loss of the group passed maxPositionLoss',
  maxTrancheAge: 'older than maxTrancheAgeMs and losing',
  unprotectable: 'no stop could rest for it',
}

/** Why a part was closed, in words; a reason of somebody's own stands as it is. */
export function closeReasonWords(reason: string): string {
  return CLOSE_REASONS[reason] ?? reason
}

const PURPOSES: Readonly<Record<OrderPurpose, string>> = {
  entry: 'entry',
  exit: 'exit',
  stop: 'stop',
  takeProfit: 'take profit',
  failSafe: 'fail-safe stop',
}

/** What an order is for, in words. */
export function purposeWords(purpose: OrderPurpose): string {
  return PURPOSES[purpose]
}
