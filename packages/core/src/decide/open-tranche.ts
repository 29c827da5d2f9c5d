import type { Because } from '../book/because.js'
import type { LevelText, TargetTexts } from '../book/events.js'
import type { TrancheGroup } from '../book/group.js'
import type { BookOrder } from '../book/order.js'
import type { Evidence, Origin, Side, TakeProfitLevel, Tranche } from '../book/tranche.js'
import { larger, negate, plus } from '../money/arithmetic.js'
import { formatMoney, type Money, notional } from '../money/money.js'
import { formatPercent } from '../money/percent.js'
import { formatPrice, type Price } from '../money/price.js'
import { formatQuantity, type Quantity } from '../money/quantity.js'
import { isAtMost, pnlPercentAt } from '../policy/pnl.js'
import { anchorTargets, type Targets } from '../policy/targets.js'
import { type Decision, record } from './decision.js'
import { namedTranche } from './fill-direction.js'

/** An entry that was executed, or that reconciliation infers. */
export interface Entry {
  readonly side: Side
  readonly quantity: Quantity
  readonly price: Price
  readonly fee: Money | null
  readonly feeAsset: string | null
  readonly tradeId: string | null
  /** The venue's id of the order, or our own where it gave none. */
  readonly orderId: string | null
  readonly order: BookOrder | null
  /** Label or id of the tranche it opens or increases. */
  readonly tranche: string | null
  readonly origin: Origin
  readonly evidence: Evidence
  readonly priceEstimated: boolean
}

function levelTexts(levels: readonly TakeProfitLevel[]): readonly LevelText[] {
  return levels.map((level) => ({
    profitPercent: formatPercent(level.profitPercent),
    closePercent: formatPercent(level.closePercent),
    price: formatPrice(level.price),
    quantity: formatQuantity(level.quantity),
    filled: formatQuantity(level.filled),
    hitTime: level.hitTime,
  }))
}

/** Targets as an event carries them. */
export function targetTexts({ takeProfitPrice, stopPrice, levels }: Targets): TargetTexts {
  return {
    takeProfitPrice: takeProfitPrice === null ? null : formatPrice(takeProfitPrice),
    stopPrice: stopPrice === null ? null : formatPrice(stopPrice),
    levels: levelTexts(levels),
  }
}

/** The tranche an entry joins, with the rule that says so; `null` = it opens a new one. */
interface Home {
  readonly tranche: Tranche | null
  readonly because: Because
}

function fixedHome(group: TrancheGroup, decision: Decision, entry: Entry): Home | null {
  const { order, orderId, side } = entry
  const intended = order?.entryTranche ?? null
  const byIntent = group.tranches.find((tranche) => tranche.id === intended)
  if (byIntent !== undefined) return { tranche: byIntent, because: { rule: 'entry.intent', observed: { tranche: byIntent.id } } }
  const byName = namedTranche(decision.book, side, entry.tranche)
  if (byName !== null) return { tranche: byName, because: { rule: 'entry.named', observed: { name: entry.tranche } } }
  const byOrder = orderId === null ? undefined : group.tranches.find((tranche) => tranche.entryOrderId === orderId)
  if (byOrder !== undefined) return { tranche: byOrder, because: { rule: 'entry.sameOrder', observed: { order: orderId } } }
  if (entry.tranche !== null) return { tranche: null, because: { rule: 'entry.named', observed: { name: entry.tranche } } }
  return null
}

function homeOf(decision: Decision, entry: Entry): Home {
  const group = decision.book.groups[entry.side]
  const fixed = fixedHome(group, decision, entry)
  if (fixed !== null) return fixed
  const { config } = decision.context
  const configured = { entryMode: config.entryMode, trancheIncrementPercent: formatPercent(config.trancheIncrementPercent) }
  if (config.entryMode === 'NEW_TRANCHE' || group.quantity === 0n)
    return { tranche: null, because: { rule: `entry.${config.entryMode}`, configured } }
  const holding = { side: entry.side, cost: group.cost, quantity: group.quantity }
  const newest = group.tranches.findLast((tranche) => !tranche.isolated) ?? null
  const isUnderwater = isAtMost(holding, entry.price, negate(config.trancheIncrementPercent))
  const observed = { groupPnlPercent: formatPercent(pnlPercentAt(holding, entry.price)), price: formatPrice(entry.price) }
  return { tranche: isUnderwater ? null : newest, because: { rule: 'entry.AVERAGE_UNTIL_UNDERWATER', configured, observed } }
}

