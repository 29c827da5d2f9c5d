import type { Because } from '../book/because.js'
import { streamOf } from '../book/book.js'
import type { PositionCheck } from '../book/group.js'
import { minus } from '../money/arithmetic.js'
import { formatPercent } from '../money/percent.js'
import { formatPrice } from '../money/price.js'
import { formatQuantity, type Quantity } from '../money/quantity.js'
import type { PositionInput } from '../observe/inputs.js'
import { type Comparison, comparePosition, isDriftSettled, ourQuantity } from '../policy/reconcile.js'
import { adoptPosition } from './adopt-position.js'
import { type Decision, record } from './decision.js'

interface Difference {
  readonly input: PositionInput
  readonly ours: Quantity
  readonly comparison: Comparison
  readonly isSettled: boolean
}

function recordCheck(decision: Decision, { input, ours, comparison, isSettled }: Difference): void {
  record(decision, {
    type: 'PositionChecked',
    positionSide: input.positionSide,
    quantity: formatQuantity(input.quantity),
    entryPrice: input.entryPrice === null ? null : formatPrice(input.entryPrice),
    markPrice: input.markPrice === null ? null : formatPrice(input.markPrice),
    ours: formatQuantity(ours),
    status: comparison,
    isSettled,
  })
}

/** Whether a report differs from us by as much as the one before: another difference settles anew. */
function isSameDifference(before: PositionCheck, { input, ours }: Pick<Difference, 'input' | 'ours'>): boolean {
  return before.difference === minus(input.quantity, ours)
}

function isNews(decision: Decision, difference: Difference): boolean {
  const { input, comparison } = difference
  const before = decision.book.checks[input.positionSide]
  return before?.status !== comparison || before.quantity !== input.quantity || !isSameDifference(before, difference)
}

function becauseOf({ input, ours }: Difference, rule: string): Because {
  return { rule, observed: { venue: formatQuantity(input.quantity), ours: formatQuantity(ours) } }
}

function resolve(decision: Decision, difference: Difference, how: string): void {
  const { positionSide } = difference.input
  record(decision, { type: 'DriftResolved', positionSide, how }, { because: becauseOf(difference, `drift.${how}`) })
}

function agree(decision: Decision, difference: Difference): void {
  const before = decision.book.checks[difference.input.positionSide]
  if (isNews(decision, difference)) recordCheck(decision, difference)
  if (before?.driftSince != null) resolve(decision, difference, 'agrees')
}

function disagreeInDirection(decision: Decision, difference: Difference): void {
  recordCheck(decision, difference)
  if (!difference.isSettled || decision.book.conflict !== null) return
  const { input, ours } = difference
  record(
    decision,
    {
      type: 'ConflictDetected',
      code: 'oppositeSide',
      message: `${streamOf(decision.book)}: the venue holds ${formatQuantity(input.quantity)}, we hold ${formatQuantity(ours)} on the other side; nothing but protection is sent until takeOver or resolveConflict`,
    },
    { because: becauseOf(difference, 'conflict.oppositeSide') },
  )
}

function drift(decision: Decision, difference: Difference): void {
  const { input, ours, isSettled } = difference
  const { config } = decision.context
  const before = decision.book.checks[input.positionSide]
  const wasSettled =
    before?.status === 'drift' &&
    isSameDifference(before, difference) &&
    isDriftSettled(before, before.time, config.driftSettleMs)
  if (!wasSettled || isNews(decision, difference)) recordCheck(decision, difference)
  if (!isSettled) return
  if (!wasSettled)
    record(
      decision,
      {
        type: 'DriftDetected',
        positionSide: input.positionSide,
        ours: formatQuantity(ours),
        venue: formatQuantity(input.quantity),
        policy: config.driftPolicy,
      },
      {
        because: {
          rule: 'drift',
          configured: {
            driftTolerancePercent: formatPercent(config.driftTolerancePercent),
            driftSettleMs: config.driftSettleMs,
          },
          observed: { since: before?.driftSince ?? input.time, looks: (before?.looks ?? 0) + 1 },
        },
      },
    )
  if (config.driftPolicy === 'ADOPT' && adoptPosition(decision, input, null)) resolve(decision, difference, 'adopted')
  if (config.driftPolicy === 'HALT' && !decision.book.pauses.includes('driftHalt'))
    record(
      decision,
      { type: 'TradingPaused', kind: 'driftHalt', actor: null },
      { because: becauseOf(difference, 'driftPolicy.HALT') },
    )
}

/**
 * Compares what the venue holds with what the fills say. Fills drive quantity; a report only checks it, and one taken before the
 * newest fill says nothing.
 */
export function decidePosition(decision: Decision, input: PositionInput): void {
  const { book, context } = decision
  if (input.time < book.lastFillTime) return
  const before = book.checks[input.positionSide]
  if (before !== null && input.time < before.time) return
  const ours = ourQuantity(book, input.positionSide)
  const comparison = comparePosition(ours, input.quantity, context)
  const isSame = before?.status === comparison && isSameDifference(before, { input, ours })
  const isSettled =
    comparison === 'synced' || isDriftSettled(isSame ? before : null, input.time, context.config.driftSettleMs)
  const difference = { input, ours, comparison, isSettled }
  if (comparison === 'synced') return agree(decision, difference)
  if (comparison === 'conflict') return disagreeInDirection(decision, difference)
  drift(decision, difference)
}
