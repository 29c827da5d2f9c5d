import type { Because } from '../book/because.js'
import type { AmountTexts } from '../book/events.js'
import type { AverageCost } from '../book/group.js'
import type { Evidence, Side, Tranche } from '../book/tranche.js'
import { tradeAtAverageCost } from '../evolve/fills.js'
import { minus, negate, plus } from '../money/arithmetic.js'
import { asMoney, averagePrice, formatMoney, type Money, notional, shareOf } from '../money/money.js'
import { formatPrice, type Price } from '../money/price.js'
import { formatQuantity, type Quantity } from '../money/quantity.js'
import { countTowardLevels } from '../policy/take-profit.js'
import { type Decision, record } from './decision.js'
import { climbLadder } from './move-stop.js'

/** A part of a tranche that is being closed. */
export interface Closing {
  readonly quantity: Quantity
  readonly price: Price
  readonly fee: Money | null
  readonly feeAsset: string | null
  readonly tradeId: string | null
  readonly reason: string
  readonly evidence: Evidence
  /** Take-profit level its own order stood for. */
  readonly level: number | null
  readonly isLiquidation: boolean
  /** The venue's position at average cost, moved along part by part; `null` where no bridge can be told. */
  readonly venue: AverageCost | null
  readonly because?: Because
}

/** Cost of what remains after a reduction, cut at 10^-24; exact at 0 and where nothing was taken. */
function costAfter(tranche: Tranche, remaining: Quantity): Money {
  return asMoney((tranche.basisCost * remaining) / tranche.basisQuantity)
}

/** Gross result of closing a part at its own entry, so that cost and results always add up exactly. */
function realizedBy(tranche: Tranche, quantity: Quantity, price: Price): Money {
  const cost = minus(tranche.cost, costAfter(tranche, minus(tranche.quantity, quantity)))
  const exit = notional(price, quantity)
  return tranche.side === 'LONG' ? minus(exit, cost) : minus(cost, exit)
}

function entryFeesOf(tranche: Tranche, quantity: Quantity): AmountTexts {
  const texts: Record<string, string> = {}
  for (const asset of Object.keys(tranche.openFees)) {
    const open = tranche.openFees[asset]
    if (open !== undefined && open !== 0n) texts[asset] = formatMoney(shareOf(open, quantity, tranche.quantity))
  }
  return texts
}

function bridgeOf(side: Side, closing: Closing, own: Money): Money | null {
  if (closing.venue === null) return null
  const before = closing.venue.realizedPnl
  tradeAtAverageCost(closing.venue, side === 'LONG' ? negate(closing.quantity) : closing.quantity, closing.price)
  return minus(minus(closing.venue.realizedPnl, before), own)
}

/** Records the reduction of a tranche, what it does to its take-profit levels and stop, and its end when nothing is left. */
export function reduceTranche(decision: Decision, tranche: Tranche, closing: Closing): void {
  const { quantity, price, reason } = closing
  const realizedPnl = realizedBy(tranche, quantity, price)
  const bridge = bridgeOf(tranche.side, closing, realizedPnl)
  const levels = countTowardLevels(tranche, { quantity, price, level: closing.level }, decision.context.instrument)
  record(
    decision,
    {
      type: 'TrancheReduced',
      tranche: tranche.id,
      side: tranche.side,
      quantity: formatQuantity(quantity),
      price: formatPrice(price),
      realizedPnl: formatMoney(realizedPnl),
      fee: closing.fee === null ? null : formatMoney(closing.fee),
      feeAsset: closing.feeAsset,
      entryFees: entryFeesOf(tranche, quantity),
      tradeId: closing.tradeId,
      reason,
      evidence: closing.evidence,
      levels: levels.map((fill) => ({ ...fill, quantity: formatQuantity(fill.quantity) })),
      bridge: bridge === null ? null : formatMoney(bridge),
    },
    closing.because === undefined ? {} : { because: closing.because },
  )
  if (quantity === tranche.quantity) return endTranche(decision, tranche, { closing, realizedPnl })
  const hits = levels.filter((fill) => fill.isHit && tranche.levels[fill.level - 1]?.hitTime === null)
  for (const { level } of hits)
    record(
      decision,
      {
        type: 'TakeProfitReached',
        tranche: tranche.id,
        side: tranche.side,
        level,
        price: formatPrice(price),
        by: 'fill',
      },
      {
        because: {
          rule: 'takeProfit.filled',
          observed: { level, price: formatPrice(price), tradeId: closing.tradeId },
        },
      },
    )
  const highest = hits.at(-1)
  if (highest !== undefined) climbLadder(decision, tranche, { level: highest.level, price })
}

function endTranche(
  decision: Decision,
  tranche: Tranche,
  { closing, realizedPnl }: { closing: Closing; realizedPnl: Money },
): void {
  const exitNotional = plus(tranche.exitNotional, notional(closing.price, closing.quantity))
  const exitPrice = averagePrice(exitNotional, plus(tranche.exitQuantity, closing.quantity), 'nearest')
  record(decision, {
    type: closing.isLiquidation ? 'TrancheLiquidated' : 'TrancheClosed',
    tranche: tranche.id,
    side: tranche.side,
    exitPrice: formatPrice(exitPrice),
    realizedPnl: formatMoney(plus(tranche.realizedPnl, realizedPnl)),
    reason: closing.reason,
  })
}
