import type { TrancheGroup } from '../book/group.js'
import type { Tranche } from '../book/tranche.js'
import { absolute, minus, negate, plus } from '../money/arithmetic.js'
import { formatMoney, NO_MONEY } from '../money/money.js'
import { formatPrice, type Price } from '../money/price.js'
import { limitExitsOf } from '../policy/in-flight.js'
import { holdingOf } from '../policy/isolation.js'
import { pnlAt } from '../policy/pnl.js'
import type { Decision } from './decision.js'
import { exitable, intendExit, maySendExits } from './intend-exit.js'
import { observedAt } from './observed-tranche.js'
import { withdrawLimitExits } from './withdraw.js'

/**
 * Closes worst first until the group's unrealized loss is within the limit, counting what is already on its way out. What rests as
 * limit exits is cancelled first, and closed by the next mark.
 */
export function judgeGroupLoss(decision: Decision, group: TrancheGroup, mark: Price): void {
  const limit = decision.context.config.maxPositionLoss
  if (limit === null || group.quantity === 0n || !maySendExits(decision)) return
  const lots = group.tranches.map((tranche) => ({ tranche, pnl: pnlAt(holdingOf(tranche), mark) }))
  const ranked = lots.toSorted((left, right) => (left.pnl < right.pnl ? -1 : left.pnl > right.pnl ? 1 : 0))
  const isWaiting = ({ id }: Tranche): boolean => limitExitsOf(decision.book, id).length > 0
  // A loss on its way out is over, unless it waits for a price; a gain on its way out still stands against the losses until it is booked.
  const isOver = ({ tranche, pnl }: (typeof lots)[number]): boolean =>
    pnl < 0n && exitable(decision, tranche) === 0n && !isWaiting(tranche)
  let total = lots.reduce((sum, lot) => (isOver(lot) ? sum : plus(sum, lot.pnl)), NO_MONEY)
  for (const { tranche, pnl } of ranked) {
    if (total >= negate(limit) || pnl >= 0n) return
    const isWithdrawing = withdrawLimitExits(decision, tranche, 'maxPositionLoss')
    if (!isWithdrawing && exitable(decision, tranche) === 0n) continue
    const leaving = intendExit(decision, tranche, {
      quantity: tranche.quantity,
      price: null,
      reason: 'maxPositionLoss',
      level: null,
      because: {
        rule: 'maxPositionLoss',
        configured: { maxPositionLoss: formatMoney(limit) },
        observed: { mark: formatPrice(mark), groupLoss: formatMoney(absolute(total)), pnl: formatMoney(pnl) },
      },
    })
    if (leaving > 0n || isWithdrawing) total = minus(total, pnl)
  }
}

/** Closes what is older than allowed and losing. */
export function judgeAge(decision: Decision, mark: Price): void {
  const { config } = decision.context
  if (config.maxTrancheAgeMs === null || !maySendExits(decision)) return
  for (const group of [decision.book.groups.LONG, decision.book.groups.SHORT])
    for (const tranche of group.tranches) {
      const ageMs = decision.input.time - tranche.entryTime
      if (ageMs <= config.maxTrancheAgeMs || pnlAt(holdingOf(tranche), mark) >= 0n) continue
      withdrawLimitExits(decision, tranche, 'maxTrancheAge')
      intendExit(decision, tranche, {
        quantity: tranche.quantity,
        price: null,
        reason: 'maxTrancheAge',
        level: null,
        because: {
          rule: 'maxTrancheAge',
          configured: { maxTrancheAgeMs: config.maxTrancheAgeMs },
          observed: { ageMs, ...observedAt(tranche, mark) },
        },
      })
    }
}
