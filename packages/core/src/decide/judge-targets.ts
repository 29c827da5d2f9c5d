import type { Tranche } from '../book/tranche.js'
import { minus, plus, smaller } from '../money/arithmetic.js'
import { asPercent, formatPercent } from '../money/percent.js'
import { formatPrice, type Price } from '../money/price.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { mayCancel } from '../policy/order-failures.js'
import { hasReached } from '../policy/pnl.js'
import { levelsReached } from '../policy/take-profit.js'
import { type Decision, record } from './decision.js'
import { exitable, intendExit, maySendExits } from './intend-exit.js'
import { climbLadder } from './move-stop.js'
import { observedAt } from './observed-tranche.js'

/** Take-profit orders of a tranche that still rest, or may. */
function restingTakeProfits(decision: Decision, tranche: Tranche, level: number | null): boolean {
  let isResting = false
  for (const order of decision.book.orders.values()) {
    const isMeant =
      order.purpose === 'takeProfit' &&
      order.level === level &&
      order.allocation.some((part) => part.tranche === tranche.id)
    if (!isMeant) continue
    isResting = true
    const isCancelled = decision.events.some(
      (event) => event.type === 'CancelIntended' && event.clientOrderId === order.clientOrderId,
    )
    if (order.state === 'working' && !isCancelled && mayCancel(order, decision.input.time))
      record(
        decision,
        { type: 'CancelIntended', clientOrderId: order.clientOrderId, reason: 'instantTakeProfit' },
        {
          correlationId: order.clientOrderId,
          because: { rule: 'instantTakeProfit', observed: { tranche: tranche.id } },
        },
      )
  }
  return isResting
}

/** Closes at market what a target owes once the mark is beyond it; resting orders of it are cancelled first, and waited for. */
function takeProfitNow(
  decision: Decision,
  tranche: Tranche,
  due: { target: Price; quantity: Quantity; level: number | null; mark: Price },
): void {
  const { config } = decision.context
  // Combined targets are those of the pair, which the review plans: a tranche does not leave at its own.
  if (!config.instantTakeProfit || config.protection === 'COMBINED' || !maySendExits(decision)) return
  if (due.quantity === 0n || exitable(decision, tranche) === 0n) return
  if (restingTakeProfits(decision, tranche, due.level)) return
  intendExit(decision, tranche, {
    quantity: minus(due.quantity, smaller(due.quantity, levelInFlight(decision, tranche, due.level))),
    price: null,
    reason: 'takeProfit',
    level: due.level,
    because: {
      rule: 'instantTakeProfit',
      configured: { instantTakeProfit: true },
      observed: { mark: formatPrice(due.mark), target: formatPrice(due.target), level: due.level },
    },
  })
}

/** What market exits of one level are already on their way. */
function levelInFlight(decision: Decision, tranche: Tranche, level: number | null): Quantity {
  let sum = NO_QUANTITY
  if (level === null) return sum
  for (const order of decision.book.orders.values())
    if (
      order.purpose === 'exit' &&
      order.level === level &&
      order.quantity !== null &&
      order.allocation.some((part) => part.tranche === tranche.id)
    )
      sum = plus(sum, minus(order.quantity, order.filled))
  return sum
}

/** Levels and targets that a mark reaches: all levels it gapped over, ascending; the stop ends at the rung of the highest. */
export function judgeTargets(decision: Decision, tranche: Tranche, mark: Price): Price | null {
  if (tranche.levels.length === 0) {
    const target = tranche.takeProfitPrice
    if (target !== null && hasReached(tranche.side, mark, target))
      takeProfitNow(decision, tranche, { target, quantity: tranche.quantity, level: null, mark })
    return tranche.stopPrice
  }
  const reached = levelsReached(tranche, mark)
  for (const level of reached)
    record(
      decision,
      {
        type: 'TakeProfitReached',
        tranche: tranche.id,
        side: tranche.side,
        level,
        price: formatPrice(mark),
        by: 'mark',
      },
      {
        because: {
          rule: 'takeProfit.level',
          configured: {
            level,
            profitPercent: formatPercent(tranche.levels[level - 1]?.profitPercent ?? asPercent(0n)),
          },
          observed: observedAt(tranche, mark),
        },
      },
    )
  for (const [index, level] of tranche.levels.entries())
    if (hasReached(tranche.side, mark, level.price))
      takeProfitNow(decision, tranche, {
        target: level.price,
        quantity: minus(level.quantity, smaller(level.filled, level.quantity)),
        level: index + 1,
        mark,
      })
  const highest = reached.at(-1)
  return highest === undefined ? tranche.stopPrice : climbLadder(decision, tranche, { level: highest, price: mark })
}