/** Books an entry into the tranche that its order, its name or the entry mode says, or into a new one. */
export function bookEntry(decision: Decision, entry: Entry): void {
  const home = homeOf(decision, entry)
  if (home.tranche === null) openTranche(decision, entry, home.because)
  else increaseTranche(decision, home.tranche, { entry, because: home.because })
}

/** Opens a tranche with take profit, stop and leverage copied from the configuration. */
export function openTranche(decision: Decision, entry: Entry, because: Because): void {
  const { config, instrument } = decision.context
  const holding = { side: entry.side, cost: notional(entry.price, entry.quantity), quantity: entry.quantity }
  const { tpPercent, slPercent } = config
  const request = { holding, originalQuantity: entry.quantity, takeProfitPercent: tpPercent, stopLossPercent: slPercent }
  const id = `T${decision.nextTranche}`
  decision.nextTranche += 1
  record(
    decision,
    {
      type: 'TrancheOpened',
      tranche: id,
      side: entry.side,
      label: entry.order?.label ?? entry.tranche,
      origin: entry.origin,
      price: formatPrice(entry.price),
      quantity: formatQuantity(entry.quantity),
      leverage: config.leverage,
      takeProfitPercent: tpPercent === null ? null : formatPercent(tpPercent),
      stopLossPercent: slPercent === null ? null : formatPercent(slPercent),
      fee: entry.fee === null ? null : formatMoney(entry.fee),
      feeAsset: entry.feeAsset,
      tradeId: entry.tradeId,
      orderId: entry.orderId,
      clientOrderId: entry.order?.clientOrderId ?? null,
      evidence: entry.evidence,
      priceEstimated: entry.priceEstimated,
      ...targetTexts(anchorTargets(request, config, instrument)),
    },
    { because, ...(entry.order === null ? {} : { correlationId: entry.order.clientOrderId }) },
  )
}

/** New targets for a tranche whose average changed; what a ladder or trailing has moved stays where it is. */
export function reanchor(decision: Decision, tranche: Tranche, holding: { cost: Money; quantity: Quantity }): Targets {
  const { config, instrument } = decision.context
  const targets = anchorTargets(
    {
      holding: { side: tranche.side, ...holding },
      originalQuantity: larger(tranche.originalQuantity, holding.quantity),
      takeProfitPercent: tranche.takeProfitPercent,
      stopLossPercent: tranche.stopLossPercent,
    },
    config,
    instrument,
  )
  const levels = targets.levels.map((level, index) => {
    const before = tranche.levels[index]
    return before === undefined ? level : { ...level, filled: before.filled, hitTime: before.hitTime }
  })
  return {
    takeProfitPrice: targets.takeProfitPrice,
    stopPrice: tranche.stopRung === 'initial' ? targets.stopPrice : tranche.stopPrice,
    levels,
  }
}

function increaseTranche(decision: Decision, tranche: Tranche, to: { entry: Entry; because: Because }): void {
  const { entry, because } = to
  const cost = plus(tranche.cost, notional(entry.price, entry.quantity))
  const targets = reanchor(decision, tranche, { cost, quantity: plus(tranche.quantity, entry.quantity) })
  record(
    decision,
    {
      type: 'TrancheIncreased',
      tranche: tranche.id,
      side: tranche.side,
      price: formatPrice(entry.price),
      quantity: formatQuantity(entry.quantity),
      fee: entry.fee === null ? null : formatMoney(entry.fee),
      feeAsset: entry.feeAsset,
      tradeId: entry.tradeId,
      orderId: entry.orderId,
      reanchored: targets.stopPrice !== tranche.stopPrice || targets.takeProfitPrice !== tranche.takeProfitPrice,
      ...targetTexts(targets),
    },
    { because, ...(entry.order === null ? {} : { correlationId: entry.order.clientOrderId }) },
  )
}
