import type { Because } from '../book/because.js'
import type { TrancheGroup } from '../book/group.js'
import type { Tranche } from '../book/tranche.js'
import { absolute, minus, negate, plus, smaller } from '../money/arithmetic.js'
import { formatMoney, NO_MONEY } from '../money/money.js'
import { asPercent, formatPercent } from '../money/percent.js'
import { formatPrice, type Price } from '../money/price.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import type { MarkInput } from '../observe/inputs.js'
import {
  hasRecovered,
  holdingOf,
  mayRelease,
  mustIsolate,
  partialCloseQuantity,
  recoveryPercent,
} from '../policy/isolation.js'
import { hasReached, pnlAt, pnlPercentAt } from '../policy/pnl.js'
import { levelsReached } from '../policy/take-profit.js'
import { isQuiet } from '../policy/triggers.js'
import { type Decision, record } from './decision.js'
import { exitable, intendExit, maySendExits } from './intend-exit.js'
import { climbLadder, followMark } from './move-stop.js'

function observed(tranche: Tranche, mark: Price): NonNullable<Because['observed']> {
  return { mark: formatPrice(mark), pnlPercent: formatPercent(pnlPercentAt(holdingOf(tranche), mark)) }
}

/** Marks a tranche as isolated and takes the configured action. */
export function isolate(decision: Decision, tranche: Tranche, because: { mark: Price | null; because: Because }): void {
  const { config, instrument } = decision.context
  const { mark } = because
  record(
    decision,
    {
      type: 'TrancheIsolated',
      tranche: tranche.id,
      side: tranche.side,
      price: mark === null ? null : formatPrice(mark),
      pnlPercent: mark === null ? null : formatPercent(pnlPercentAt(holdingOf(tranche), mark)),
    },
    { because: because.because },
  )
  if (!maySendExits(decision)) return
  if (config.isolationAction === 'REDUCE_LEVERAGE' && decision.book.leverage !== config.isolationLeverage)
    record(
      decision,
      { type: 'LeverageIntended', leverage: config.isolationLeverage, reason: 'isolation' },
      {
        because: {
          rule: 'isolationAction.REDUCE_LEVERAGE',
          configured: { isolationLeverage: config.isolationLeverage },
        },
      },
    )
  if (config.isolationAction === 'PARTIAL_CLOSE')
    intendExit(decision, tranche, {
      quantity: partialCloseQuantity(tranche, config, instrument),
      price: null,
      reason: 'isolation',
      level: null,
      because: {
        rule: 'isolationAction.PARTIAL_CLOSE',
        configured: {
          isolationClosePercent: formatPercent(config.isolationClosePercent),
          isolatedTrancheMinMargin:
            config.isolatedTrancheMinMargin === null ? null : formatMoney(config.isolatedTrancheMinMargin),
        },
      },
    })
}

function judgeIsolation(decision: Decision, tranche: Tranche, mark: Price): void {
  const { config } = decision.context
  if (mustIsolate(tranche, mark, config)) {
    const configured = {
      trancheIsolationThreshold: formatPercent(config.trancheIsolationThreshold),
      isolationAction: config.isolationAction,
    }
    isolate(decision, tranche, { mark, because: { rule: 'isolation', configured, observed: observed(tranche, mark) } })
  } else if (mayRelease(tranche, mark, config)) {
    const configured = { isolationReleasePercent: formatPercent(config.isolationReleasePercent ?? asPercent(0n)) }
    const pnlPercent = formatPercent(pnlPercentAt(holdingOf(tranche), mark))
    record(
      decision,
      { type: 'TrancheReleased', tranche: tranche.id, side: tranche.side, price: formatPrice(mark), pnlPercent },
      { because: { rule: 'isolationRelease', configured, observed: observed(tranche, mark) } },
    )
  }
}

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
    if (order.state === 'working' && !isCancelled)
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
function judgeTargets(decision: Decision, tranche: Tranche, mark: Price): Price | null {
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
          observed: observed(tranche, mark),
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

function judgeRecovery(decision: Decision, tranche: Tranche, mark: Price): void {
  const { config } = decision.context
  if (!hasRecovered(tranche, mark, config) || !maySendExits(decision)) return
  intendExit(decision, tranche, {
    quantity: tranche.quantity,
    price: null,
    reason: 'recovery',
    level: null,
    because: {
      rule: 'trancheAutoCloseIsolated',
      configured: {
        trancheRecoveryThreshold: formatPercent(config.trancheRecoveryThreshold),
        needed: formatPercent(recoveryPercent(tranche, config)),
      },
      observed: observed(tranche, mark),
    },
  })
}

/** Closes worst first until the group's unrealized loss is within the limit, counting what is already on its way out. */
function judgeGroupLoss(decision: Decision, group: TrancheGroup, mark: Price): void {
  const limit = decision.context.config.maxPositionLoss
  if (limit === null || group.quantity === 0n || !maySendExits(decision)) return
  const lots = group.tranches.map((tranche) => ({ tranche, pnl: pnlAt(holdingOf(tranche), mark) }))
  const ranked = lots.toSorted((left, right) => (left.pnl < right.pnl ? -1 : left.pnl > right.pnl ? 1 : 0))
  // A loss on its way out is over; a gain on its way out still stands against the losses until it is booked.
  const isOver = ({ tranche, pnl }: (typeof lots)[number]): boolean => pnl < 0n && exitable(decision, tranche) === 0n
  let total = lots.reduce((sum, lot) => (isOver(lot) ? sum : plus(sum, lot.pnl)), NO_MONEY)
  for (const { tranche, pnl } of ranked) {
    if (total >= negate(limit) || pnl >= 0n) return
    if (exitable(decision, tranche) === 0n) continue
    intendExit(decision, tranche, {
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
    total = minus(total, pnl)
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
      intendExit(decision, tranche, {
        quantity: tranche.quantity,
        price: null,
        reason: 'maxTrancheAge',
        level: null,
        because: {
          rule: 'maxTrancheAge',
          configured: { maxTrancheAgeMs: config.maxTrancheAgeMs },
          observed: { ageMs, ...observed(tranche, mark) },
        },
      })
    }
}

/** Everything that a fresh mark may decide, in the order of the tranches. */
export function judgeMark(decision: Decision, mark: Price): void {
  for (const group of [decision.book.groups.LONG, decision.book.groups.SHORT]) {
    for (const tranche of group.tranches) {
      judgeIsolation(decision, tranche, mark)
      const stopPrice = judgeTargets(decision, tranche, mark)
      followMark(decision, { ...tranche, stopPrice }, mark)
      judgeRecovery(decision, tranche, mark)
    }
    judgeGroupLoss(decision, group, mark)
  }
}

/** A mark that is 0, or older than the newest one, is not a price; between the next triggers it decides nothing. */
export function isIdleMark(decision: Pick<Decision, 'book' | 'context'>, input: MarkInput): boolean {
  const { book, context } = decision
  if (book.mark !== null && input.time < book.mark.time) return true
  if (context.market !== null && input.time < context.market.time) return true
  const { markSampleMs } = context.config
  if (markSampleMs !== null && (book.mark === null || input.time - book.mark.time >= markSampleMs)) return false
  return isQuiet(book, input.price, context.config)
}
