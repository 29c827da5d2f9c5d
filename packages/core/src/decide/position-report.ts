import type { Because } from '../book/because.js'
import { streamOf } from '../book/book.js'
import type { PositionCheck } from '../book/group.js'
import type { PositionSide } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { absolute, minus } from '../money/arithmetic.js'
import { formatPercent } from '../money/percent.js'
import { formatPrice, type Price } from '../money/price.js'
import { formatQuantity, type Quantity } from '../money/quantity.js'
import type { PositionInput } from '../observe/inputs.js'
import {
  type Comparison,
  comparePosition,
  heldOn,
  isDriftSettled,
  ourQuantity,
  recoveredPrice,
  surplusOf,
} from '../policy/reconcile.js'
import { splitClosing } from './close-lots.js'
import { type Decision, record } from './decision.js'
import { openTranche } from './open-tranche.js'
import { reduceTranche } from './reduce-tranche.js'

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
      message: `${streamOf(decision.book)}: the venue holds ${formatQuantity(input.quantity)}, we hold ${formatQuantity(ours)} on the other side; nothing but protection is sent until resolveConflict`,
    },
    { because: becauseOf(difference, 'conflict.oppositeSide') },
  )
}

/** Books what the venue holds beyond our tranches as a recovered one. */
function recover(decision: Decision, input: PositionInput, to: { side: Side; mark: Price; entryPrice: Price }): void {
  const { side, mark, entryPrice } = to
  const ours = heldOn(decision.book, input.positionSide, side)
  const venue = { quantity: absolute(input.quantity), entryPrice }
  const { price, isEstimated } = recoveredPrice(ours, venue, mark)
  const quantity = minus(venue.quantity, ours.quantity)
  openTranche(
    decision,
    {
      side,
      quantity,
      price,
      fee: null,
      feeAsset: null,
      tradeId: null,
      orderId: null,
      order: null,
      tranche: null,
      origin: 'recovered',
      evidence: isEstimated ? 'estimate' : 'position',
      priceEstimated: isEstimated,
    },
    {
      rule: 'drift.recover',
      configured: { driftPolicy: decision.context.config.driftPolicy },
      observed: {
        venueQuantity: formatQuantity(venue.quantity),
        venueEntryPrice: formatPrice(entryPrice),
        ours: formatQuantity(ours.quantity),
        mark: formatPrice(mark),
        impliedPrice: isEstimated ? null : formatPrice(price),
      },
    },
  )
}

/** Reduces our tranches to what the venue holds, at the mark, as an estimate that a later fill replaces. */
function giveUp(decision: Decision, surplus: { side: Side; quantity: Quantity }, mark: Price): void {
  const { book, context } = decision
  const demand = { ...surplus, price: mark, order: null, tranche: null }
  const { parts, because } = splitClosing(book, demand, context)
  for (const part of parts) {
    const lot = book.groups[surplus.side].tranches.find((candidate) => candidate.id === part.tranche)
    if (lot === undefined) continue
    reduceTranche(decision, lot, {
      quantity: part.quantity,
      price: mark,
      fee: null,
      feeAsset: null,
      tradeId: null,
      reason: 'drift',
      evidence: 'position',
      level: null,
      isLiquidation: false,
      venue: null,
      because: { ...because, rule: `drift.reduce ${because.rule}` },
    })
  }
}

function markOf(decision: Decision, input: PositionInput): Price | null {
  return input.markPrice ?? decision.context.market?.price ?? decision.book.mark?.price ?? null
}

function sideOf(positionSide: PositionSide, venue: Quantity): Side {
  if (positionSide !== 'BOTH') return positionSide
  return venue >= 0n ? 'LONG' : 'SHORT'
}

/** Takes the venue's figure over. False when a price is missing that must not be made up. */
function adopt(decision: Decision, input: PositionInput): boolean {
  const mark = markOf(decision, input)
  const surplus = surplusOf(decision.book, input.positionSide, input.quantity)
  if (surplus !== null) {
    if (mark === null) return false
    giveUp(decision, surplus, mark)
    return true
  }
  const entryPrice = input.entryPrice ?? mark
  if (entryPrice === null) return false
  recover(decision, input, { side: sideOf(input.positionSide, input.quantity), mark: mark ?? entryPrice, entryPrice })
  return true
}

function drift(decision: Decision, difference: Difference): void {
  const { input, ours, isSettled } = difference
  const { config } = decision.context
  const before = decision.book.checks[input.positionSide]
  const hadSecondLook = before !== null && (before.looks >= 2 || config.driftSettleMs === 0)
  const wasSettled =
    before?.status === 'drift' &&
    isSameDifference(before, difference) &&
    hadSecondLook &&
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
  if (config.driftPolicy === 'ADOPT' && adopt(decision, input)) resolve(decision, difference, 'adopted')
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
