import type { Because } from '../book/because.js'
import type { TrancheBook } from '../book/book.js'
import type { LevelText, TargetTexts } from '../book/events.js'
import { isLabel, namedByFill } from '../book/name.js'
import type { BookOrder } from '../book/order.js'
import type { Evidence, Origin, Side, TakeProfitLevel, Tranche } from '../book/tranche.js'
import { larger } from '../money/arithmetic.js'
import { formatMoney, type Money, notional } from '../money/money.js'
import { formatPercent } from '../money/percent.js'
import { formatPrice, type Price } from '../money/price.js'
import { formatQuantity, type Quantity } from '../money/quantity.js'
import { improvesStop } from '../policy/stop-ladder.js'
import { anchorTargets, type Targets } from '../policy/targets.js'
import { type Decision, record } from './decision.js'

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

/** Whether an entry names what is not open yet. A name that several have names none of them. */
export function opensByName(book: TrancheBook, entry: Entry): entry is Entry & { readonly tranche: string } {
  return entry.tranche !== null && namedByFill(entry.tranche, book.groups[entry.side].tranches).length === 0
}

/** Opens a tranche with take profit, stop and leverage copied from the configuration. */
export function openTranche(decision: Decision, entry: Entry, because: Because): void {
  const { config, instrument } = decision.context
  const holding = { side: entry.side, cost: notional(entry.price, entry.quantity), quantity: entry.quantity }
  const { tpPercent, slPercent } = config
  const request = {
    holding,
    originalQuantity: entry.quantity,
    takeProfitPercent: tpPercent,
    stopLossPercent: slPercent,
  }
  const id = `T${decision.nextTranche}`
  decision.nextTranche += 1
  record(
    decision,
    {
      type: 'TrancheOpened',
      tranche: id,
      side: entry.side,
      label: entry.order?.label ?? (opensByName(decision.book, entry) && isLabel(entry.tranche) ? entry.tranche : null),
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

/** The stop that stands, or the other where that is in the tranche's favour. */
function better(tranche: Tranche, stopPrice: Price | null): Price | null {
  return stopPrice !== null && improvesStop(tranche, stopPrice) ? stopPrice : tranche.stopPrice
}

/** New targets for a tranche whose average changed; a stop that a ladder or trailing has moved may only move on. */
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
    stopPrice: tranche.stopRung === 'initial' ? targets.stopPrice : better(tranche, targets.stopPrice),
    levels,
  }
}
